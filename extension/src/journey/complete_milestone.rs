//! Owns the call that makes a milestone of an account done, or waives it. Runs with the caller's rights.

use super::move_account::lock_movable_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn complete_milestone(
    account_id: Option<Uuid>,
    milestone_id: Option<Uuid>,
    waive_reason: default!(Option<&str>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| complete_or_waive(account, milestone_id, waive_reason))
        .or_raise()
}

/// Returns the row of the milestone as it is now: one that was already done or waived stays as it was.
fn complete_or_waive(
    account: Uuid,
    milestone: Option<Uuid>,
    waive_reason: Option<&str>,
) -> Result<Option<JsonB>, Fault> {
    let account = lock_movable_account(account)?;
    let known = sql::exists(
        "select from cs.stage_milestones where tenant_id = $1 and id = $2",
        &[account.tenant.into(), milestone.into()],
    )?;
    if !known {
        return Err(Fault::no_such("milestone"));
    }
    if waive_reason.is_some_and(|reason| cs_text::trim(reason).is_empty()) {
        return Err(Fault::invalid("waive_reason", "a waiver needs a reason")
            .hint("Leave waive_reason out for a milestone that is done."));
    }
    sql::run(
        include_str!("sql/complete_milestone.sql"),
        &[
            account.tenant.into(),
            account.id.into(),
            milestone.into(),
            waive_reason.into(),
        ],
    )?;
    sql::write_first(
        "select to_jsonb(done_or_waived) as it from cs.account_milestones as done_or_waived
         where tenant_id = $1 and account_id = $2 and milestone_id = $3",
        &[account.tenant.into(), account.id.into(), milestone.into()],
        |row| row.need::<JsonB>("it"),
    )
}
