//! Owns the worker that does everything but deliveries, in steps of bounded time: marked accounts, overrides that end, the daily
//! pass, what fires by time, deliveries that are over or were missed, usage that waits for its account, transactions of linked roles
//! that last too long.

mod daily_pass;
mod failed_norms;
mod failures;
mod health;
mod linked_roles;
mod missed_deliveries;
mod overrides;
mod playbooks;
mod retention;
mod turns;
mod waiting_usage;

use super::extension_lock as extension;
use super::rounds::{Round, Work};
use super::transaction::{self, Failure};
use crate::pg::fault::Fault;
use crate::pg::sql;
use daily_pass::DailyPass;
use health::MarkedAccounts;
use linked_roles::LinkedRoles;
use missed_deliveries::MissedDeliveries;
use overrides::Overrides;
use playbooks::PlaybookPasses;
use retention::Retention;
use std::ffi::CStr;
use std::time::{Duration, Instant};
use turns::Turns;
use waiting_usage::WaitingUsage;

/// The longest that a step may take; a longer one is cut into smaller ones.
const LONGEST_STEP: Duration = Duration::from_secs(2);
/// The longest that taking what is usual may take: it is taken from all accounts.
const LONGEST_BEGIN: Duration = Duration::from_secs(60);
/// So many times a lock is met before it counts as a failure.
const PATIENCE: u32 = 3;

/// The state of the chores.
pub struct Chores {
    turns: Turns,
    marked: MarkedAccounts,
    pass: DailyPass,
    playbooks: PlaybookPasses,
    overrides: Overrides,
    linked_roles: LinkedRoles,
    missed: MissedDeliveries,
    retention: Retention,
    waiting: WaitingUsage,
}

impl Chores {
    /// Everything is due, also what failed for a worker before this one.
    pub fn begin() -> Self {
        failures::forget_failures();
        Self {
            turns: Turns::default(),
            marked: MarkedAccounts::default(),
            pass: DailyPass::new(),
            playbooks: PlaybookPasses::new(),
            overrides: Overrides::new(),
            linked_roles: LinkedRoles::new(),
            missed: MissedDeliveries::new(),
            retention: Retention::new(),
            waiting: WaitingUsage::new(),
        }
    }
}

impl Work for Chores {
    fn round(&mut self) -> Round {
        match transaction::run(c"looking for the extension", || Ok(extension::hold())) {
            Some(true) => {}
            Some(false) => return Round::NoExtension,
            None => return Round::Idle,
        }
        self.linked_roles.step();
        self.missed.step();
        self.overrides.step();
        // None waits for the other's end. Playbooks come first: where scores cannot be computed the tenant's turn ends.
        let has_passes_of_playbooks = self.playbooks.step(&mut self.turns);
        let has_marks = self.marked.step(&mut self.turns);
        let has_passes = self.pass.step(&mut self.turns, &self.marked);
        let has_purges = self.retention.step(&mut self.turns);
        let has_waiting = self.waiting.step();
        self.turns.tidy(Instant::now());
        match has_marks || has_passes || has_passes_of_playbooks || has_purges || has_waiting {
            true => Round::Busy,
            false => Round::Idle,
        }
    }
}

/// Runs a step in a transaction of its own.
fn within_a_step<T>(
    activity: &CStr,
    limit: Duration,
    step: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Failure> {
    extension::attempt(activity, Some(limit), || be_brief().and_then(|()| step()))
}

/// No lock is waited for: what is held is tried again later, for itself. And what is planned once is planned for any arguments, since
/// a plan for each would look cheaper than it is to make.
fn be_brief() -> Result<(), Fault> {
    sql::run(
        "select set_config('lock_timeout', '50ms', true), set_config('plan_cache_mode', 'force_generic_plan', true)",
        &[],
    )
}
