//! Owns the limits on other things than signing in.

use super::hourly::HourlyLimit;
use super::{BackOff, FORGET_ONE_EVERY, FREE_PER_EMAIL};
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Each creates a tenant or a person.
const FREE_SIGN_UPS: u32 = 10;
/// One is sent at every pause in typing.
const FREE_SLUGS: u32 = 200;

/// More than a tenant invites in most hours, and few addresses to ask after.
const ACCOUNTS_TOLD: u32 = 30;

/// A limit that counts each key by itself.
pub(crate) struct RateLimiter<K>(Mutex<BackOff<K>>);

impl<K: Eq + Hash + Clone> RateLimiter<K> {
    fn new(free: u32, forget_one_every: Option<Duration>) -> Self {
        Self(Mutex::new(BackOff::new(free, forget_one_every)))
    }

    /// Counts an attempt. `Err` is how long to wait; such an attempt is not counted.
    pub(crate) fn admit(&self, key: K, now: Instant) -> Result<(), Duration> {
        let mut back_off = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wait) = back_off.blocked_for(&key, now) {
            return Err(wait);
        }
        back_off.count(key, now);
        Ok(())
    }
}

/// One for each thing that is limited.
pub(crate) struct RateLimits {
    /// New tenants, people and passwords, by address.
    pub(crate) sign_ups: RateLimiter<IpAddr>,
    /// Checks whether a short name is free, by address.
    pub(crate) slugs: RateLimiter<IpAddr>,
    /// Invitations that tell whether their person has an account, by who invites.
    pub(crate) accounts_told: HourlyLimit<Uuid>,
    /// Changes of a password, by session.
    pub(crate) changes: RateLimiter<Uuid>,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self {
            sign_ups: RateLimiter::new(FREE_SIGN_UPS, Some(FORGET_ONE_EVERY)),
            slugs: RateLimiter::new(FREE_SLUGS, Some(FORGET_ONE_EVERY)),
            accounts_told: HourlyLimit::new(ACCOUNTS_TOLD),
            changes: RateLimiter::new(FREE_PER_EMAIL, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limiter_counts_each_key_for_itself() {
        let limiter = RateLimiter::new(2, None);
        let now = Instant::now();
        let tried = (0..9).take_while(|_| limiter.admit("a", now).is_ok());
        assert_eq!(tried.count(), 3);
        assert_eq!(limiter.admit("a", now), Err(Duration::from_secs(1)));
        assert!(limiter.admit("b", now).is_ok());
        assert!(limiter.admit("a", now + Duration::from_secs(1)).is_ok());
    }
}
