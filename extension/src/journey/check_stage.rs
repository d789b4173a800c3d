//! Owns what is true of every stage before it is written: a name, a colour, sound limits; and who may be in it when it
//! becomes the end or inactive.

use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;

/// BEFORE INSERT OR UPDATE on journey_stages.
#[pg_trigger]
fn tg_journey_stages__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        check_values(new)?;
        let Some(old) = old else { return Ok(()) };
        if is_end(new)? && !is_end(old)? {
            require_only_churned(new)?;
        }
        match (is_active(new)?, is_active(old)?) {
            (false, true) => require_empty(new),
            _ => Ok(()),
        }
    })
}

fn check_values(stage: &mut TriggerRow) -> Result<(), Fault> {
    stage.clean_name("name", "a stage needs a name")?;
    let color = stage.need("color_hex")?;
    if !is_color(&color) {
        return Err(
            Fault::invalid("color_hex", format!("\"{color}\" is not a valid colour"))
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

fn is_active(stage: &TriggerRow) -> Result<bool, Fault> {
    Ok(stage.need("is_active")? == "t")
}

fn is_end(stage: &TriggerRow) -> Result<bool, Fault> {
    Ok(stage.need("is_end")? == "t" && is_active(stage)?)
}

/// No account is left behind in a stage that is no longer in use.
fn require_empty(stage: &TriggerRow) -> Result<(), Fault> {
    let accounts = sql::one(
        "select count(*) as it from cs.accounts where tenant_id = $1 and current_stage = $2",
        &[stage.id("tenant_id")?.into(), stage.need("name")?.into()],
        |row| row.need::<i64>("it"),
    )?;
    match accounts {
        0 => Ok(()),
        count => Err(
            Fault::invalid("is_active", format!("accounts are in this stage: {count}"))
                .hint("delete_stage moves them to another one."),
        ),
    }
}

/// A stage becomes the end only while all accounts in it are lost: to be in the end stage means status Churned.
fn require_only_churned(stage: &TriggerRow) -> Result<(), Fault> {
    let has_others = sql::exists(
        "select from cs.accounts where tenant_id = $1 and current_stage = $2 and status <> 'Churned'",
        &[stage.id("tenant_id")?.into(), stage.need("name")?.into()],
    )?;
    match has_others {
        false => Ok(()),
        true => Err(Fault::invalid(
            "is_end",
            "a stage with accounts that are not Churned cannot become the end stage",
        )
        .hint("Move these accounts to another stage first.")),
    }
}
