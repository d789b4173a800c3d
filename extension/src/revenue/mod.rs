//! Owns the feed of arr_history: every door to an account's ARR or status passes here; and what criteria say of lost customers.

mod criteria;

use crate::fault::Fault;
use crate::row::{self, Outcome};
use crate::section::System;
use crate::sql::Kept;
use crate::transition;
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

thread_local! {
    static OPEN: Kept = const { Kept::new(include_str!("open.sql"), &[]) };
    static RECORD: Kept = const { Kept::new(include_str!("record.sql"), &[]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_arr<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::after(|| {
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => &OPEN,
            Ok(PgTriggerOperation::Update) if transition::changed(trigger, &["status", "arr"])? => {
                &RECORD
            }
            Ok(PgTriggerOperation::Update) => return Ok(()),
            _ => {
                return Err(Fault::internal(
                    "this trigger stands on INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        transition::with_tables(trigger, |client| {
            statement.with(|it| transition::write(trigger, client, it, &[], |_| Ok(())))
        })
        .map(drop)
    })
}
