//! Owns the undo of a move while it is fresh: a move of its own, which no milestone holds back, and after which the stay
//! before goes on as if it had never ended. Runs with the caller's rights.

use super::move_account::{MovableAccount, lock_movable_account, stage_conflict};
use super::move_context::MoveContext;
use crate::identity::visible_account::read_overview;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::stages::AccountStatus;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn undo_stage_move(history_id: Option<Uuid>) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = history_id.map_or_else(|| Err(Fault::no_such("move")), undo_move);
    read_overview(account.or_raise()).or_raise()
}

/// The current stay of an account and what it takes to undo the move that began it.
struct CurrentStay {
    id: Uuid,
    from: Option<String>,
    status_before: Option<AccountStatus>,
    waived: Option<Vec<Uuid>>,
    is_undo: bool,
    is_fresh: bool,
}

fn undo_move(history: Uuid) -> Result<Uuid, Fault> {
    let moved = sql::first(
        "select account_id from cs.journey_history where id = $1",
        &[history.into()],
        |row| row.need::<Uuid>("account_id"),
    )?;
    let moved = moved.ok_or_else(|| Fault::no_such("move"))?;
    let account = lock_movable_account(moved)?;
    let current = sql::write_first(
        include_str!("sql/current_stay.sql"),
        &[account.tenant.into(), account.id.into()],
        |row| {
            Ok(CurrentStay {
                id: row.need("id")?,
                from: row.maybe("from_stage")?,
                status_before: row
                    .maybe::<String>("status_before")?
                    .and_then(|it| AccountStatus::from_label(&it)),
                waived: row.maybe("waived")?,
                is_undo: row.need("is_undo")?,
                is_fresh: row.need("is_fresh")?,
            })
        },
    )?;
    let Some(stay) = current.filter(|it| it.id == history) else {
        return Err(stage_conflict(&account)?);
    };
    move_back(&account, stay)?;
    Ok(account.id)
}

fn move_back(account: &MovableAccount, stay: CurrentStay) -> Result<(), Fault> {
    if stay.is_undo {
        return Err(Fault::invalid("history_id", "an undo cannot be undone")
            .hint("Move the account with move_account_stage."));
    }
    let from = stay.from.ok_or_else(|| {
        Fault::invalid(
            "history_id",
            "this is the account's first stage: there is none to go back to",
        )
    })?;
    if !stay.is_fresh {
        return Err(Fault::invalid(
            "history_id",
            "a move can be undone for 10 minutes, and this one is older",
        )
        .hint("Move the account back with move_account_stage."));
    }
    if let Some(waived) = stay.waived {
        let _section = System::enter();
        sql::run(
            "delete from cs.account_milestones
             where tenant_id = $1 and account_id = $2 and milestone_id = any ($3) and state = 'waived'",
            &[account.tenant.into(), account.id.into(), waived.into()],
        )?;
    }
    let context = MoveContext {
        account: Some(account.id),
        note: Some("undone".to_owned()),
        is_undo: true,
        status_before: stay.status_before,
        ..MoveContext::default()
    };
    let _guard = context.set_for_next_update();
    sql::run(
        "update cs.accounts set current_stage = $3 where tenant_id = $1 and id = $2",
        &[account.tenant.into(), account.id.into(), from.into()],
    )
}
