//! Owns limits of so many an hour, by key: what is beyond is not put off but left out.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(60 * 60);
/// How many keys are remembered before those whose hour is over are forgotten; who is new then has to wait.
const MAX_REMEMBERED: usize = 20_000;

/// Each key has its own hour, which begins with its first.
pub(crate) struct HourlyLimit<K> {
    most: u32,
    hours: Mutex<HashMap<K, (Instant, u32)>>,
}

impl<K: Eq + Hash> HourlyLimit<K> {
    pub(super) fn new(most: u32) -> Self {
        Self {
            most,
            hours: Mutex::default(),
        }
    }

    /// Counts one more; false where there were enough.
    pub(crate) fn admit(&self, key: K, now: Instant) -> bool {
        let mut hours = self.hours.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = |began: Instant| now.duration_since(began) >= HOUR;
        if hours.len() >= MAX_REMEMBERED && !hours.contains_key(&key) {
            hours.retain(|_, (began, _)| !is_over(*began));
            if hours.len() >= MAX_REMEMBERED {
                return false;
            }
        }
        let (began, count) = hours.entry(key).or_insert((now, 0));
        if is_over(*began) {
            (*began, *count) = (now, 0);
        }
        let admitted = *count < self.most;
        *count += u32::from(admitted);
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_so_many_an_hour() {
        let limit = HourlyLimit::new(2);
        let now = Instant::now();
        let admitted = |key, after| limit.admit(key, now + Duration::from_secs(after));
        assert!(admitted("a", 0) && admitted("a", 10));
        assert!(!admitted("a", 20) && !admitted("a", 3599));
        assert!(admitted("b", 30));
        assert!(admitted("a", 3600) && admitted("a", 3600) && !admitted("a", 3601));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let limit = HourlyLimit::new(1);
        let now = Instant::now();
        assert!((0..MAX_REMEMBERED).all(|key| limit.admit(key, now)));
        assert!(!limit.admit(MAX_REMEMBERED, now));
        assert!(limit.admit(MAX_REMEMBERED, now + HOUR));
        assert_eq!(limit.hours.lock().unwrap().len(), 1);
    }
}
