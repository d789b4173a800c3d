//! Owns the history of stages: however an account is moved, one row closes and the next opens at the same moment.

use super::move_context::MoveContext;
use crate::identity;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{BOOL, TEXT, UUID, UUIDS};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

thread_local! {
    static OPEN_FIRST_STAY: Kept = const { Kept::new(include_str!("sql/open_first_stay.sql"), &[UUID]) };
    static RECORD_MOVES: Kept = const { Kept::new(include_str!("sql/record_moves.sql"), &[UUID, UUID, TEXT, TEXT, UUIDS, BOOL]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_stage<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let mover = identity::current().user;
        let mut arguments = vec![mover.into()];
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => &OPEN_FIRST_STAY,
            Ok(PgTriggerOperation::Update) => {
                // Before it is taken: an update within this one may only have put the tree right.
                if !transition_tables::changed(trigger, &["current_stage"])? {
                    return Ok(());
                }
                let context = MoveContext::take();
                arguments.extend([
                    context.account.into(),
                    context.note.into(),
                    context.waive_reason.into(),
                    context.waived.into(),
                    context.is_undo.into(),
                ]);
                &RECORD_MOVES
            }
            _ => {
                return Err(Fault::internal(
                    "this trigger is for INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            statement
                .with(|it| transition_tables::write(trigger, client, it, &arguments, |_| Ok(())))
        })
        .map(drop)
    })
}
