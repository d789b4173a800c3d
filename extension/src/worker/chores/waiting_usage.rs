//! Owns the chore of looking after usage that waits for its account.

use super::super::extension_lock as extension;
use super::be_brief;
use crate::usage;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(60);

/// When to look again.
pub struct WaitingUsage {
    look_at: Instant,
}

impl WaitingUsage {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
        }
    }

    /// Counts, ends and forgets what is due; true where there may be more.
    pub fn step(&mut self) -> bool {
        let now = Instant::now();
        if now < self.look_at {
            return false;
        }
        let is_more = extension::run(c"looking after usage of unknown accounts", || {
            be_brief()?;
            usage::tidy_waiting()
        });
        let is_more = is_more.unwrap_or(false);
        if !is_more {
            self.look_at = now + EVERY;
        }
        is_more
    }
}
