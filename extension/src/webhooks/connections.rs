//! Owns how many connections stay open once their delivery is over: some for each receiver, not more than a number in all. And
//! whether a connection may have been kept from before, so that its breaking off may be the receiver's closing it unused. Pure.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How long an unused connection is kept to be used again; the pool closes it within twice that.
pub const KEPT_FOR: Duration = Duration::from_secs(7);
/// The most that stay open to one receiver.
pub const MOST_PER_HOST: usize = 16;
/// The most that stay open in all.
const MOST: usize = 512;
/// How often those that are no longer used are counted out.
const COUNT_OUT_AFTER: Duration = Duration::from_secs(1);

/// The connections that stay open, as far as they can be known from outside the pool.
pub struct Connections {
    state: RefCell<State>,
}

struct State {
    hosts: HashMap<String, Host>,
    /// Of all hosts.
    places: usize,
    counted_out_at: Instant,
}

/// What is known of one receiver.
struct Host {
    under_way: usize,
    /// How many connections may stay open.
    places: usize,
    /// How many stay open and unused.
    unused: usize,
    /// How many were left open so far.
    left_open: u64,
    used_at: Instant,
}

/// One request, from its beginning to its end.
pub struct Connection<'a> {
    of: &'a Connections,
    host: String,
    /// Whether its connection may stay open.
    pub stays_open: bool,
    had_unused: bool,
    left_open_before: u64,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            state: RefCell::new(State {
                hosts: HashMap::new(),
                places: 0,
                counted_out_at: Instant::now(),
            }),
        }
    }
}

impl Connections {
    /// A request to this receiver begins.
    pub fn begin(&self, host: &str, now: Instant) -> Connection<'_> {
        let mut state = self.state.borrow_mut();
        state.count_out(now);
        let has_place = state.places < MOST;
        let known = state.hosts.entry(host.to_owned()).or_insert(Host {
            under_way: 0,
            places: 0,
            unused: 0,
            left_open: 0,
            used_at: now,
        });
        if now - known.used_at > 2 * KEPT_FOR {
            known.unused = 0;
        }
        known.under_way += 1;
        known.used_at = now;
        let had_unused = known.unused > 0;
        known.unused = known.unused.saturating_sub(1);
        let left_open_before = known.left_open;
        let needs_place = known.under_way > known.places;
        let gets_place = needs_place && has_place && known.places < MOST_PER_HOST;
        known.places += usize::from(gets_place);
        state.places += usize::from(gets_place);
        Connection {
            of: self,
            host: host.to_owned(),
            stays_open: gets_place || !needs_place,
            had_unused,
            left_open_before,
        }
    }

    /// How many may stay open in all.
    #[cfg(test)]
    fn places(&self) -> usize {
        self.state.borrow().places
    }
}

impl State {
    /// Gives the places of receivers that were not called for a while to others.
    fn count_out(&mut self, now: Instant) {
        if now - self.counted_out_at < COUNT_OUT_AFTER {
            return;
        }
        self.counted_out_at = now;
        self.hosts
            .retain(|_, it| it.under_way > 0 || now - it.used_at <= 2 * KEPT_FOR);
        self.places = self.hosts.values().map(|it| it.places).sum();
    }
}

impl Connection<'_> {
    /// Whether it may have been on a connection that was open and unused before.
    pub fn may_be_old(&self) -> bool {
        let state = self.of.state.borrow();
        let left_open = state.hosts.get(&self.host).map_or(0, |it| it.left_open);
        self.had_unused || left_open > self.left_open_before
    }

    /// Its answer has arrived, so its connection is left open where it may be.
    pub fn is_answered(&self) {
        let mut state = self.of.state.borrow_mut();
        if let Some(host) = state.hosts.get_mut(&self.host).filter(|_| self.stays_open) {
            host.unused = (host.unused + 1).min(host.places);
            host.left_open += 1;
        }
    }
}

impl Drop for Connection<'_> {
    fn drop(&mut self) {
        let mut state = self.of.state.borrow_mut();
        if let Some(host) = state.hosts.get_mut(&self.host) {
            host.under_way -= 1;
            host.used_at = Instant::now();
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_connection_is_old_only_after_an_answer() {
        let connections = Connections::default();
        let now = Instant::now();
        let first = connections.begin("a", now);
        assert!(first.stays_open && !first.may_be_old());
        drop(first);
        let second = connections.begin("a", now);
        assert!(!second.may_be_old(), "the first was never answered");
        second.is_answered();
        drop(second);
        let third = connections.begin("a", now);
        assert!(third.may_be_old());
        assert!(
            !connections.begin("b", now).may_be_old(),
            "another receiver's"
        );
        drop(third);
        let later = now + 3 * KEPT_FOR;
        assert!(
            !connections.begin("a", later).may_be_old(),
            "closed meanwhile"
        );
    }

    #[test]
    fn one_that_was_left_open_meanwhile_may_be_used() {
        let connections = Connections::default();
        let now = Instant::now();
        let (one, other) = (connections.begin("a", now), connections.begin("a", now));
        assert!(!other.may_be_old());
        one.is_answered();
        assert!(other.may_be_old());
    }

    #[test]
    fn places_are_bounded_for_each_receiver_and_in_all() {
        let connections = Connections::default();
        let now = Instant::now();
        let many = (0..40)
            .map(|_| connections.begin("a", now))
            .collect::<Vec<_>>();
        let staying = many.iter().filter(|it| it.stays_open).count();
        assert_eq!(staying, MOST_PER_HOST);
        let others = (0..2 * MOST)
            .map(|it| connections.begin(&it.to_string(), now))
            .collect::<Vec<_>>();
        assert_eq!(connections.places(), MOST);
        let staying = others.iter().filter(|it| it.stays_open).count();
        assert_eq!(staying, MOST - MOST_PER_HOST);
        drop((many, others));
        let later = Instant::now() + 3 * KEPT_FOR;
        assert!(connections.begin("new", later).stays_open);
        assert_eq!(
            connections.places(),
            1,
            "the places of before are free again"
        );
    }
}
