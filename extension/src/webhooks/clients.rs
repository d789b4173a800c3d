//! Owns the HTTP clients: no redirect is followed, no proxy of the environment is used, every wait has an end, and names lead only
//! to addresses that are allowed.

use super::address::{AllowedAddresses, refusal};
use super::connections::{Connections, KEPT_FOR, MOST_PER_HOST};
use super::mail::{MailSettings, Mailer};
use super::names::{NameFault, Names};
use super::public_address::is_public;
use super::retry::DeliveryAttempt;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, redirect};
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use url::{Host, Url};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const USER_AGENT: &str = concat!("customer_success/", env!("CARGO_PKG_VERSION"));

/// Whether a client uses connections that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reuse {
    /// Where there is one.
    Open,
    /// Never: each request has a connection of its own.
    Never,
}

/// What deliveries leave by. The clients are made on first use: most databases never send, and reading the system's root
/// certificates takes a while.
pub struct Clients {
    names: Arc<Names>,
    made: RefCell<HashMap<(AllowedAddresses, Reuse), Client>>,
    pub(super) connections: Connections,
    pub(super) mailer: Mailer,
}

impl Clients {
    /// With the settings of mail, as they are whenever one leaves.
    pub fn new(mail: watch::Receiver<Arc<MailSettings>>) -> Self {
        Self::with_names(Names::of_system(), mail)
    }

    /// With these names.
    pub(super) fn with_names(names: Names, mail: watch::Receiver<Arc<MailSettings>>) -> Self {
        let names = Arc::new(names);
        Self {
            mailer: Mailer::new(Arc::clone(&names), mail),
            names,
            made: RefCell::default(),
            connections: Connections::default(),
        }
    }

    /// The client by this rule about addresses.
    pub fn get(&self, addresses: AllowedAddresses, reuse: Reuse) -> Result<Client, reqwest::Error> {
        if let Some(client) = self.made.borrow().get(&(addresses, reuse)) {
            return Ok(client.clone());
        }
        // Another caller may have been first; the provider is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let most = match reuse {
            Reuse::Open => MOST_PER_HOST,
            Reuse::Never => 0,
        };
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(KEPT_FOR)
            .pool_max_idle_per_host(most)
            .no_proxy()
            .dns_resolver(Arc::new(Guarded {
                names: Arc::clone(&self.names),
                addresses,
            }))
            .build()?;
        self.made
            .borrow_mut()
            .insert((addresses, reuse), client.clone());
        Ok(client)
    }

    /// Looks the host of a URL up, so that a name server's time is not the receiver's: the connection finds what is known.
    pub async fn look_up(
        &self,
        url: &Url,
        addresses: AllowedAddresses,
    ) -> Result<(), DeliveryAttempt> {
        let Some(Host::Domain(name)) = url.host() else {
            return Ok(());
        };
        match look_up(&self.names, addresses, name).await {
            Ok(_) => Ok(()),
            Err(NotCalled::Refused(why)) => Err(DeliveryAttempt::refused(why)),
            Err(NotCalled::Unknown(fault)) => Err(fault.into()),
        }
    }
}

impl From<NameFault> for DeliveryAttempt {
    fn from(fault: NameFault) -> Self {
        Self {
            error: Some(fault.message().to_owned()),
            is_unresolved: matches!(fault, NameFault::Silent(_)),
            ..Self::default()
        }
    }
}

/// Why a name leads nowhere.
enum NotCalled {
    /// All its addresses are refused.
    Refused(String),
    /// They are not known.
    Unknown(NameFault),
}

/// The addresses of a name that may be called, so that a name cannot lead to an internal server, now or at the next look-up.
async fn look_up(
    names: &Names,
    addresses: AllowedAddresses,
    name: &str,
) -> Result<Vec<IpAddr>, NotCalled> {
    let mut found = names.look_up(name).await.map_err(NotCalled::Unknown)?;
    if addresses == AllowedAddresses::Public {
        found.retain(|address| is_public(*address));
    }
    match found.is_empty() {
        true => Err(NotCalled::Refused(refusal(name))),
        false => Ok(found),
    }
}

/// The looking up of names when a connection is made.
struct Guarded {
    names: Arc<Names>,
    addresses: AllowedAddresses,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (names, addresses) = (Arc::clone(&self.names), self.addresses);
        Box::pin(async move {
            match look_up(&names, addresses, name.as_str()).await {
                Ok(found) => {
                    let found = found.into_iter().map(|it| SocketAddr::new(it, 0));
                    Ok(Box::new(found) as Addrs)
                }
                Err(NotCalled::Refused(why)) => Err(why.into()),
                Err(NotCalled::Unknown(fault)) => Err(fault.message().into()),
            }
        })
    }
}
