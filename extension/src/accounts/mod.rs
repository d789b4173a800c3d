//! Owns what is true of every account before it is written: sound attributes, a stage, a version; the hierarchy decides
//! on its place.

mod account_name;
mod bulk_update;
mod column;
mod delete_account;
mod deletion;
mod import;
mod merge;
mod patch;
mod search_cursor;
mod search_facets;
mod search_order;
mod search_page;
mod share_account;
mod told_moment;
mod update_account;
mod upsert_account;
mod write_accounts;

use crate::identity;
use crate::pg::fault::Fault;
use crate::pg::section::{caller_is_narrowed, inside_system};
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use crate::{custom_fields, hierarchy, journey};
use pgrx::PgTrigger;
use pgrx::prelude::*;

pub use account_name::AccountName;
pub use column::AccountColumn;
pub use deletion::Deletion;
pub use merge::is_merging;
pub use write_accounts::{LockedAccount, lock_accounts, require_current_tenant, update_accounts};

/// BEFORE INSERT OR UPDATE on accounts.
#[pg_trigger]
fn tg_accounts__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        // The levels and paths of the accounts below a moved one are not edited by the caller.
        if old.is_some() && hierarchy::is_rewriting() {
            return Ok(());
        }
        clean_names(new, old)?;
        check_attributes(new, old)?;
        match old {
            None => check_insert(new),
            Some(old) => check_update(new, old),
        }
    })
}

/// Whoever writes the row; names that stay as they are were cleaned before.
fn clean_names(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    for (column, complaint) in [
        ("name", "an account needs a name"),
        ("external_id", "an external_id must not be empty"),
    ] {
        let is_same = old.map_or(Ok(false), |old| new.is_same(old, column))?;
        if !is_same && new.get(column)?.is_some() {
            new.clean_name(column, complaint)?;
        }
    }
    Ok(())
}

/// Attributes that stay as they are were checked before, or are older than the definition of a field.
fn check_attributes(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let column = AccountColumn::Attributes.name();
    if let Some(old) = old
        && new.is_same(old, column)?
    {
        return Ok(());
    }
    let given = new.need(column)?;
    let before = old.map(|old| old.need(column)).transpose()?;
    custom_fields::attributes::check(&custom_fields::attributes::parts(&given)?)?;
    match custom_fields::normalize(new.id("tenant_id")?, &given, before.as_deref())? {
        Some(normalized) => new.set(column, Some(&normalized)),
        None => Ok(()),
    }
}

fn check_insert(new: &mut TriggerRow) -> Result<(), Fault> {
    journey::set_first_stage(new)?;
    hierarchy::place_new_account(new)?;
    new.set("version", Some("1"))
}

/// Moving an account to another stage is a smaller right than editing it, so the right depends on what changes.
fn require_right(new: &TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    if !caller_is_narrowed() || inside_system() {
        return Ok(());
    }
    let mut changed = Vec::new();
    for column in AccountColumn::ALL {
        if !new.is_same(old, column.name())? {
            changed.push(column);
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    identity::require_in_trigger(column::action_to_change(&changed), new.id("tenant_id")?)
}

fn check_update(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    require_right(new, old)?;
    new.keep(old, &["tenant_id", "id"], "an account")?;
    journey::apply_stage_change(new, old)?;
    hierarchy::place_updated_account(new, old)?;
    let version: i32 = old.parse("version")?.unwrap_or(0);
    new.stamp(version + 1)
}
