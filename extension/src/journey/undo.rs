//! Owns the taking back of a move while it is fresh: a move of its own, which nothing holds. Runs with the caller's rights.

use super::move_account::{Account, elsewhere, locked};
use super::move_context::{Saying, Words};
use crate::identity::visible_account::overview;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn undo_stage_move(history_id: Option<Uuid>) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = history_id.map_or_else(|| Err(Fault::no_such("move")), undo);
    overview(account.or_raise()).or_raise()
}

/// The stay that a move began.
struct Begun {
    id: Uuid,
    from: Option<String>,
    waived: Option<Vec<Uuid>>,
    is_fresh: bool,
}

fn undo(history: Uuid) -> Result<Uuid, Fault> {
    let moved = sql::read(
        "select account_id from cs.journey_history where id = $1",
        &[history.into()],
        |row| row.need::<Uuid>("account_id"),
    )?;
    let moved = moved.into_iter().next();
    let moved = moved.ok_or_else(|| Fault::no_such("move"))?;
    let account = locked(moved)?;
    let last = sql::write(
        include_str!("sql/undoable.sql"),
        &[account.tenant.into(), account.id.into()],
        |row| {
            Ok(Begun {
                id: row.need("id")?,
                from: row.maybe("from_stage")?,
                waived: row.maybe("waived")?,
                is_fresh: row.need("is_fresh")?,
            })
        },
    )?;
    let Some(last) = last.into_iter().find(|it| it.id == history) else {
        return Err(elsewhere(&account)?);
    };
    take_back(&account, last)?;
    Ok(account.id)
}

fn take_back(account: &Account, last: Begun) -> Result<(), Fault> {
    let from = last.from.ok_or_else(|| {
        Fault::invalid(
            "history_id",
            "this is the account's first stage, there is none to go back to",
        )
    })?;
    if !last.is_fresh {
        return Err(Fault::invalid(
            "history_id",
            "a move can be undone for 10 minutes, and this one is older",
        )
        .hint("Move the account back with move_account_stage."));
    }
    if let Some(waived) = last.waived {
        let _section = System::enter();
        sql::run(
            "delete from cs.account_milestones
             where tenant_id = $1 and account_id = $2 and milestone_id = any ($3) and state = 'waived'",
            &[account.tenant.into(), account.id.into(), waived.into()],
        )?;
    }
    let _saying = Saying::begin(Words {
        account: Some(account.id),
        note: Some("undone".to_owned()),
        undoes: true,
        ..Words::default()
    });
    sql::run(
        "update cs.accounts set current_stage = $3 where tenant_id = $1 and id = $2",
        &[account.tenant.into(), account.id.into(), from.into()],
    )
}
