//! Owns the table of what the worker cannot do: who it concerns, why, and since when. A failure is in the log once for each new
//! reason, and in `cs.worker_status()` as long as it lasts.

use super::super::extension_lock as extension;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;

/// A step that a tenant, or one account or playbook of it, stands still in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Computing marked accounts.
    Health,
    /// Computing every account once a day.
    DailyPass,
    /// Ending overrides whose time is over.
    Overrides,
    /// Looking for what fires by time.
    Playbooks,
}

impl Step {
    /// The value of `worker_failures.step`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::DailyPass => "daily pass",
            Self::Overrides => "overrides",
            Self::Playbooks => "playbooks",
        }
    }
}

/// What a failure is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// The tenant.
    pub tenant: Uuid,
    /// One account of it, where it is about one.
    pub account: Option<Uuid>,
    /// One playbook of it, where it is about one.
    pub playbook: Option<Uuid>,
    /// The step.
    pub step: Step,
}

impl Subject {
    /// A tenant as a whole.
    pub const fn of_tenant(tenant: Uuid, step: Step) -> Self {
        Self {
            tenant,
            account: None,
            playbook: None,
            step,
        }
    }
}

/// Removes what a worker before this one has left; it is tried again.
pub fn forget_failures() -> Option<()> {
    extension::run(c"forgetting failures", || {
        let _section = System::enter();
        sql::run("delete from cs.worker_failures", &[])
    })
}

/// Writes that a step failed.
pub fn note(subject: Subject, error: &str) {
    let is_new = extension::run(c"noting a failure", || write_failure(subject, error));
    if is_new == Some(true) {
        let Subject {
            tenant,
            account,
            playbook,
            step,
        } = subject;
        let account = account.map_or_else(String::new, |it| format!(", account {it}"));
        let playbook = playbook.map_or_else(String::new, |it| format!(", playbook {it}"));
        pgrx::log!(
            "customer_success: {} of tenant {tenant}{account}{playbook} stands still: {error}",
            step.label()
        );
    }
}

/// True where this reason was not known.
fn write_failure(subject: Subject, error: &str) -> Result<bool, Fault> {
    let _section = System::enter();
    let known = sql::write_first(
        include_str!("sql/note_failure.sql"),
        &[
            subject.tenant.into(),
            subject.step.label().into(),
            subject.account.into(),
            subject.playbook.into(),
            error.into(),
        ],
        |row| row.need::<bool>("is_known"),
    )?;
    Ok(known != Some(true))
}

/// Removes a failure: the step succeeded.
pub fn forget_failure(subject: Subject) {
    extension::run(c"forgetting a failure", || {
        let _section = System::enter();
        sql::run(
            "delete from cs.worker_failures where tenant_id = $1 and step = $2
                and account_id is not distinct from $3 and playbook_id is not distinct from $4",
            &[
                subject.tenant.into(),
                subject.step.label().into(),
                subject.account.into(),
                subject.playbook.into(),
            ],
        )
    });
}
