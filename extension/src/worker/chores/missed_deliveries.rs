//! Owns the chore of looking for deliveries that are due and that the other worker was not woken for.

use super::super::extension_lock as extension;
use super::be_brief;
use crate::deliveries::mark_overdue;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(30);

/// When to look again.
pub struct MissedDeliveries {
    look_at: Instant,
}

impl MissedDeliveries {
    /// A worker that begins looks for itself at everything.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now() + EVERY,
        }
    }

    /// Tells the other worker of those that there are.
    pub fn step(&mut self) {
        let now = Instant::now();
        if now < self.look_at {
            return;
        }
        self.look_at = now + EVERY;
        extension::run(c"looking for missed deliveries", || {
            be_brief()?;
            mark_overdue()
        });
    }
}
