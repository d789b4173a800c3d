//! Owns the history of stages: whatever door a move comes through, one row closes and the next opens at the same moment.

mod account_stage;
mod auto_complete;
mod board;
mod board_cursor;
mod coupling;
mod delete_stage;
mod gate;
mod milestones;
mod move_account;
mod move_context;
mod period;
mod save_milestones;
mod save_stages;
mod undo;

use crate::identity;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::types::{BOOL, TEXT, UUID, UUIDS};
use crate::pg::sql::{self, Kept};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

pub use account_stage::{begin, follow};
pub use auto_complete::reach;

/// BEFORE INSERT OR UPDATE on journey_stages.
#[pg_trigger]
fn tg_journey_stages__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        check_stage(new)?;
        let Some(old) = old else { return Ok(()) };
        if is_end(new)? && !is_end(old)? {
            require_only_lost(new)?;
        }
        match (
            new.need("is_active")?.as_str(),
            old.need("is_active")?.as_str(),
        ) {
            ("f", "t") => require_empty(new),
            _ => Ok(()),
        }
    })
}

/// Nobody is left behind in a stage that is no longer in use.
fn require_empty(stage: &TriggerRow) -> Result<(), Fault> {
    let inside = sql::read(
        "select count(*) as it from cs.accounts where tenant_id = $1::uuid and current_stage = $2",
        &[stage.need("tenant_id")?.into(), stage.need("name")?.into()],
        |row| row.need::<i64>("it"),
    )?;
    match inside.first() {
        None | Some(0) => Ok(()),
        Some(count) => Err(Fault::invalid(
            "is_active",
            format!("accounts are in this stage: {count}"),
        )
        .hint("delete_stage moves them to another one.")),
    }
}

fn is_end(stage: &TriggerRow) -> Result<bool, Fault> {
    Ok(stage.need("is_end")? == "t" && stage.need("is_active")? == "t")
}

/// A stage becomes the end only while nobody else is in it: being there means status Churned.
fn require_only_lost(stage: &TriggerRow) -> Result<(), Fault> {
    let others = sql::read(
        "select from cs.accounts
         where tenant_id = $1::uuid and current_stage = $2 and status <> 'Churned' limit 1",
        &[stage.need("tenant_id")?.into(), stage.need("name")?.into()],
        |_| Ok(()),
    )?;
    match others.as_slice() {
        [] => Ok(()),
        _ => Err(Fault::invalid(
            "is_end",
            "a stage with accounts that are not Churned cannot become the end stage",
        )
        .hint("Move these accounts to another stage first.")),
    }
}

fn check_stage(stage: &TriggerRow) -> Result<(), Fault> {
    if stage.need("name")?.trim().is_empty() {
        return Err(Fault::invalid("name", "a stage needs a name"));
    }
    let color = stage.need("color_hex")?;
    if !is_color(&color) {
        return Err(
            Fault::invalid("color_hex", format!("\"{color}\" is no colour"))
                .hint("Write it as # and six hexadecimal digits, such as #0ea5e9."),
        );
    }
    for (column, what) in [("target_duration_days", "days"), ("wip_limit", "accounts")] {
        if stage.parse::<i32>(column)?.is_some_and(|number| number < 1) {
            return Err(
                Fault::invalid(column, format!("{column} must be at least 1"))
                    .hint(format!("Leave it out for any number of {what}.")),
            );
        }
    }
    Ok(())
}

fn is_color(text: &str) -> bool {
    text.len() == 7
        && text.starts_with('#')
        && text.bytes().skip(1).all(|byte| byte.is_ascii_hexdigit())
}

thread_local! {
    static OPEN: Kept = const { Kept::new(include_str!("sql/open.sql"), &[UUID]) };
    static RECORD: Kept = const { Kept::new(include_str!("sql/record.sql"), &[UUID, UUID, TEXT, TEXT, UUIDS, BOOL]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_stage<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let mover = identity::current().user;
        let (statement, said) = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => (&OPEN, None),
            Ok(PgTriggerOperation::Update) => {
                let said = move_context::take();
                if !transition_tables::changed(trigger, &["current_stage"])? {
                    return Ok(());
                }
                (&RECORD, Some(said))
            }
            _ => {
                return Err(Fault::internal(
                    "this trigger stands on INSERT and UPDATE only",
                ));
            }
        };
        let mut arguments = vec![mover.into()];
        if let Some(said) = said {
            arguments.extend([
                said.account.into(),
                said.note.into(),
                said.override_reason.into(),
                said.waived.into(),
                said.undoes.into(),
            ]);
        }
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            statement
                .with(|it| transition_tables::write(trigger, client, it, &arguments, |_| Ok(())))
        })
        .map(drop)
    })
}
