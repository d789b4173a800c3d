//! Slowing down guesses at passwords. Tries are counted per account *and* address, so that a stranger's guesses
//! never keep the rightful person out, and more loosely per address, so that one cannot go through many accounts.
//! The same counting keeps sign-ups and the like within bounds.

mod limits;

pub(crate) use limits::Limits;

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Tries without a delay: people mistype.
const FREE_PER_ACCOUNT: u32 = 5;
const FREE_PER_ADDRESS: u32 = 50;
/// A whole office has one address, so of an address's tries one is forgotten each time this has gone by.
const FORGETTING: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// After this long without a try, all is forgotten.
const MEMORY: Duration = Duration::from_secs(60 * 60);
/// The most that is remembered; the quietest is forgotten first.
const CAPACITY: usize = 20_000;

struct Tries {
    count: u32,
    last: Instant,
}

impl Tries {
    fn blocked_for(&self, free: u32, now: Instant) -> Option<Duration> {
        (self.last + delay(self.count, free))
            .checked_duration_since(now)
            .filter(|left| !left.is_zero())
    }
}

/// None for the free tries, then one second, doubled each time.
fn delay(count: u32, free: u32) -> Duration {
    match count.checked_sub(free) {
        None | Some(0) => Duration::ZERO,
        Some(over) => Duration::from_secs(1_u64 << (over - 1).min(20)).min(LONGEST),
    }
}

struct Throttle<K> {
    free: u32,
    /// One try less is remembered each time this has gone by.
    forgetting: Option<Duration>,
    tries: HashMap<K, Tries>,
}

impl<K: Eq + Hash + Clone> Throttle<K> {
    fn new(free: u32, forgetting: Option<Duration>) -> Self {
        Self {
            free,
            forgetting,
            tries: HashMap::new(),
        }
    }

    fn blocked_for(&self, key: &K, now: Instant) -> Option<Duration> {
        self.tries.get(key)?.blocked_for(self.free, now)
    }

    fn count(&mut self, key: K, now: Instant) {
        self.make_room(now);
        let tries = self.tries.entry(key).or_insert(Tries {
            count: 0,
            last: now,
        });
        let quiet = now.duration_since(tries.last);
        if quiet >= MEMORY {
            tries.count = 0;
        } else if let Some(forgetting) = self.forgetting {
            let forgotten = quiet.as_secs() / forgetting.as_secs().max(1);
            let forgotten = u32::try_from(forgotten).unwrap_or(u32::MAX);
            tries.count = tries.count.saturating_sub(forgotten);
        }
        tries.count = tries.count.saturating_add(1);
        tries.last = now;
    }

    fn take_back(&mut self, key: &K) {
        if let Some(tries) = self.tries.get_mut(key) {
            tries.count = tries.count.saturating_sub(1);
        }
    }

    fn make_room(&mut self, now: Instant) {
        if self.tries.len() < CAPACITY {
            return;
        }
        self.tries
            .retain(|_, tries| now.duration_since(tries.last) < MEMORY);
        if self.tries.len() >= CAPACITY {
            let quietest = self
                .tries
                .iter()
                .min_by_key(|(_, t)| t.last)
                .map(|(key, _)| key.clone());
            quietest.map(|key| self.tries.remove(&key));
        }
    }
}

struct Both {
    account: Throttle<(String, IpAddr)>,
    address: Throttle<IpAddr>,
}

/// The throttle of the log-in.
pub(crate) struct LoginThrottle(Mutex<Both>);

impl Default for LoginThrottle {
    fn default() -> Self {
        let account = Throttle::new(FREE_PER_ACCOUNT, None);
        let address = Throttle::new(FREE_PER_ADDRESS, Some(FORGETTING));
        Self(Mutex::new(Both { account, address }))
    }
}

impl LoginThrottle {
    /// Counts the try before the password is looked at, so that many at once do not slip through together.
    /// `Err` is how long to wait; such a try is not counted.
    pub(crate) fn admit(
        &self,
        account: &str,
        address: IpAddr,
        now: Instant,
    ) -> Result<(), Duration> {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (account.to_owned(), address);
        let waits = [
            both.account.blocked_for(&key, now),
            both.address.blocked_for(&address, now),
        ];
        if let Some(longest) = waits.into_iter().flatten().max() {
            return Err(longest);
        }
        both.account.count(key, now);
        both.address.count(address, now);
        Ok(())
    }

    /// It was the right person.
    pub(crate) fn forgive(&self, account: &str, address: IpAddr) {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        both.account.tries.remove(&(account.to_owned(), address));
        both.address.take_back(&address);
    }

    /// It was no guess: the password was never looked at.
    pub(crate) fn take_back(&self, account: &str, address: IpAddr) {
        let mut both = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        both.account.take_back(&(account.to_owned(), address));
        both.address.take_back(&address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(198, 51, 100, 1));

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn delay_grows_to_a_limit() {
        let waits: Vec<u64> = (4..10).map(|count| delay(count, 5).as_secs()).collect();
        assert_eq!(waits, [0, 0, 1, 2, 4, 8]);
        assert_eq!(delay(u32::MAX, 5), LONGEST);
    }

    #[test]
    fn sixth_mistake_waits_and_time_heals() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        for _ in 0..6 {
            assert!(throttle.admit("bob", HOME, now).is_ok());
        }
        assert_eq!(throttle.admit("bob", HOME, now), Err(seconds(1)));
        assert!(throttle.admit("bob", HOME, now + seconds(1)).is_ok());
        assert_eq!(
            throttle.admit("bob", HOME, now + seconds(1)),
            Err(seconds(2))
        );
        assert!(
            throttle
                .admit("bob", HOME, now + MEMORY + seconds(1))
                .is_ok()
        );
        assert!(
            throttle
                .admit("bob", HOME, now + MEMORY + seconds(1))
                .is_ok()
        );
    }

    #[test]
    fn strangers_tries_do_not_keep_the_person_out() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        while throttle.admit("bob", STRANGER, now).is_ok() {}
        assert!(throttle.admit("bob", HOME, now).is_ok());
        assert!(throttle.admit("alice", STRANGER, now).is_ok());
    }

    #[test]
    fn one_address_cannot_go_through_many_accounts() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        let tried = (0..1000)
            .take_while(|n| throttle.admit(&n.to_string(), STRANGER, now).is_ok())
            .count();
        assert_eq!(tried, 51);
    }

    #[test]
    fn right_password_clears_the_account_but_not_the_address() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        for n in 0..30 {
            assert!(throttle.admit("bob", HOME, now).is_ok());
            throttle.forgive("bob", HOME);
            assert!(throttle.admit(&n.to_string(), HOME, now).is_ok());
        }
        let both = throttle.0.lock().unwrap();
        assert_eq!(both.address.tries[&HOME].count, 30);
        assert!(!both.account.tries.contains_key(&("bob".to_owned(), HOME)));
    }

    #[test]
    fn an_office_is_not_kept_waiting_for_its_mistakes_of_the_day() {
        let throttle = LoginThrottle::default();
        let began = Instant::now();
        for n in 0..500 {
            let now = began + FORGETTING * n;
            let somebody = n.to_string();
            assert!(throttle.admit(&somebody, HOME, now).is_ok(), "{n}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut throttle = Throttle::new(5, None);
        let now = Instant::now();
        for n in 0..CAPACITY + 10 {
            throttle.count(n, now + Duration::from_millis(n as u64));
        }
        assert_eq!(throttle.tries.len(), CAPACITY);
        assert!(!throttle.tries.contains_key(&0) && throttle.tries.contains_key(&(CAPACITY + 9)));
    }
}
