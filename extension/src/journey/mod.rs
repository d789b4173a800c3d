//! Owns the history of stages: whatever door a move comes through, one row closes and the next opens at the same moment.

use crate::fault::Fault;
use crate::identity;
use crate::row::{self, Outcome};
use crate::section::System;
use crate::sql;
use crate::transition;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::PgTrigger;

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_stage<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::after(|| {
        let mover = identity::current().user;
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => include_str!("open.sql"),
            Ok(PgTriggerOperation::Update) => include_str!("record.sql"),
            _ => return Err(Fault::internal("this trigger stands on INSERT and UPDATE only")),
        };
        let _section = System::enter();
        transition::with_tables(trigger, |client| sql::write_on(client, statement, &[mover.into()], |_| Ok(()))).map(drop)
    })
}
