//! Owns the chore of computing marked accounts: tenants in turn, in steps of bounded time. What fails is tried alone; an account that
//! cannot be computed is left alone for a while, and a tenant of which none can, as a whole.

use super::super::extension_lock as extension;
use super::super::rest::Rest;
use super::super::transaction::Failure;
use super::failures::{self, Step, Subject};
use super::turns::Turns;
use super::{LONGEST_STEP, PATIENCE, be_brief, within_a_step};
use crate::health::{self, MarkRequest};
use pgrx::Uuid;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Marks taken in one transaction.
const BATCH: i64 = 200;
/// How much smaller a batch becomes after one that failed or was long, and larger after another one.
const STEEPNESS: i64 = 4;
/// A batch that took longer is followed by a smaller one, so that the next tenant's turn comes soon.
const LONG: Duration = Duration::from_millis(100);
/// The longest that computing one account alone may take.
const LONGEST_ALONE: Duration = Duration::from_secs(5);
/// How long an account that another transaction is writing is left alone.
const HOLD: Duration = Duration::from_secs(1);
/// How long a tenant is left alone that has just come to a standstill, or out of one.
const PAUSE: Duration = Duration::from_secs(5);
const SHORT_PAUSE: Duration = Duration::from_secs(1);
/// After so many accounts in a row that failed alone, it is the tenant that stands still.
const IN_A_ROW: usize = 5;
/// With so many accounts that cannot be computed, too.
const MOST_FAILING: usize = 100;

/// What is known of each tenant that has, or lately had, something to compute.
#[derive(Default)]
pub struct MarkedAccounts(HashMap<Uuid, TenantMarks>);

impl MarkedAccounts {
    /// Does a step of the tenant whose turn it is; false where nothing is to be done now.
    pub fn step(&mut self, turns: &mut Turns) -> bool {
        let waiting = extension::run(c"looking for marks", || {
            be_brief()?;
            health::find_marked_tenants()
        });
        let began = Instant::now();
        let mut waiting = waiting.unwrap_or_default();
        waiting.retain(|tenant| !self.0.get(tenant).is_some_and(|it| it.pauses(began)));
        let again = self.0.iter().filter(|(_, it)| it.has_retry(began));
        waiting.extend(again.map(|(tenant, _)| *tenant));
        let Some(tenant) = turns.next(&waiting, began) else {
            return false;
        };
        let marks = self
            .0
            .entry(tenant)
            .or_insert_with(|| TenantMarks::of(tenant));
        marks.step(turns);
        turns.charge(tenant, began.elapsed(), Instant::now());
        if marks.is_as_new() {
            self.0.remove(&tenant);
        }
        true
    }

    /// Whether nothing of this tenant can be computed at present.
    pub fn stands_still(&self, tenant: Uuid) -> bool {
        self.0.get(&tenant).is_some_and(|it| it.stands_still)
    }
}

struct TenantMarks {
    tenant: Uuid,
    batch: i64,
    /// Accounts left alone until then, since another transaction is writing them.
    held: HashMap<Uuid, Instant>,
    /// Accounts that could not be computed.
    failing: HashMap<Uuid, Rest>,
    /// How many of them were the last ones tried.
    in_a_row: usize,
    /// The tenant as a whole stands still.
    stands_still: bool,
    /// A lock that holds the tenant up has been noted as a failure.
    is_noted: bool,
    paused_until: Option<Instant>,
}

impl TenantMarks {
    fn of(tenant: Uuid) -> Self {
        Self {
            tenant,
            batch: BATCH,
            held: HashMap::new(),
            failing: HashMap::new(),
            in_a_row: 0,
            stands_still: false,
            is_noted: false,
            paused_until: None,
        }
    }

    fn pauses(&self, now: Instant) -> bool {
        self.paused_until.is_some_and(|until| until > now)
    }

    fn has_retry(&self, now: Instant) -> bool {
        !self.pauses(now) && self.failing.values().any(|rest| rest.is_over(now))
    }

    /// Whether nothing is lost if it is forgotten.
    fn is_as_new(&self) -> bool {
        self.batch == BATCH && self.held.is_empty() && self.failing.is_empty() && !self.is_noted
    }

    const fn subject(&self, account: Option<Uuid>) -> Subject {
        Subject {
            account,
            ..Subject::of_tenant(self.tenant, Step::Health)
        }
    }

    fn step(&mut self, turns: &mut Turns) {
        let now = Instant::now();
        let rested = self.failing.iter().find(|(_, rest)| rest.is_over(now));
        match rested.map(|(account, _)| *account) {
            Some(account) => self.retry(account),
            None if self.stands_still => self.set_marks_aside(),
            None => self.compute_batch(turns),
        }
    }

    /// Tries an account that could not be computed.
    fn retry(&mut self, account: Uuid) {
        let began = Instant::now();
        let tenant = self.tenant;
        let tried = within_a_step(c"computing health again", LONGEST_ALONE, || {
            health::compute_account(tenant, account)
        });
        match tried {
            Ok(()) => self.on_recovery(account),
            Err(failure) => self.on_account_failure(account, &failure, began.elapsed()),
        }
    }

    /// Marks of a tenant that stands still need not be kept: once one account can be computed again, all are.
    fn set_marks_aside(&mut self) {
        let tenant = self.tenant;
        let set_aside = || health::remove_marks(tenant, None);
        within_a_step(c"setting marks aside", LONGEST_STEP, set_aside).ok();
        self.paused_until = Some(Instant::now() + PAUSE);
    }

    fn compute_batch(&mut self, turns: &mut Turns) {
        let began = Instant::now();
        self.held.retain(|_, until| *until > began);
        let left_alone = self.held.keys().chain(self.failing.keys()).copied();
        let request = MarkRequest {
            tenant: self.tenant,
            most: self.batch,
            left_alone: &left_alone.collect::<Vec<_>>(),
        };
        let limit = if self.batch == 1 {
            LONGEST_ALONE
        } else {
            LONGEST_STEP
        };
        let mut tried = Vec::new();
        let computed = within_a_step(c"computing health", limit, || {
            health::compute_marked(&request, &mut tried)
        });
        let (now, took) = (Instant::now(), began.elapsed());
        match computed {
            Ok(held) => {
                turns.succeeded(self.tenant);
                self.on_success(&tried, held, took);
            }
            Err(Failure::Passing(error)) => {
                if turns.rest(self.tenant, took, now) >= PATIENCE {
                    self.is_noted = true;
                    failures::note(self.subject(None), &error);
                }
            }
            Err(failure) => match tried.as_slice() {
                [account] => {
                    self.in_a_row += 1;
                    self.on_account_failure(*account, &failure, took);
                }
                [] => {
                    self.is_noted = true;
                    turns.rest(self.tenant, took, now);
                    failures::note(self.subject(None), failure.message());
                }
                _ => self.batch = (self.batch / STEEPNESS).max(1),
            },
        }
    }

    fn on_success(&mut self, tried: &[Uuid], held: Vec<Uuid>, took: Duration) {
        let now = Instant::now();
        self.held
            .extend(held.into_iter().map(|it| (it, now + HOLD)));
        if std::mem::take(&mut self.is_noted) {
            failures::forget_failure(self.subject(None));
        }
        if tried.is_empty() {
            // Only marks of accounts that are left alone are there.
            self.paused_until = Some(now + SHORT_PAUSE);
        } else {
            self.in_a_row = 0;
        }
        self.batch = match took < LONG {
            true => (self.batch * STEEPNESS).min(BATCH),
            false => (self.batch / STEEPNESS).max(1),
        };
    }

    fn on_account_failure(&mut self, account: Uuid, failure: &Failure, took: Duration) {
        let now = Instant::now();
        self.failing.entry(account).or_default().begin(now, took);
        let tenant = self.tenant;
        // It is tried again without a mark.
        let remove_mark = || health::remove_marks(tenant, Some(account));
        within_a_step(c"setting a mark aside", LONGEST_STEP, remove_mark).ok();
        failures::note(self.subject(Some(account)), failure.message());
        let is_many = self.in_a_row >= IN_A_ROW || self.failing.len() >= MOST_FAILING;
        if is_many && !self.stands_still {
            self.stands_still = true;
            self.paused_until = Some(now + PAUSE);
            failures::note(self.subject(None), failure.message());
        }
    }

    fn on_recovery(&mut self, account: Uuid) {
        self.failing.remove(&account);
        failures::forget_failure(self.subject(Some(account)));
        self.in_a_row = 0;
        if std::mem::take(&mut self.stands_still) {
            failures::forget_failure(self.subject(None));
            let tenant = self.tenant;
            let ask = || health::ask_for_pass(tenant);
            within_a_step(c"asking for a pass", LONGEST_STEP, ask).ok();
            self.paused_until = Some(Instant::now() + SHORT_PAUSE);
        }
    }
}
