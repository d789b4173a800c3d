//! Owns the chore of computing every account once a day of its tenant: a slice of one tenant at a time, the tenants in turn.

use super::super::extension_lock as extension;
use super::super::transaction::Failure;
use super::failures::{self, Step, Subject};
use super::health::MarkedAccounts;
use super::turns::Turns;
use super::{LONGEST_STEP, PATIENCE, be_brief, within_a_step};
use crate::health;
use crate::pg::fault::Fault;
use pgrx::Uuid;
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// How often tenants are checked for a new day.
const EVERY: Duration = Duration::from_secs(20);
/// The longest that beginning a pass may take: what is usual is taken from all accounts.
const LONGEST_BEGIN: Duration = Duration::from_secs(60);

/// The passes that are due.
pub struct DailyPass {
    look_at: Instant,
    due: Vec<Uuid>,
    /// Those of them whose pass has begun.
    begun: HashSet<Uuid>,
    /// Tenants whose pass stands still.
    failed: HashSet<Uuid>,
}

impl DailyPass {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
            due: Vec::new(),
            begun: HashSet::new(),
            failed: HashSet::new(),
        }
    }

    /// Does a slice of the tenant whose turn it is; false where nothing is to be done now.
    pub fn step(&mut self, turns: &mut Turns, marked: &MarkedAccounts) -> bool {
        let began = Instant::now();
        if began >= self.look_at {
            self.look();
        }
        let Some(tenant) = turns.next(&self.due, began) else {
            return false;
        };
        let has_more = if marked.stands_still(tenant) {
            // All of it is computed once that is over.
            self.attempt(tenant, turns, || health::end_pass(tenant).map(|()| false))
        } else if self.begun.contains(&tenant) {
            self.attempt(tenant, turns, || health::run_pass_step(tenant))
        } else {
            self.begin(tenant, turns)
        };
        if has_more == Some(false) {
            self.due.retain(|it| *it != tenant);
            self.begun.remove(&tenant);
        }
        turns.charge(tenant, began.elapsed(), Instant::now());
        true
    }

    fn look(&mut self) {
        let found = extension::run(c"looking for daily passes", || {
            be_brief()?;
            health::find_due_passes()
        });
        self.look_at = Instant::now() + EVERY;
        let Some(found) = found else { return };
        self.due = found.due;
        let failed = found.failed.iter().map(|(tenant, _)| *tenant);
        let failed = failed.collect::<HashSet<_>>();
        for tenant in self.failed.difference(&failed) {
            failures::forget_failure(subject(*tenant));
        }
        for (tenant, error) in &found.failed {
            failures::note(subject(*tenant), error);
        }
        self.failed = failed;
    }

    /// A pass that cannot begin, because that takes too long, say, is done by what was usual before.
    fn begin(&mut self, tenant: Uuid, turns: &mut Turns) -> Option<bool> {
        let began = Instant::now();
        let begin = || health::begin_pass(tenant);
        match within_a_step(c"beginning a daily pass", LONGEST_BEGIN, begin) {
            Err(failure @ Failure::Passing(_)) => {
                self.rest(tenant, turns, &failure, began);
                return None;
            }
            Err(failure) => {
                self.failed.insert(tenant);
                failures::note(subject(tenant), failure.message());
            }
            Ok(()) => {}
        }
        self.begun.insert(tenant);
        Some(true)
    }

    /// `None` where the step failed and the tenant has its turn again later.
    fn attempt(
        &mut self,
        tenant: Uuid,
        turns: &mut Turns,
        step: impl FnOnce() -> Result<bool, Fault>,
    ) -> Option<bool> {
        let began = Instant::now();
        let failure = match within_a_step(c"daily health pass", LONGEST_STEP, step) {
            Ok(has_more) => {
                turns.succeeded(tenant);
                if self.failed.remove(&tenant) {
                    failures::forget_failure(subject(tenant));
                }
                return Some(has_more);
            }
            Err(failure) => failure,
        };
        if !matches!(failure, Failure::Passing(_)) {
            // Each of its accounts is then tried alone.
            let skip = || health::skip_pass_slice(tenant);
            let skipped = within_a_step(c"skipping in the daily pass", LONGEST_STEP, skip);
            if let Ok(has_more) = skipped {
                return Some(has_more);
            }
        }
        self.rest(tenant, turns, &failure, began);
        None
    }

    fn rest(&mut self, tenant: Uuid, turns: &mut Turns, failure: &Failure, began: Instant) {
        let tries = turns.rest(tenant, began.elapsed(), Instant::now());
        if tries >= PATIENCE || !matches!(failure, Failure::Passing(_)) {
            self.failed.insert(tenant);
            failures::note(subject(tenant), failure.message());
        }
    }
}

const fn subject(tenant: Uuid) -> Subject {
    Subject::of_tenant(tenant, Step::DailyPass)
}
