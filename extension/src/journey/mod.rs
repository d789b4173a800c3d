//! Owns the history of stages: whatever door a move comes through, one row closes and the next opens at the same moment.

use crate::fault::Fault;
use crate::identity;
use crate::row::{self, Outcome, Row};
use crate::section::System;
use crate::sql;
use crate::transition;
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;

/// BEFORE INSERT OR UPDATE on journey_stages.
#[pg_trigger]
fn tg_journey_stages__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::before_row(trigger, |new, _| check_stage(new))
}

fn check_stage(stage: &Row) -> Result<(), Fault> {
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

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition tables `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_accounts__record_stage<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    row::after(|| {
        let mover = identity::current().user;
        let statement = match trigger.op() {
            Ok(PgTriggerOperation::Insert) => include_str!("open.sql"),
            Ok(PgTriggerOperation::Update) => include_str!("record.sql"),
            _ => {
                return Err(Fault::internal(
                    "this trigger stands on INSERT and UPDATE only",
                ));
            }
        };
        let _section = System::enter();
        transition::with_tables(trigger, |client| {
            sql::write_on(client, statement, &[mover.into()], |_| Ok(()))
        })
        .map(drop)
    })
}
