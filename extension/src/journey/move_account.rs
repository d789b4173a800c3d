//! Owns the call that moves an account: what the caller saw is checked, a note is kept, and open milestones may be
//! waived. Runs with the caller's rights; the rules of moves are the trigger's, however an account is moved.

use super::auto_complete::find_open_after_auto_complete;
use super::gate;
use super::move_context::MoveContext;
use crate::identity::visible_account::{read_overview, require_visible_account};
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
    let account = account.and_then(lock_movable_account);
    let account = account.or_raise();
    move_to_stage(&account, to_stage, expected_from, note, waive_reason).or_raise();
    read_overview(account.id).or_raise()
}

#[pg_extern(stable)]
fn suggested_stage(account_id: Uuid) -> Option<String> {
    let _pinned = Pinned::enter();
    find_suggested_stage(account_id).or_raise()
}

/// An account that the caller may move, locked.
pub struct MovableAccount {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its id.
    pub id: Uuid,
    /// The name of its current stage.
    pub stage: String,
}

/// Locks an account for a caller with the right to move it. Errors: P0002 where the caller does not see it, 42501
/// without the right.
pub fn lock_movable_account(id: Uuid) -> Result<MovableAccount, Fault> {
    let tenant = require_visible_account(id)?;
    identity::require(Action::StageMove, tenant)?;
    let stage = sql::write_first(
        "select current_stage from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), id.into()],
        |row| row.need("current_stage"),
    )?;
    let stage = stage.ok_or_else(|| Fault::no_such("account"))?;
    Ok(MovableAccount { tenant, id, stage })
}

fn move_to_stage(
    account: &MovableAccount,
    to: Option<&str>,
    expected: Option<&str>,
    note: Option<&str>,
    waive_reason: Option<&str>,
) -> Result<(), Fault> {
    let stages = Stages::of(account.tenant)?;
    let to = to.and_then(|given| stages.find(given));
    let to = to.ok_or_else(|| Fault::no_such("stage"))?;
    let from = stages.named(&account.stage);
    let from =
        from.ok_or_else(|| Fault::internal("an account is in a stage that does not exist"))?;
    if expected.is_some_and(|expected| stages.find(expected) != Some(from)) {
        return Err(stage_conflict(account)?);
    }
    if from == to {
        return Ok(());
    }
    let waived = match waive_reason {
        Some(reason) => waive_open_milestones(account, from, to, reason)?,
        None => Vec::new(),
    };
    let was_waived = !waived.is_empty();
    let context = MoveContext {
        account: Some(account.id),
        note: note.map(str::to_owned),
        waive_reason: waive_reason.filter(|_| was_waived).map(str::to_owned),
        waived: was_waived.then_some(waived),
        ..MoveContext::default()
    };
    let _guard = context.set_for_next_update();
    sql::run(
        "update cs.accounts set current_stage = $3 where tenant_id = $1 and id = $2",
        &[
            account.tenant.into(),
            account.id.into(),
            to.name.as_str().into(),
        ],
    )
}

/// The account is not in the stage in which the caller saw it (27000): where it is, and who moved it there.
pub fn stage_conflict(account: &MovableAccount) -> Result<Fault, Fault> {
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
        Some(mover) => format!("{mover} moved this account to \"{stage}\""),
        None => format!("this account is now in \"{stage}\""),
    };
    let current = json!({ "stage": stage, "moved_by": moved_by, "moved_at": moved_at });
    Ok(
        Fault::changed(message, current)
            .hint("Look at the account again, then move it from there."),
    )
}

/// Waives the milestones that hold the account back; returns their ids.
fn waive_open_milestones(
    account: &MovableAccount,
    from: &Stage,
    to: &Stage,
    reason: &str,
) -> Result<Vec<Uuid>, Fault> {
    if cs_text::trim(reason).is_empty() {
        return Err(
            Fault::invalid("waive_reason", "a waiver needs a reason").hint(
                "Say in a sentence why the milestones do not matter, or leave waive_reason out.",
            ),
        );
    }
    let open = find_open_after_auto_complete(account.tenant, account.id, from, to)?;
    let milestones = open.iter().map(|it| it.id).collect::<Vec<_>>();
    sql::write(
        include_str!("sql/waive_milestones.sql"),
        &[
            account.tenant.into(),
            account.id.into(),
            milestones.into(),
            reason.into(),
        ],
        |row| row.need("milestone_id"),
    )
}

fn find_suggested_stage(account: Uuid) -> Result<Option<String>, Fault> {
    let found = sql::first(
        "select tenant_id, current_stage from cs.accounts where id = $1",
        &[account.into()],
        |row| Ok((row.need::<Uuid>("tenant_id")?, row.need("current_stage")?)),
    )?;
    let (tenant, current): (Uuid, String) = found.ok_or_else(|| Fault::no_such("account"))?;
    match Stages::of(tenant)?.named(&current) {
        Some(stage) if !stage.is_main() => gate::find_stage_before(tenant, account, &current),
        _ => Ok(None),
    }
}
