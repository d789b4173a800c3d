//! Owns what a statement does to the tree as a whole: the levels and paths of every subtree that moved are rewritten in
//! one statement, or all of it is refused.

use super::depth::{DEEPEST_LEVEL, too_deep};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::trigger_row::{self, Outcome};
use crate::pg::{sql, transition_tables};
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgTrigger, pg_sys};
use std::cell::Cell;

const REWRITE: &str = include_str!("sql/rewrite.sql");
const INSERTED: &str = "select tenant_id, id from new_rows where hierarchy_path = ''";
/// With those that the statement has also inserted and that have no place yet.
const MOVED: &str = include_str!("sql/moved.sql");

thread_local! {
    /// The last transaction in which a row asked for a rewrite: in all others the triggers have nothing to look for.
    static REQUESTED_IN: Cell<Option<pg_sys::TransactionId>> = const { Cell::new(None) };
    static REWRITING: Cell<bool> = const { Cell::new(false) };
}

/// A row of the current statement needs its subtree placed when the statement ends.
pub fn request_rewrite() {
    // SAFETY: inside a transaction that is about to write.
    let transaction = unsafe { pg_sys::GetTopTransactionId() };
    REQUESTED_IN.set(Some(transaction));
}

fn is_requested() -> bool {
    // SAFETY: inside a transaction.
    let transaction = unsafe { pg_sys::GetTopTransactionIdIfAny() };
    REQUESTED_IN.get() == Some(transaction)
}

/// Whether accounts are being written only to set levels and paths, which counts as no one's edit.
pub fn is_rewriting() -> bool {
    REWRITING.get()
}

/// While alive, updates of accounts are those of a rewrite.
struct Rewriting;

impl Rewriting {
    fn begin() -> Self {
        REWRITING.set(true);
        Self
    }
}

impl Drop for Rewriting {
    fn drop(&mut self) {
        REWRITING.set(false);
    }
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over its transition tables; the first of the statement
/// triggers, so that all others see the tree as it will be.
#[pg_trigger]
fn tg_accounts__place<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if is_rewriting() || !is_requested() {
            return Ok(());
        }
        let changed = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => INSERTED,
            Ok(PgTriggerOperation::Update) => MOVED,
            _ => {
                return Err(Fault::internal(
                    "this trigger is for INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        let _rewriting = Rewriting::begin();
        let verdicts = transition_tables::with_tables(trigger, |client| {
            sql::write_on(
                client,
                &REWRITE.replace("<changed>", changed),
                &[DEEPEST_LEVEL.into()],
                |row| Ok((row.need::<bool>("is_tree")?, row.need::<bool>("is_flat")?)),
            )
        })?;
        match verdicts.first() {
            Some((true, true)) => Ok(()),
            Some((true, false)) => Err(too_deep()),
            _ => Err(cycle()),
        }
    })
}

fn cycle() -> Fault {
    Fault::invalid(
        "parent_id",
        "an account cannot be placed below itself or below one of its own subsidiaries",
    )
    .hint("Move the subsidiary out first, or choose a parent outside the account's own subtree.")
}
