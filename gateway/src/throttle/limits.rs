//! What else than log-ins is kept within bounds.

use super::{FORGETTING, FREE_PER_ACCOUNT, Throttle};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Each makes a tenant or a person.
const FREE_SIGN_UPS: u32 = 10;
/// One at every pause in typing.
const FREE_SLUGS: u32 = 200;

/// A throttle of one key.
pub(crate) struct Limiter<K>(Mutex<Throttle<K>>);

impl<K: Eq + Hash + Clone> Limiter<K> {
    fn new(free: u32, forgetting: Option<Duration>) -> Self {
        Self(Mutex::new(Throttle::new(free, forgetting)))
    }

    /// Counts a try. `Err` is how long to wait; such a try is not counted.
    pub(crate) fn admit(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut throttle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = throttle.blocked_for(&key, now) {
            return Err(wait);
        }
        throttle.count(key, now);
        Ok(())
    }
}

/// One for each thing that is bounded.
pub(crate) struct Limits {
    /// New tenants and people, by address.
    pub(crate) sign_ups: Limiter<IpAddr>,
    /// Questions whether a short name is free, by address.
    pub(crate) slugs: Limiter<IpAddr>,
    /// Changes of a password, by session.
    pub(crate) changes: Limiter<Uuid>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_ups: Limiter::new(FREE_SIGN_UPS, Some(FORGETTING)),
            slugs: Limiter::new(FREE_SLUGS, Some(FORGETTING)),
            changes: Limiter::new(FREE_PER_ACCOUNT, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limiter_counts_each_key_for_itself() {
        let limiter = Limiter::new(2, None);
        let now = Instant::now();
        let tried = (0..9).take_while(|_| limiter.admit("a", now).is_ok());
        assert_eq!(tried.count(), 3);
        assert_eq!(limiter.admit("a", now), Err(Duration::from_secs(1)));
        assert!(limiter.admit("b", now).is_ok());
        assert!(limiter.admit("a", now + Duration::from_secs(1)).is_ok());
    }
}
