//! Owns the looking up of receivers' names: without threads, each name for itself, with an end. What is known is kept as long as
//! the name server allows, within bounds.
//!
//! A name that nobody answers for costs its own deliveries time and no others: look-ups do not share connections, there is no
//! number of them that could be used up, and equal ones are made once.

mod hosts_file;
mod name_servers;

use hosts_file::HostsFile;
use name_servers::NameServers;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// The most names that are kept.
const MOST_KEPT: usize = 8_192;
/// However briefly a name server lets an answer be kept: the connection is still to be made by it.
const SHORTEST: Duration = Duration::from_secs(5);
/// However long it lets one be kept, a changed address is noticed.
const LONGEST: Duration = Duration::from_secs(300);
/// How long a name is known not to exist, or not to be answered for.
const NEGATIVE: Duration = Duration::from_secs(5);

/// Why there are no addresses for a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameFault {
    /// The name server knows of none.
    Missing(String),
    /// No name server answered, or none could find out: nothing is known of the name.
    Silent(String),
}

impl NameFault {
    /// Why, as a sentence for the reader.
    pub fn message(&self) -> &str {
        match self {
            Self::Missing(why) | Self::Silent(why) => why,
        }
    }
}

/// What a look-up came to.
type Found = Result<Vec<IpAddr>, NameFault>;

struct Answer {
    found: Found,
    valid_until: Instant,
}

/// A name, and the one look-up of it that all wait for who ask.
struct Slot {
    asked_at: Instant,
    answer: OnceCell<Answer>,
}

impl Slot {
    fn is_over(&self, now: Instant) -> bool {
        self.answer.get().is_some_and(|it| it.valid_until <= now)
    }
}

/// The addresses of names.
pub struct Names {
    servers: NameServers,
    hosts: Mutex<HostsFile>,
    kept: Mutex<HashMap<String, Arc<Slot>>>,
}

impl Names {
    /// As the system is set up, and follows it when that changes.
    pub fn of_system() -> Self {
        Self::new(NameServers::of_system(), HostsFile::of_system())
    }

    fn new(servers: NameServers, hosts: HostsFile) -> Self {
        Self {
            servers,
            hosts: Mutex::new(hosts),
            kept: Mutex::default(),
        }
    }

    /// The addresses of a name, IPv4 first.
    pub async fn look_up(&self, name: &str) -> Found {
        let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
        if let Some(known) = self.known_here(&name) {
            return Ok(known);
        }
        if self.servers.have_changed() {
            lock(&self.kept).clear();
        }
        let slot = self.slot(&name);
        let ask = || self.servers.ask(&name);
        let answer = slot.answer.get_or_init(|| async {
            let (found, keep) = ask().await;
            let keep = match &found {
                Ok(_) => keep.clamp(SHORTEST, LONGEST),
                Err(_) => NEGATIVE,
            };
            Answer {
                found,
                valid_until: Instant::now() + keep,
            }
        });
        answer.await.found.clone()
    }

    /// What needs no name server.
    fn known_here(&self, name: &str) -> Option<Vec<IpAddr>> {
        let in_file = lock(&self.hosts).find(name);
        in_file.or_else(|| {
            super::address::is_localhost(name)
                .then(|| vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
        })
    }

    fn slot(&self, name: &str) -> Arc<Slot> {
        let now = Instant::now();
        let mut kept = lock(&self.kept);
        if let Some(slot) = kept.get(name).filter(|it| !it.is_over(now)) {
            return Arc::clone(slot);
        }
        make_room(&mut kept, now);
        let slot = Arc::new(Slot {
            asked_at: now,
            answer: OnceCell::new(),
        });
        kept.insert(name.to_owned(), Arc::clone(&slot));
        slot
    }
}

/// Lets go of what is over, and where that is not enough, of the half that was asked for longest ago.
fn make_room(kept: &mut HashMap<String, Arc<Slot>>, now: Instant) {
    if kept.len() < MOST_KEPT {
        return;
    }
    kept.retain(|_, it| !it.is_over(now));
    if kept.len() < MOST_KEPT {
        return;
    }
    let mut asked = kept.values().map(|it| it.asked_at).collect::<Vec<_>>();
    asked.sort_unstable();
    let middle = asked[asked.len() / 2];
    kept.retain(|_, it| it.asked_at > middle);
}

/// A panic elsewhere leaves these maps whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod plain_tests;
