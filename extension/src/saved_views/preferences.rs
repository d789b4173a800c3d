//! Owns how a person's preferences are saved. Runs with the caller's rights.

use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::merge_patch::merged;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::Value;

#[pg_extern]
fn save_preferences(change: JsonText) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    merge_preferences(&change).or_raise()
}

fn merge_preferences(change: &JsonText) -> Result<Option<JsonB>, Fault> {
    let Some(Value::Object(_)) = change.read() else {
        return Err(Fault::invalid("change", "change must be a JSON object"));
    };
    let caller = identity::current();
    let (Some(user), Some((tenant, _))) = (caller.user, caller.membership) else {
        return Err(Fault::forbidden(
            "preferences belong to a person, and no one is signed in",
        ));
    };
    // The row first, locked, so that two tabs that save at once both take effect.
    sql::run(
        "insert into cs.user_preferences (tenant_id) values ($1) on conflict do nothing",
        &[tenant.into()],
    )?;
    let before = sql::write_first(
        "select preferences::text as it from cs.user_preferences where tenant_id = $1 and user_id = $2 for no key update",
        &[tenant.into(), user.into()],
        |row| row.need::<String>("it"),
    )?;
    let before = before.as_deref().unwrap_or("{}");
    sql::write_first(
        "update cs.user_preferences set preferences = $3::jsonb where tenant_id = $1 and user_id = $2 returning preferences",
        &[
            tenant.into(),
            user.into(),
            merged(before, change.as_str()).into(),
        ],
        |row| row.need::<JsonB>("preferences"),
    )
}
