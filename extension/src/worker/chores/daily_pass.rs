//! Owns the chore of computing every account once a day of its tenant: a slice of one tenant at a time, the tenants in turn.

use super::super::extension_lock as extension;
use super::super::transaction::Failure;
use super::failed_norms::FailedNorms;
use super::failures::{self, Step, Subject};
use super::health::MarkedAccounts;
use super::turns::Turns;
use super::{LONGEST_BEGIN, LONGEST_STEP, PATIENCE, be_brief, within_a_step};
use crate::health::{self, PassProgress};
use pgrx::Uuid;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// How often tenants are checked for a new day.
const EVERY: Duration = Duration::from_secs(20);

/// The passes that are due.
pub struct DailyPass {
    look_at: Instant,
    due: Vec<Uuid>,
    /// Tenants whose pass stands still.
    standing: HashSet<Uuid>,
    norms: FailedNorms,
}

impl DailyPass {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
            due: Vec::new(),
            standing: HashSet::new(),
            norms: FailedNorms::default(),
        }
    }

    /// Does a slice of the tenant whose turn it is; false where nothing is to be done now.
    pub fn step(&mut self, turns: &mut Turns, marked: &MarkedAccounts) -> bool {
        let began = Instant::now();
        if began >= self.look_at {
            self.look();
        }
        let Some(tenant) = turns.next(&self.due, began) else {
            return self.norms.retry(turns);
        };
        let progress = match marked.stands_still(tenant) {
            // All of it is computed once that is over.
            true => within_a_step(c"ending a daily pass", LONGEST_STEP, || {
                health::end_pass(tenant).map(|()| PassProgress::Done)
            }),
            false => self.advance(tenant),
        };
        match progress {
            Ok(progress) => {
                turns.succeeded(tenant);
                self.forget_standstill(tenant);
                if progress == PassProgress::Done {
                    self.due.retain(|it| *it != tenant);
                }
            }
            Err(failure) => self.rest(tenant, turns, &failure, began),
        }
        turns.charge(tenant, began.elapsed(), Instant::now());
        true
    }

    /// A standstill lasts until a step succeeds, or no pass is due.
    fn look(&mut self) {
        let found = extension::run(c"looking for daily passes", || {
            be_brief()?;
            health::find_due_passes()
        });
        self.look_at = Instant::now() + EVERY;
        let Some(found) = found else { return };
        self.due = found.due;
        for (tenant, error) in &found.failed {
            self.standing.insert(*tenant);
            failures::note(subject(*tenant), error);
        }
        let is_over = |tenant: &Uuid| {
            !self.due.contains(tenant) && found.failed.iter().all(|(it, _)| it != tenant)
        };
        let over = self.standing.iter().copied().filter(is_over);
        for tenant in over.collect::<Vec<_>>() {
            self.forget_standstill(tenant);
        }
    }

    /// The next slice; where it fails, each of its accounts is tried alone.
    fn advance(&mut self, tenant: Uuid) -> Result<PassProgress, Failure> {
        let slice = || health::run_pass_step(tenant);
        match within_a_step(c"daily health pass", LONGEST_STEP, slice) {
            Ok(PassProgress::NotBegun) => self.begin(tenant),
            Err(failure) if !matches!(failure, Failure::Passing(_)) => {
                let skip = || health::skip_pass_slice(tenant);
                within_a_step(c"skipping in the daily pass", LONGEST_STEP, skip)
                    .map_err(|_| failure)
            }
            progress => progress,
        }
    }

    /// Where what is usual cannot be taken, it stays what was usual before.
    fn begin(&mut self, tenant: Uuid) -> Result<PassProgress, Failure> {
        let began = Instant::now();
        let begin = || health::begin_pass(tenant);
        match within_a_step(c"beginning a daily pass", LONGEST_BEGIN, begin) {
            Ok(()) => self.norms.on_success(tenant),
            Err(failure @ Failure::Passing(_)) => return Err(failure),
            Err(failure) => {
                let took = began.elapsed();
                let begin = || health::begin_pass_by_former_norms(tenant);
                within_a_step(c"beginning a daily pass", LONGEST_STEP, begin)?;
                self.norms.on_failure(tenant, &failure, took);
            }
        }
        Ok(PassProgress::UnderWay)
    }

    fn rest(&mut self, tenant: Uuid, turns: &mut Turns, failure: &Failure, began: Instant) {
        let tries = turns.rest(tenant, began.elapsed(), Instant::now());
        if tries >= PATIENCE || !matches!(failure, Failure::Passing(_)) {
            self.standing.insert(tenant);
            failures::note(subject(tenant), failure.message());
        }
    }

    fn forget_standstill(&mut self, tenant: Uuid) {
        if self.standing.remove(&tenant) {
            failures::forget_failure(subject(tenant));
        }
    }
}

const fn subject(tenant: Uuid) -> Subject {
    Subject {
        tenant,
        account: None,
        step: Step::DailyPass,
    }
}
