//! Owns a milestone before it is stored, and how an account gets past one. Runs with the caller's rights.

use super::move_account::locked;
use crate::criteria;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::prelude::*;
use pgrx::{JsonB, PgTrigger, Uuid};

/// BEFORE INSERT OR UPDATE on stage_milestones.
#[pg_trigger]
fn tg_stage_milestones__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, check)
}

fn check(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    if new.need("title")?.trim().is_empty() {
        return Err(Fault::invalid("title", "a milestone needs a title"));
    }
    if new.parse::<i32>("due_after_days")?.is_some_and(|it| it < 1) {
        return Err(
            Fault::invalid("due_after_days", "due_after_days must be at least 1")
                .hint("Leave it out for a milestone that is never due."),
        );
    }
    let known = old.map_or(Ok(None), |old| old.get("criteria"))?;
    match new.get("criteria")? {
        Some(text) if known.as_ref() != Some(&text) => {
            let given = serde_json::from_str(&text)
                .map_err(|_| Fault::invalid("criteria", "the criteria are nested too deeply"))?;
            let tenant = uuid_of(&new.need("tenant_id")?)?;
            let settled = criteria::resolve(tenant, "criteria", &given)?;
            new.set("criteria", Some(&settled.to_string()))
        }
        _ => Ok(()),
    }
}

fn uuid_of(text: &str) -> Result<Uuid, Fault> {
    let parsed = uuid::Uuid::try_parse(text);
    let parsed = parsed.map_err(|_| Fault::internal(format!("{text} is no id")))?;
    Ok(Uuid::from_bytes(*parsed.as_bytes()))
}

#[pg_extern]
fn complete_milestone(
    account_id: Option<Uuid>,
    milestone_id: Option<Uuid>,
    waive_reason: default!(Option<&str>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| complete(account, milestone_id, waive_reason))
        .or_raise()
}

fn complete(
    account: Uuid,
    milestone: Option<Uuid>,
    waive_reason: Option<&str>,
) -> Result<Option<JsonB>, Fault> {
    let account = locked(account)?;
    let known = sql::exists(
        "select from cs.stage_milestones where tenant_id = $1 and id = $2",
        &[account.tenant.into(), milestone.into()],
    )?;
    if !known {
        return Err(Fault::no_such("milestone"));
    }
    if waive_reason.is_some_and(|reason| reason.trim().is_empty()) {
        return Err(Fault::invalid("waive_reason", "a waiver needs a reason")
            .hint("Leave waive_reason out for a milestone that is done."));
    }
    sql::run(
        "insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, reason)
         values ($1, $2, $3, case when $4 is null then 'done' else 'waived' end, $4)
         on conflict do nothing",
        &[
            account.tenant.into(),
            account.id.into(),
            milestone.into(),
            waive_reason.into(),
        ],
    )?;
    let stands = sql::write_first(
        "select to_jsonb(settled) as it from cs.account_milestones as settled
         where tenant_id = $1 and account_id = $2 and milestone_id = $3",
        &[account.tenant.into(), account.id.into(), milestone.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    Ok(stands)
}
