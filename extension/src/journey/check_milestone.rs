//! Owns what is true of every milestone before it is written: a title, a due time, criteria with resolved names.

use crate::criteria;
use crate::pg::fault::Fault;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;

/// BEFORE INSERT OR UPDATE on stage_milestones.
#[pg_trigger]
fn tg_stage_milestones__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, check_milestone)
}

fn check_milestone(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    new.clean_name("title", "a milestone needs a title")?;
    if new.parse::<i32>("due_after_days")?.is_some_and(|it| it < 1) {
        return Err(
            Fault::invalid("due_after_days", "due_after_days must be at least 1")
                .hint("Leave it out for a milestone that is never due."),
        );
    }
    let known = old.map_or(Ok(None), |old| old.get("criteria"))?;
    match new.get("criteria")? {
        Some(text) if known.as_ref() != Some(&text) => {
            let given = serde_json::from_str(&text)
                .map_err(|_| Fault::invalid("criteria", "the criteria are nested too deeply"))?;
            let resolved = criteria::resolve(new.id("tenant_id")?, "criteria", &given)?;
            new.set("criteria", Some(&resolved.to_string()))
        }
        _ => Ok(()),
    }
}
