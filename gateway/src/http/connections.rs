//! Owns how many connections clients may have: all of them, and those of one address, so that nobody who only connects, and says
//! nothing, keeps others out. A trusted proxy stands for many clients and has no share of its own.

use super::address::network_of;
use crate::trusted_proxies::TrustedProxies;
use rustix::process::{Resource, getrlimit, setrlimit};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One address has at most one in this many.
const SHARE: usize = 4;
/// Open files that are not connections of clients: the log, the pages, what the system needs.
const OTHER_FILES: usize = 64;

/// The connections of clients.
#[derive(Debug)]
pub struct ClientConnections {
    most: usize,
    trusted: TrustedProxies,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

impl ClientConnections {
    /// At most that many, or as many as there can be files next to the connections to the database.
    pub fn new(wanted: usize, to_database: usize, trusted: TrustedProxies) -> Arc<Self> {
        let files = raise_file_limit();
        let possible = files.saturating_sub(OTHER_FILES + to_database).max(SHARE);
        if possible < wanted {
            tracing::warn!(
                "only {files} files can be open, so at most {possible} connections of clients, not {wanted}"
            );
        }
        Self::of(wanted.min(possible), trusted)
    }

    fn of(most: usize, trusted: TrustedProxies) -> Arc<Self> {
        Arc::new(Self {
            most,
            trusted,
            counts: Mutex::default(),
        })
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a connection from this address; None where there is none.
    pub(super) fn place(self: &Arc<Self>, peer: IpAddr) -> Option<ClientPlace> {
        let address = (!self.trusted.contains(peer)).then(|| network_of(peer));
        let mut counts = self.counts();
        let share = (self.most / SHARE).max(1);
        if counts.all >= self.most {
            return None;
        }
        if let Some(address) = address {
            let of_address = counts.by_address.entry(address).or_default();
            if *of_address >= share {
                return None;
            }
            *of_address += 1;
        }
        counts.all += 1;
        Some(ClientPlace {
            connections: self.clone(),
            address,
        })
    }
}

/// As many open files as the system allows; returns how many.
fn raise_file_limit() -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    let allowed = limit.maximum.or(limit.current);
    limit.current = limit.maximum;
    // where it cannot be raised it stays as it is
    let _ = setrlimit(Resource::Nofile, limit);
    let files = getrlimit(Resource::Nofile).current.or(allowed);
    files.map_or(usize::MAX, |files| {
        usize::try_from(files).unwrap_or(usize::MAX)
    })
}

/// The place of a connection; free again when this is dropped.
#[derive(Debug)]
pub(super) struct ClientPlace {
    connections: Arc<ClientConnections>,
    /// None for a trusted proxy.
    address: Option<IpAddr>,
}

impl Drop for ClientPlace {
    fn drop(&mut self) {
        let mut counts = self.connections.counts();
        counts.all -= 1;
        let Some(address) = self.address else { return };
        if let Some(of_address) = counts.by_address.get_mut(&address) {
            *of_address -= 1;
            if *of_address == 0 {
                counts.by_address.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(connections: &Arc<ClientConnections>, from: &str) -> Vec<ClientPlace> {
        let from: IpAddr = from.parse().unwrap();
        std::iter::from_fn(|| connections.place(from)).collect()
    }

    #[test]
    fn an_address_has_a_quarter_and_gets_back_what_it_gives_back() {
        let connections = ClientConnections::of(40, TrustedProxies::default());
        let mut held = take(&connections, "192.0.2.1");
        assert_eq!(held.len(), 10);
        // the same address, and a household's neighbours in one network
        assert!(take(&connections, "::ffff:192.0.2.1").is_empty());
        let home = take(&connections, "2001:db8:1:2::3");
        assert_eq!(home.len(), 10);
        assert!(take(&connections, "2001:db8:1:2:3:4:5:6").is_empty());
        held.truncate(7);
        assert_eq!(take(&connections, "192.0.2.1").len(), 3);
        drop((held, home));
        assert!(connections.counts().by_address.is_empty());
        assert_eq!(connections.counts().all, 0);
    }

    #[test]
    fn all_together_have_a_bound_and_a_trusted_proxy_has_no_other() {
        let connections = ClientConnections::of(40, "10.0.0.0/8".parse().unwrap());
        let stranger = take(&connections, "192.0.2.1");
        let proxy = take(&connections, "10.1.2.3");
        assert_eq!((stranger.len(), proxy.len()), (10, 30));
        assert!(take(&connections, "192.0.2.2").is_empty());
        drop(proxy);
        assert_eq!(take(&connections, "192.0.2.2").len(), 10);
    }

    #[test]
    fn the_smallest_number_leaves_one_for_each() {
        let connections = ClientConnections::of(2, TrustedProxies::default());
        let first = take(&connections, "192.0.2.1");
        assert_eq!(first.len(), 1);
        assert_eq!(take(&connections, "192.0.2.2").len(), 1);
    }

    #[test]
    fn files_that_may_be_open_bound_the_connections() {
        let files = raise_file_limit();
        let limit = getrlimit(Resource::Nofile);
        assert_eq!(limit.current, limit.maximum);
        let connections = ClientConnections::new(usize::MAX, 10, TrustedProxies::default());
        assert!(connections.most < files && connections.most > 0);
    }
}
