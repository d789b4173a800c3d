//! Owns what is true of every account before it is written: sound attributes, a stage, a version; its place is the tree's.

mod bulk;
mod import;
mod import_rows;
pub mod patch;
mod search;
mod search_cursor;
mod search_facets;
mod search_order;
mod share;
mod update;
mod upsert;
pub mod write;

use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::section::{caller_is_narrowed, inside_system};
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use crate::{custom_fields, hierarchy, journey};
use pgrx::PgTrigger;
use pgrx::prelude::*;

/// BEFORE INSERT OR UPDATE on accounts.
#[pg_trigger]
fn tg_accounts__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        // Levels and paths that follow a move are no edit of these accounts.
        if old.is_some() && hierarchy::is_rewriting() {
            return Ok(());
        }
        check_attributes(new, old)?;
        match old {
            None => begin(new),
            Some(old) => succeed(new, old),
        }
    })
}

/// Attributes that stay as they are were sound, or stand there from before a field was defined.
fn check_attributes(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    if let Some(old) = old
        && new.is_same(old, "crm_attributes")?
    {
        return Ok(());
    }
    let given = new.need("crm_attributes")?;
    let before = old.map(|old| old.need("crm_attributes")).transpose()?;
    custom_fields::attributes::check(&custom_fields::attributes::parts(&given)?)?;
    match custom_fields::normalize(new.id("tenant_id")?, &given, before.as_deref())? {
        Some(settled) => new.set("crm_attributes", Some(&settled)),
        None => Ok(()),
    }
}

fn begin(new: &mut TriggerRow) -> Result<(), Fault> {
    journey::begin(new)?;
    hierarchy::place_new_account(new)?;
    new.set("version", Some("1"))
}

/// What a person writes; the rest is kept by triggers.
const WRITTEN: [&str; 7] = [
    "name",
    "external_id",
    "parent_id",
    "current_stage",
    "status",
    "crm_attributes",
    "csm_id",
];

/// Moving an account to another stage is a smaller right than editing it, so it hangs on what changes.
fn require_right(new: &TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    if !caller_is_narrowed() || inside_system() {
        return Ok(());
    }
    let mut changed = Vec::new();
    for column in WRITTEN {
        if !new.is_same(old, column)? {
            changed.push(column);
        }
    }
    let action = match changed.as_slice() {
        [] => return Ok(()),
        ["current_stage"] => Action::StageMove,
        _ => Action::AccountEdit,
    };
    identity::require_in_trigger(action, new.id("tenant_id")?)
}

fn succeed(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    require_right(new, old)?;
    new.keep(old, &["tenant_id", "id"], "an account")?;
    journey::follow(new, old)?;
    hierarchy::place_updated_account(new, old)?;
    let version: i32 = old.parse("version")?.unwrap_or(0);
    new.set("version", Some(&(version + 1).to_string()))?;
    new.set("updated_at", Some("now"))
}
