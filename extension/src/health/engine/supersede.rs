//! Owns how a new score supersedes the one before it: one current row per account, with the previous score and the risk
//! level filled in.

use crate::health::model::versions;
use crate::health::score::band::{RiskLevel, check_score};
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use std::cell::Cell;

const SCORES: [&str; 5] = [
    "overall_score",
    "usage_score",
    "engagement_score",
    "support_score",
    "adoption_score",
];

thread_local! {
    static WRITING: Cell<bool> = const { Cell::new(false) };
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// While alive, scores are written by the engine, which has locked the accounts and closed their current rows itself.
pub struct Engine(());

impl Engine {
    /// Takes over; `fires` says whether playbooks look at what is written.
    pub fn takes_over(fires: bool) -> Self {
        WRITING.set(true);
        SILENT.set(!fires);
        Self(())
    }

    fn is_writing() -> bool {
        WRITING.get()
    }

    /// Whether playbooks do not look at what is written.
    pub fn is_silent() -> bool {
        SILENT.get()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        WRITING.set(false);
        SILENT.set(false);
    }
}

/// BEFORE INSERT on health_scores. It is a system section although it runs before the row is written, because the old
/// current row has to be closed before the unique index is checked; so it checks the caller's right itself.
#[pg_trigger]
fn tg_health_scores__supersede<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, _| {
        if Engine::is_writing() {
            return Ok(());
        }
        for score in SCORES {
            if let Some(value) = new.parse::<i32>(score)? {
                check_score(score, value)?;
            }
        }
        identity::require_in_trigger(Action::ScoreImport, new.id("tenant_id")?)?;
        let overall = new
            .parse::<i32>("overall_score")?
            .ok_or_else(|| Fault::invalid("overall_score", "overall_score must be given"))?;
        supersede_current(new, overall)
    })
}

/// Closes the current row unless the new one is older, and fills in what follows from its place in the history.
fn supersede_current(new: &mut TriggerRow, overall: i32) -> Result<(), Fault> {
    let (tenant, account) = (new.id("tenant_id")?, new.id("account_id")?);
    let _section = System::enter();
    lock_account(tenant, account)?;
    let level = RiskLevel::of(overall, versions::bands(tenant)?);
    new.set("risk_level", Some(level.label()))?;
    let created_at = new.get("created_at")?;
    let place = sql::write_first(
        include_str!("sql/supersede.sql"),
        &[tenant.into(), account.into(), created_at.into()],
        |row| {
            Ok((
                row.need::<String>("created_at")?,
                row.need::<bool>("in_future")?,
                row.need::<bool>("is_current")?,
                row.maybe::<i32>("previous_score")?,
            ))
        },
    )?;
    let Some((created_at, in_future, is_current, previous)) = place else {
        return Err(Fault::internal("a score has no place in its history"));
    };
    if in_future {
        return Err(Fault::invalid(
            "created_at",
            format!("a score cannot be dated in the future: {created_at}"),
        )
        .hint("Leave created_at out to mean now."));
    }
    new.set("created_at", Some(&created_at))?;
    new.set(
        "is_current",
        Some(if is_current { "true" } else { "false" }),
    )?;
    new.set(
        "previous_score",
        previous.map(|score| score.to_string()).as_deref(),
    )
}

fn lock_account(tenant: Uuid, account: Uuid) -> Result<(), Fault> {
    let locked = sql::count(
        "select from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), account.into()],
    )?;
    match locked {
        0 => Err(Fault::no_such("account")),
        _ => Ok(()),
    }
}
