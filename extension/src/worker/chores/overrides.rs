//! Owns the chore of ending overrides whose time is over, one tenant for itself.

use super::super::extension_lock as extension;
use super::super::rest::Rest;
use super::failures::{self, Step, Subject};
use super::{LONGEST_STEP, be_brief, within_a_step};
use crate::health;
use pgrx::Uuid;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const EVERY: Duration = Duration::from_secs(1);

/// When to look again, and which tenants rest.
pub struct Overrides {
    look_at: Instant,
    failed: HashMap<Uuid, Rest>,
}

impl Overrides {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
            failed: HashMap::new(),
        }
    }

    /// Ends those that are due.
    pub fn step(&mut self) {
        let began = Instant::now();
        if began < self.look_at {
            return;
        }
        self.look_at = began + EVERY;
        let tenants = extension::run(c"looking for overrides that end", || {
            be_brief()?;
            health::find_expired_overrides()
        });
        for tenant in tenants.unwrap_or_default() {
            let rest = self.failed.get(&tenant).copied().unwrap_or_default();
            if rest.is_over(Instant::now()) {
                self.end_of(tenant, rest);
            }
        }
    }

    fn end_of(&mut self, tenant: Uuid, mut rest: Rest) {
        let subject = Subject::of_tenant(tenant, Step::Overrides);
        let began = Instant::now();
        let end = || health::end_expired_overrides(tenant);
        match within_a_step(c"ending overrides", LONGEST_STEP, end) {
            Ok(()) if self.failed.remove(&tenant).is_some() => failures::forget_failure(subject),
            Ok(()) => {}
            Err(failure) => {
                rest.begin(Instant::now(), began.elapsed());
                self.failed.insert(tenant, rest);
                failures::note(subject, failure.message());
            }
        }
    }
}
