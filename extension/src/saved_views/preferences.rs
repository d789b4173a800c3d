//! Owns the keeping of a person's preferences. Runs with the caller's rights.

use super::merge::merged;
use crate::fault::{Fault, OrRaise};
use crate::identity;
use crate::json_text::JsonText;
use crate::section::Pinned;
use crate::sql::{self, Row as _};
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::Value;

#[pg_extern]
fn save_preferences(change: JsonText) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    keep(change.read()).or_raise()
}

fn keep(change: Option<Value>) -> Result<Option<JsonB>, Fault> {
    let Some(change @ Value::Object(_)) = change else {
        return Err(Fault::invalid("change", "change must be a JSON object"));
    };
    let caller = identity::current();
    let (Some(user), Some((tenant, _))) = (caller.user, caller.membership) else {
        return Err(Fault::forbidden(
            "preferences are kept for a person, and nobody is signed in",
        ));
    };
    // The row first, locked, so that two tabs that save at once both count.
    sql::run(
        "insert into cs.user_preferences (tenant_id) values ($1) on conflict do nothing",
        &[tenant.into()],
    )?;
    let kept = sql::write(
        "select preferences from cs.user_preferences where tenant_id = $1 and user_id = $2 for no key update",
        &[tenant.into(), user.into()],
        |row| row.need::<JsonB>("preferences"),
    )?;
    let kept = kept.into_iter().next().map_or(Value::Null, |it| it.0);
    let rows = sql::write(
        "update cs.user_preferences set preferences = $3 where tenant_id = $1 and user_id = $2 returning preferences",
        &[
            tenant.into(),
            user.into(),
            JsonB(merged(kept, change)).into(),
        ],
        |row| row.need::<JsonB>("preferences"),
    )?;
    Ok(rows.into_iter().next())
}
