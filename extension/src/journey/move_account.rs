//! Owns the call that moves an account: what the caller saw is checked, what is said is kept, and what holds it may be waived.
//! Runs with the caller's rights; the rules themselves are the trigger's, for every door.

use super::auto_complete::held_still;
use super::gate;
use super::move_context::{Saying, Words};
use crate::identity::visible_account::{overview, tenant_of};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::stages::{Stage, Stages};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;

#[pg_extern]
fn move_account_stage(
    account_id: Option<Uuid>,
    to_stage: Option<&str>,
    expected_from: default!(Option<&str>, "null"),
    note: default!(Option<&str>, "null"),
    waive_reason: default!(Option<&str>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    let account = account.and_then(|id| locked(id));
    let account = account.or_raise();
    relocate(&account, to_stage, expected_from, note, waive_reason).or_raise();
    overview(account.id).or_raise()
}

#[pg_extern(stable)]
fn suggested_stage(account_id: Uuid) -> Option<String> {
    let _pinned = Pinned::enter();
    suggest(account_id).or_raise()
}

/// An account that the caller may work on, locked.
pub struct Account {
    pub(super) tenant: Uuid,
    pub(super) id: Uuid,
    pub(super) stage: String,
}

/// Locks an account for a caller with the right to move it.
pub fn locked(id: Uuid) -> Result<Account, Fault> {
    let tenant = tenant_of(id)?;
    identity::require(Action::StageMove, tenant)?;
    let stages = sql::write_first(
        "select current_stage from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), id.into()],
        |row| row.need("current_stage"),
    )?;
    let stage = stages.ok_or_else(|| Fault::no_such("account"))?;
    Ok(Account { tenant, id, stage })
}

fn relocate(
    account: &Account,
    to: Option<&str>,
    expected: Option<&str>,
    note: Option<&str>,
    waive_reason: Option<&str>,
) -> Result<(), Fault> {
    let stages = Stages::of(account.tenant)?;
    let to = to.and_then(|given| stages.find(given));
    let to = to.ok_or_else(|| Fault::no_such("stage"))?;
    let from = stages.named(&account.stage);
    let from = from.ok_or_else(|| Fault::internal("an account is in a stage that is none"))?;
    if expected.is_some_and(|expected| stages.find(expected) != Some(from)) {
        return Err(elsewhere(account)?);
    }
    if from == to {
        return Ok(());
    }
    let waived = match waive_reason {
        Some(reason) => waive(account, from, to, reason)?,
        None => Vec::new(),
    };
    let was_waived = !waived.is_empty();
    let _saying = Saying::begin(Words {
        account: Some(account.id),
        note: note.map(str::to_owned),
        override_reason: waive_reason.filter(|_| was_waived).map(str::to_owned),
        waived: was_waived.then_some(waived),
        undoes: false,
    });
    sql::run(
        "update cs.accounts set current_stage = $3 where tenant_id = $1 and id = $2",
        &[
            account.tenant.into(),
            account.id.into(),
            to.name.as_str().into(),
        ],
    )
}

/// The account is not where the caller saw it: where it is, and who moved it there.
pub fn elsewhere(account: &Account) -> Result<Fault, Fault> {
    let last = sql::write_first(
        include_str!("sql/last_move.sql"),
        &[account.tenant.into(), account.id.into()],
        |row| {
            Ok((
                row.maybe::<String>("moved_by")?,
                row.maybe::<String>("moved_at")?,
            ))
        },
    )?;
    let (moved_by, moved_at) = last.unwrap_or_default();
    let stage = &account.stage;
    let message = match &moved_by {
        Some(mover) => format!("{mover} has moved this account to \"{stage}\""),
        None => format!("this account is in \"{stage}\" by now"),
    };
    let current = json!({ "stage": stage, "moved_by": moved_by, "moved_at": moved_at });
    Ok(
        Fault::changed(message, current)
            .hint("Look at the account again, then move it from there."),
    )
}

/// Waives what holds the account back; which milestones that were.
fn waive(account: &Account, from: &Stage, to: &Stage, reason: &str) -> Result<Vec<Uuid>, Fault> {
    if reason.trim().is_empty() {
        return Err(
            Fault::invalid("waive_reason", "a waiver needs a reason").hint(
                "Say in a sentence why the milestones do not matter, or leave waive_reason out.",
            ),
        );
    }
    let open = held_still(account.tenant, account.id, from, to)?;
    let milestones = open.iter().map(|it| it.id).collect::<Vec<_>>();
    sql::write(
        "insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, reason)
         select $1, $2, milestone_id, 'waived', $4 from unnest($3) as milestone_id
         on conflict do nothing
         returning milestone_id",
        &[
            account.tenant.into(),
            account.id.into(),
            milestones.into(),
            reason.into(),
        ],
        |row| row.need("milestone_id"),
    )
}

fn suggest(account: Uuid) -> Result<Option<String>, Fault> {
    let found = sql::first(
        "select tenant_id, current_stage from cs.accounts where id = $1",
        &[account.into()],
        |row| Ok((row.need::<Uuid>("tenant_id")?, row.need("current_stage")?)),
    )?;
    let (tenant, present): (Uuid, String) = found.ok_or_else(|| Fault::no_such("account"))?;
    match Stages::of(tenant)?.named(&present) {
        Some(stage) if !stage.is_main() => {
            gate::stage_before(&tenant.to_string(), &account.to_string(), &present)
        }
        _ => Ok(None),
    }
}
