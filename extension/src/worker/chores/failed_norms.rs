//! Owns norms that could not be taken when a daily pass began, which went on without them: they are tried again until they are.

use super::super::rest::Rest;
use super::super::transaction::Failure;
use super::failures::{self, Step, Subject};
use super::turns::Turns;
use super::{LONGEST_BEGIN, within_a_step};
use crate::health;
use pgrx::Uuid;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// The tenants whose norms could not be taken.
#[derive(Default)]
pub struct FailedNorms(HashMap<Uuid, Rest>);

impl FailedNorms {
    /// After a try that failed.
    pub fn on_failure(&mut self, tenant: Uuid, failure: &Failure, took: Duration) {
        let rest = self.0.entry(tenant).or_default();
        rest.begin(Instant::now(), took);
        failures::note(subject(tenant), failure.message());
    }

    /// They were taken.
    pub fn on_success(&mut self, tenant: Uuid) {
        if self.0.remove(&tenant).is_some() {
            failures::forget_failure(subject(tenant));
        }
    }

    /// Tries those of one tenant again; false where none is to be tried now.
    pub fn retry(&mut self, turns: &mut Turns) -> bool {
        let began = Instant::now();
        let mut rested = self.0.iter().filter(|(_, rest)| rest.is_over(began));
        let Some(tenant) = rested.next().map(|(tenant, _)| *tenant) else {
            return false;
        };
        let take = || health::take_norms(tenant);
        match within_a_step(c"taking what is usual", LONGEST_BEGIN, take) {
            Ok(()) => self.on_success(tenant),
            Err(failure) => self.on_failure(tenant, &failure, began.elapsed()),
        }
        turns.charge(tenant, began.elapsed(), Instant::now());
        true
    }
}

const fn subject(tenant: Uuid) -> Subject {
    Subject::of_tenant(tenant, Step::Norms)
}
