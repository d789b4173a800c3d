//! Owns how long something that failed is left alone: longer each time, up to a bound. Pure.

use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(15);
/// A rest is so many times as long as what the try has cost, at least.
const SHARE: u32 = 20;

/// The rest of one thing that is tried again and again.
#[derive(Debug, Default, Clone, Copy)]
pub struct Rest {
    until: Option<Instant>,
    tries: u32,
}

impl Rest {
    /// After a try that failed and took this long.
    pub fn begin(&mut self, now: Instant, took: Duration) {
        let wait = FIRST * 2_u32.saturating_pow(self.tries.min(8));
        self.until = Some(now + wait.min(LONGEST).max(took * SHARE));
        self.tries += 1;
    }

    /// After a try that succeeded.
    pub const fn end(&mut self) {
        self.until = None;
        self.tries = 0;
    }

    /// Whether it may be tried again.
    pub fn is_over(&self, now: Instant) -> bool {
        self.until.is_none_or(|until| until <= now)
    }

    /// How many tries have failed since the last one that succeeded.
    pub const fn tries(&self) -> u32 {
        self.tries
    }

    /// When it may be tried again.
    #[cfg(test)]
    const fn until(&self) -> Option<Instant> {
        self.until
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_rest_doubles_and_is_bounded() {
        let now = Instant::now();
        let mut rest = Rest::default();
        assert!(rest.is_over(now));
        let mut waits = Vec::new();
        for _ in 0..40 {
            rest.begin(now, Duration::from_millis(20));
            waits.extend(rest.until().map(|until| (until - now).as_secs()));
            assert!(!rest.is_over(now));
        }
        assert_eq!(waits[..6], [1, 2, 4, 8, 15, 15]);
        assert_eq!(waits.last(), Some(&15));
        rest.begin(now, Duration::from_secs(2));
        assert_eq!(rest.until(), Some(now + Duration::from_secs(40)));
        rest.end();
        assert!(rest.is_over(now));
        assert_eq!(rest.tries(), 0);
    }
}
