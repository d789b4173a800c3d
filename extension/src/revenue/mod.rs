//! Owns what feeds arr_history, however an account's ARR or status changes or is told for the past; what criteria mean for lost
//! customers; and what a reader's own accounts count where some of their children are hidden.

mod arr_row;
mod criteria;
mod hidden_children;
mod record_arr;

use crate::pg::changed_columns;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

thread_local! {
    static OPEN: Kept = const { Kept::new(include_str!("sql/open.sql"), &[]) };
    static RECORD: Kept = const { Kept::new(include_str!("sql/record.sql"), &[]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_arr<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => &OPEN,
            Ok(PgTriggerOperation::Update)
                if changed_columns::changed(trigger, &["status", "arr"])? =>
            {
                &RECORD
            }
            Ok(PgTriggerOperation::Update) => return Ok(()),
            _ => {
                return Err(Fault::internal(
                    "this trigger is for INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            statement.with(|it| transition_tables::write(trigger, client, it, &[], |_| Ok(())))
        })
        .map(drop)
    })
}
