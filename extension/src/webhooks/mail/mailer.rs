//! Owns the way to the server that takes mail; a connection is used again where it still answers.

use super::MailSettings;
use super::handover::{Transport, failed, hand_over};
use super::letter::{LetterFault, Mail};
use super::settings::SmtpServer;
use crate::webhooks::names::Names;
use crate::webhooks::retry::DeliveryAttempt;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{self, PoolConfig};
use std::cell::RefCell;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// For each step: connecting, a command and its reply.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an unused connection is kept.
const KEPT_FOR: Duration = Duration::from_secs(10);
/// The most that are kept.
const MOST_KEPT: u32 = 4;

/// The way to the server: by which settings, to which address, named how.
#[derive(Clone, PartialEq, Eq)]
struct Route {
    server: SmtpServer,
    address: IpAddr,
    own_name: String,
}

/// Sends mail.
pub struct Mailer {
    names: Arc<Names>,
    settings: watch::Receiver<Arc<MailSettings>>,
    last: RefCell<Option<(Route, Transport)>>,
}

impl Mailer {
    /// By these settings, whatever they are by then.
    pub fn new(names: Arc<Names>, settings: watch::Receiver<Arc<MailSettings>>) -> Self {
        Self {
            names,
            settings,
            last: RefCell::default(),
        }
    }

    /// Sends what the queue holds under this id.
    pub async fn send(&self, id: &str, payload: &str, until: Instant) -> DeliveryAttempt {
        let settings = Arc::clone(&self.settings.borrow());
        match self.try_send(&settings, id, payload, until).await {
            Ok(attempt) | Err(attempt) => attempt,
        }
    }

    async fn try_send(
        &self,
        settings: &MailSettings,
        id: &str,
        payload: &str,
        until: Instant,
    ) -> Result<DeliveryAttempt, DeliveryAttempt> {
        let server = settings.server.as_ref().map_err(DeliveryAttempt::refused)?;
        let from = settings.from.as_ref().map_err(DeliveryAttempt::refused)?;
        let letter = Mail::parse(payload)?.write(id, from, &settings.allowed)?;
        let route = Route {
            server: server.clone(),
            address: self.address_of(&server.host).await?,
            own_name: from.email.domain().to_owned(),
        };
        let transport = self.transport(route)?;
        let left = until.saturating_duration_since(Instant::now());
        let handed_over = tokio::time::timeout(left, hand_over(&transport, &letter)).await;
        Ok(handed_over.unwrap_or_else(|_| DeliveryAttempt {
            error: Some("timed out".to_owned()),
            timed_out: true,
            ..DeliveryAttempt::default()
        }))
    }

    async fn address_of(&self, host: &str) -> Result<IpAddr, DeliveryAttempt> {
        if let Ok(address) = host.parse() {
            return Ok(address);
        }
        let found = self.names.look_up(host).await?;
        let first = found.first().copied();
        first.ok_or_else(|| {
            DeliveryAttempt::refused(format!("there is no address for the name {host}"))
        })
    }

    /// The one of before where nothing has changed.
    fn transport(&self, route: Route) -> Result<Transport, DeliveryAttempt> {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((known, transport)) if *known == route => Ok(transport.clone()),
            _ => {
                let transport = make_transport(&route).map_err(|error| failed(&error))?;
                *last = Some((route, transport.clone()));
                Ok(transport)
            }
        }
    }
}

impl From<LetterFault> for DeliveryAttempt {
    fn from(fault: LetterFault) -> Self {
        match fault {
            LetterFault::Broken(why) => Self::hopeless(why),
            LetterFault::NotAllowed(why) => Self::refused(why),
        }
    }
}

fn make_transport(route: &Route) -> Result<Transport, smtp::Error> {
    // Another caller may have been first; the provider is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = &route.server;
    let mut builder = Transport::builder_dangerous(route.address.to_string())
        .port(server.port)
        .tls(tls(route)?)
        .timeout(Some(STEP_TIMEOUT))
        .hello_name(ClientId::Domain(route.own_name.clone()))
        .pool_config(PoolConfig::new().max_size(MOST_KEPT).idle_timeout(KEPT_FOR));
    if let Some(login) = &server.login {
        let credentials = Credentials::new(login.user.clone(), login.password.clone());
        builder = builder.credentials(credentials);
    }
    Ok(builder.build())
}

/// A password leaves only encrypted, unless it stays on this machine.
fn tls(route: &Route) -> Result<Tls, smtp::Error> {
    let server = &route.server;
    if !server.is_wrapped && route.address.is_loopback() {
        return Ok(Tls::None);
    }
    let parameters = TlsParameters::new(server.host.clone())?;
    Ok(match (server.is_wrapped, &server.login) {
        (true, _) => Tls::Wrapper(parameters),
        (false, Some(_)) => Tls::Required(parameters),
        (false, None) => Tls::Opportunistic(parameters),
    })
}
