//! Owns the succession of scores: one current row per account, the one before remembered, its risk level named.

use crate::health::model::versions;
use crate::health::score::band::{check_score, risk_of};
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;
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

/// While alive, scores are written by the engine, which has locked the accounts and settled the succession itself.
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

    /// Whether playbooks are to stand aside.
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

/// BEFORE INSERT on health_scores. It is a system section although it stands before the row, because the old current row
/// has to give way before the unique index looks; so it checks the caller's right itself.
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
        succeed(new, overall)
    })
}

fn succeed(new: &mut TriggerRow, overall: i32) -> Result<(), Fault> {
    let (tenant, account) = (new.need("tenant_id")?, new.need("account_id")?);
    let _section = System::enter();
    let locked = sql::count(
        "select from cs.accounts where tenant_id = $1::uuid and id = $2::uuid for no key update",
        &[tenant.as_str().into(), account.as_str().into()],
    )?;
    if locked == 0 {
        return Err(Fault::no_such("account"));
    }
    let bands = versions::bands(new.id("tenant_id")?)?;
    new.set("risk_level", Some(risk_of(overall, bands).label()))?;
    let created_at = new.get("created_at")?;
    let places = sql::write_first(
        include_str!("sql/succeed.sql"),
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
    let Some((created_at, in_future, is_current, previous)) = places else {
        return Err(Fault::internal("a score found no place in its history"));
    };
    if in_future {
        return Err(Fault::invalid(
            "created_at",
            format!("a score cannot be true before its time: {created_at}"),
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
