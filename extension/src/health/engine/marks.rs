//! Owns the marks of accounts whose score may have changed: one insert per statement, whatever the statement's size.

use crate::accounts::AccountColumn;
use crate::background::board::Duty;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::{self, Kept};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

/// AFTER INSERT, UPDATE, DELETE STATEMENT on usage_metrics, over its transition tables.
#[pg_trigger]
fn tg_usage_metrics__mark<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        mark_usage_accounts(
            trigger,
            match trigger.op() {
                Ok(PgTriggerOperation::Insert) => include_str!("sql/mark_inserted.sql"),
                Ok(PgTriggerOperation::Update) => include_str!("sql/mark_updated.sql"),
                Ok(PgTriggerOperation::Delete) => include_str!("sql/mark_deleted.sql"),
                _ => return Err(Fault::internal("a TRUNCATE marks no accounts")),
            },
        )
    })
}

/// The columns of accounts that a score or a cap may depend on: what people write, and the level.
fn scored_columns() -> Vec<&'static str> {
    let written = AccountColumn::ALL.iter().map(|column| column.name());
    written.chain(["hierarchy_level"]).collect()
}

/// AFTER UPDATE STATEMENT on accounts, over its transition tables: seats, status, and what caps may ask about.
#[pg_trigger]
fn tg_accounts__mark_health<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if !transition_tables::changed(trigger, &scored_columns())? {
            return Ok(());
        }
        let _section = System::enter();
        let marked = transition_tables::with_tables(trigger, |client| {
            MARK_ACCOUNTS.with(|it| transition_tables::write(trigger, client, it, &[], |_| Ok(())))
        })?;
        wake_worker(!marked.is_empty());
        Ok(())
    })
}

thread_local! {
    static MARK_ACCOUNTS: Kept = Kept::new(String::leak(mark_accounts_statement()), &[]);
}

/// Made once per backend.
fn mark_accounts_statement() -> String {
    let columns_of = |row: &str| {
        let columns = scored_columns().into_iter();
        let columns = columns.filter(|name| *name != AccountColumn::Attributes.name());
        let columns = columns.map(|name| format!("{row}.{name}"));
        columns.collect::<Vec<_>>().join(", ")
    };
    include_str!("sql/mark_accounts.sql")
        .replace("<new>", &columns_of("new"))
        .replace("<old>", &columns_of("old"))
}

fn mark_usage_accounts(trigger: &PgTrigger<'_>, statement: &str) -> Result<(), Fault> {
    let _section = System::enter();
    let marked = transition_tables::with_tables(trigger, |client| {
        sql::write_on(client, statement, &[], |_| Ok(()))
    })?;
    wake_worker(!marked.is_empty());
    Ok(())
}

fn wake_worker(has_marks: bool) {
    if has_marks {
        crate::background::wake::at_commit(Duty::Chores);
    }
}
