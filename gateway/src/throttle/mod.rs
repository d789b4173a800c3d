//! Owns the slowing down of guesses at passwords. Attempts are counted per e-mail *and* address, so that a stranger's
//! guesses never keep the rightful person out, and more loosely per address, so that one address cannot try many
//! people. The same counting limits sign-ups and the like. Pure but for its memory.

mod hourly;
mod limits;

pub(crate) use limits::RateLimits;

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Attempts without a delay: people mistype.
const FREE_PER_EMAIL: u32 = 5;
const FREE_PER_ADDRESS: u32 = 50;
/// A whole office may share one address, so one of an address's attempts is forgotten each time this has passed.
const FORGET_ONE_EVERY: Duration = Duration::from_secs(60);
const MAX_DELAY: Duration = Duration::from_secs(15 * 60);
/// After this long without an attempt, all of them are forgotten.
const FORGET_ALL_AFTER: Duration = Duration::from_secs(60 * 60);
/// How many keys are remembered; the least recent one is forgotten first.
const MAX_REMEMBERED: usize = 20_000;

struct Attempts {
    count: u32,
    last: Instant,
}

impl Attempts {
    fn blocked_for(&self, free: u32, now: Instant) -> Option<Duration> {
        (self.last + delay(self.count, free))
            .checked_duration_since(now)
            .filter(|left| !left.is_zero())
    }
}

/// None for the free attempts, then one second, doubled each time.
fn delay(count: u32, free: u32) -> Duration {
    match count.checked_sub(free) {
        None | Some(0) => Duration::ZERO,
        Some(over) => Duration::from_secs(1_u64 << (over - 1).min(20)).min(MAX_DELAY),
    }
}

struct BackOff<K> {
    free: u32,
    /// One attempt is forgotten each time this has passed.
    forget_one_every: Option<Duration>,
    attempts: HashMap<K, Attempts>,
}

impl<K: Eq + Hash + Clone> BackOff<K> {
    fn new(free: u32, forget_one_every: Option<Duration>) -> Self {
        Self {
            free,
            forget_one_every,
            attempts: HashMap::new(),
        }
    }

    fn blocked_for(&self, key: &K, now: Instant) -> Option<Duration> {
        self.attempts.get(key)?.blocked_for(self.free, now)
    }

    fn count(&mut self, key: K, now: Instant) {
        self.make_room(now);
        let attempts = self.attempts.entry(key).or_insert(Attempts {
            count: 0,
            last: now,
        });
        let since_last = now.duration_since(attempts.last);
        if since_last >= FORGET_ALL_AFTER {
            attempts.count = 0;
        } else if let Some(forget_one_every) = self.forget_one_every {
            let forgotten = since_last.as_secs() / forget_one_every.as_secs().max(1);
            let forgotten = u32::try_from(forgotten).unwrap_or(u32::MAX);
            attempts.count = attempts.count.saturating_sub(forgotten);
        }
        attempts.count = attempts.count.saturating_add(1);
        attempts.last = now;
    }

    fn undo_attempt(&mut self, key: &K) {
        if let Some(attempts) = self.attempts.get_mut(key) {
            attempts.count = attempts.count.saturating_sub(1);
        }
    }

    fn make_room(&mut self, now: Instant) {
        if self.attempts.len() < MAX_REMEMBERED {
            return;
        }
        self.attempts
            .retain(|_, attempts| now.duration_since(attempts.last) < FORGET_ALL_AFTER);
        if self.attempts.len() >= MAX_REMEMBERED {
            let least_recent = self
                .attempts
                .iter()
                .min_by_key(|(_, t)| t.last)
                .map(|(key, _)| key.clone());
            least_recent.map(|key| self.attempts.remove(&key));
        }
    }
}

struct LoginBackOffs {
    email: BackOff<(String, IpAddr)>,
    address: BackOff<IpAddr>,
}

/// The throttle of signing in.
pub(crate) struct LoginThrottle(Mutex<LoginBackOffs>);

impl Default for LoginThrottle {
    fn default() -> Self {
        let email = BackOff::new(FREE_PER_EMAIL, None);
        let address = BackOff::new(FREE_PER_ADDRESS, Some(FORGET_ONE_EVERY));
        Self(Mutex::new(LoginBackOffs { email, address }))
    }
}

impl LoginThrottle {
    /// Counts the attempt before the password is checked, so that many at once do not slip through together.
    /// `Err` is how long to wait; such an attempt is not counted.
    pub(crate) fn admit(&self, email: &str, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let mut back_offs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (email.to_owned(), address);
        let waits = [
            back_offs.email.blocked_for(&key, now),
            back_offs.address.blocked_for(&address, now),
        ];
        if let Some(longest) = waits.into_iter().flatten().max() {
            return Err(longest);
        }
        back_offs.email.count(key, now);
        back_offs.address.count(address, now);
        Ok(())
    }

    /// The password was right.
    pub(crate) fn forgive(&self, email: &str, address: IpAddr) {
        let mut back_offs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        back_offs
            .email
            .attempts
            .remove(&(email.to_owned(), address));
        back_offs.address.undo_attempt(&address);
    }

    /// It was not a guess: the password was never checked.
    pub(crate) fn undo_attempt(&self, email: &str, address: IpAddr) {
        let mut back_offs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        back_offs.email.undo_attempt(&(email.to_owned(), address));
        back_offs.address.undo_attempt(&address);
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
        assert_eq!(delay(u32::MAX, 5), MAX_DELAY);
    }

    #[test]
    fn the_sixth_mistake_waits_and_time_heals() {
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
                .admit("bob", HOME, now + FORGET_ALL_AFTER + seconds(1))
                .is_ok()
        );
        assert!(
            throttle
                .admit("bob", HOME, now + FORGET_ALL_AFTER + seconds(1))
                .is_ok()
        );
    }

    #[test]
    fn a_strangers_attempts_do_not_keep_the_person_out() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        while throttle.admit("bob", STRANGER, now).is_ok() {}
        assert!(throttle.admit("bob", HOME, now).is_ok());
        assert!(throttle.admit("alice", STRANGER, now).is_ok());
    }

    #[test]
    fn one_address_cannot_try_many_people() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        let tried = (0..1000)
            .take_while(|n| throttle.admit(&n.to_string(), STRANGER, now).is_ok())
            .count();
        assert_eq!(tried, 51);
    }

    #[test]
    fn the_right_password_clears_the_email_but_not_the_address() {
        let throttle = LoginThrottle::default();
        let now = Instant::now();
        for n in 0..30 {
            assert!(throttle.admit("bob", HOME, now).is_ok());
            throttle.forgive("bob", HOME);
            assert!(throttle.admit(&n.to_string(), HOME, now).is_ok());
        }
        let back_offs = throttle.0.lock().unwrap();
        assert_eq!(back_offs.address.attempts[&HOME].count, 30);
        assert!(
            !back_offs
                .email
                .attempts
                .contains_key(&("bob".to_owned(), HOME))
        );
    }

    #[test]
    fn an_office_is_not_kept_waiting_for_its_mistakes_of_the_day() {
        let throttle = LoginThrottle::default();
        let began = Instant::now();
        for n in 0..500 {
            let now = began + FORGET_ONE_EVERY * n;
            let name = n.to_string();
            assert!(throttle.admit(&name, HOME, now).is_ok(), "{n}");
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut throttle = BackOff::new(5, None);
        let now = Instant::now();
        for n in 0..MAX_REMEMBERED + 10 {
            throttle.count(n, now + Duration::from_millis(n as u64));
        }
        assert_eq!(throttle.attempts.len(), MAX_REMEMBERED);
        assert!(
            !throttle.attempts.contains_key(&0)
                && throttle.attempts.contains_key(&(MAX_REMEMBERED + 9))
        );
    }
}
