//! Owns what saved views and preferences must be before they are written.

use crate::accounts::is_merging;
use crate::criteria;
use crate::identity::{self, Action};
use crate::pg::document::parse_object;
use crate::pg::fault::Fault;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;

/// The most bytes of a view's settings, as text.
const MOST_SETTINGS: usize = 64 * 1024;
/// The most bytes of a person's preferences, as text.
const MOST_PREFERENCES: usize = 16 * 1024;
/// The most characters of a name.
const LONGEST_NAME: usize = 100;

/// BEFORE INSERT OR UPDATE on saved_views.
#[pg_trigger]
fn tg_saved_views__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        if let Some(old) = old {
            update_bookkeeping(new, old)?;
        }
        check_name_and_page(new)?;
        check_size(new, "settings", MOST_SETTINGS)?;
        require_share(new, old)?;
        match is_merging() {
            true => Ok(()),
            false => resolve_criteria(new, old),
        }
    })
}

/// BEFORE INSERT OR UPDATE on user_preferences.
#[pg_trigger]
fn tg_user_preferences__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        if old.is_some() {
            new.set("updated_at", Some("now"))?;
        }
        check_size(new, "preferences", MOST_PREFERENCES)
    })
}

fn update_bookkeeping(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    let fixed = ["tenant_id", "id", "owner_id", "created_at"];
    new.keep(old, &fixed, "a saved view")?;
    let version: i32 = old.parse("version")?.unwrap_or(0);
    new.set("version", Some(&(version + 1).to_string()))?;
    new.set("updated_at", Some("now"))
}

fn check_name_and_page(new: &mut TriggerRow) -> Result<(), Fault> {
    let complaint = format!("a view needs a name of at most {LONGEST_NAME} characters");
    new.clean_name("name", &complaint)?;
    if new.need("name")?.chars().count() > LONGEST_NAME {
        return Err(Fault::invalid("name", complaint));
    }
    let page = new.need("page")?;
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || b"_-".contains(&byte);
    if page.is_empty() || page.len() > 40 || !page.bytes().all(is_allowed) {
        return Err(
            Fault::invalid("page", format!("\"{page}\" is not a valid page name"))
                .hint("Use lower-case letters, such as accounts."),
        );
    }
    Ok(())
}

fn check_size(new: &TriggerRow, column: &str, most: usize) -> Result<(), Fault> {
    parse_object(new, column)?;
    if new.need(column)?.len() > most {
        return Err(Fault::invalid(
            column,
            format!("{column} must not exceed {} kB", most / 1024),
        ));
    }
    Ok(())
}

/// Sharing is a right of its own; a view that is shared stays so while its owner edits it.
fn require_share(new: &TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let is_shared =
        |row: &TriggerRow| Ok::<_, Fault>(row.get("is_shared")?.as_deref() == Some("t"));
    let was_shared = old.map_or(Ok(false), is_shared)?;
    match is_shared(new)? && !was_shared {
        true => identity::require_in_trigger(Action::ViewShare, new.id("tenant_id")?),
        false => Ok(()),
    }
}

fn resolve_criteria(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let before = old.map_or(Ok(None), |old| old.get("criteria"))?;
    match new.get("criteria")? {
        Some(text) if before.as_ref() != Some(&text) => {
            let given = serde_json::from_str(&text)
                .map_err(|_| Fault::invalid("criteria", "the criteria are nested too deeply"))?;
            let resolved = criteria::resolve(new.id("tenant_id")?, "criteria", &given)?;
            new.set("criteria", Some(&resolved.to_string()))
        }
        _ => Ok(()),
    }
}
