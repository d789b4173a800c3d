//! Owns what a worker does besides deliveries, in steps short enough that no delivery waits: marked accounts, overrides that
//! end, the daily pass.

use super::extension_lock;
use super::transaction::Failure;
use crate::health::{self, Drain};
use crate::pg::fault::Fault;
use crate::pg::sql;
use std::time::{Duration, Instant};

/// How often overrides are checked for their end.
const OVERRIDES_EVERY: Duration = Duration::from_secs(1);
/// How often tenants are checked for a new day.
const PASSES_EVERY: Duration = Duration::from_secs(20);
/// How long a pass that something held up waits before it is tried again.
const PASS_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// The state of the chores.
pub struct Chores {
    drain: Drain,
    overrides_at: Instant,
    passes_at: Instant,
}

impl Chores {
    /// Everything is due.
    pub fn new() -> Self {
        Self {
            drain: Drain::default(),
            overrides_at: Instant::now(),
            passes_at: Instant::now(),
        }
    }

    /// Does the next step; true when there is more to do at once.
    pub fn step(&mut self) -> bool {
        let now = Instant::now();
        if now >= self.overrides_at {
            self.overrides_at = now + OVERRIDES_EVERY;
            extension_lock::run(c"ending overrides", health::end_overrides);
        }
        self.drain_marks() || self.pass(now)
    }

    fn drain_marks(&mut self) -> bool {
        let step = || be_brief().and_then(|()| self.drain.step());
        match extension_lock::attempt(c"computing health", step) {
            Ok(was_busy) => {
                self.drain.went_well();
                was_busy
            }
            Err(Failure::Passing) => {
                self.drain.pass_over();
                false
            }
            Err(Failure::Lasting) => {
                if self.drain.failed() {
                    extension_lock::run(c"giving up a mark", || self.drain.give_up_one());
                }
                true
            }
        }
    }

    fn pass(&mut self, now: Instant) -> bool {
        if now < self.passes_at {
            return false;
        }
        let step = || be_brief().and_then(|()| health::pass_step());
        let is_busy = match extension_lock::attempt(c"daily health pass", step) {
            Ok(was_busy) => was_busy,
            Err(Failure::Passing) => {
                self.passes_at = now + PASS_AGAIN_AFTER;
                return false;
            }
            Err(Failure::Lasting) => {
                extension_lock::run(c"skipping in the daily pass", health::skip_slice).is_some()
            }
        };
        if !is_busy {
            self.passes_at = now + PASSES_EVERY;
        }
        is_busy
    }
}

/// No lock is waited for so long that deliveries would be late.
fn be_brief() -> Result<(), Fault> {
    sql::run("set local lock_timeout = '200ms'", &[])
}
