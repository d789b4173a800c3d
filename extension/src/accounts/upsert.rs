//! Owns the change of an account by the id it has elsewhere: made where there is none, safe when two do it at once.
//! Runs with the caller's rights.

use super::patch::{A_NAME, EXTERNAL_ID, NAME, Patch, Values, is_name};
use super::{update, write};
use crate::hierarchy;
use crate::identity::visible_account::overview;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn upsert_account(external_id: Option<&str>, patch: Option<JsonText>) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let patch = Patch::read("patch", patch.as_ref().map(JsonText::as_str)).or_raise();
    let account = upsert(external_id.unwrap_or_default(), patch).or_raise();
    overview(account).or_raise()
}

/// How often an account may come and go under us before it is somebody else's problem.
const TRIES: usize = 3;

fn upsert(external_id: &str, mut patch: Patch) -> Result<Uuid, Fault> {
    let tenant = write::own_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    if !is_name(external_id) {
        return Err(Fault::invalid(
            "external_id",
            format!("external_id must be {A_NAME}"),
        ));
    }
    let mine = Some(external_id.to_owned());
    if patch.0[EXTERNAL_ID]
        .take()
        .is_some_and(|given| given != mine)
    {
        return Err(Fault::invalid(
            "external_id",
            "the patch names another external_id than the call",
        )
        .hint("update_account changes the external_id of an account."));
    }
    for _ in 0..TRIES {
        if let Some(account) = find(tenant, external_id)? {
            update::change(tenant, account, patch, None)?;
            return Ok(account);
        }
        if let Some(account) = make(tenant, external_id, &mut patch)? {
            return Ok(account);
        }
    }
    Err(Fault::changed(
        "others are making and removing this account at this moment",
        serde_json::Value::Null,
    ))
}

/// As the table is now: another session may have made it a moment ago.
fn find(tenant: Uuid, external_id: &str) -> Result<Option<Uuid>, Fault> {
    let found = sql::write_first(
        "select id from cs.accounts where tenant_id = $1 and external_id = $2",
        &[tenant.into(), external_id.into()],
        |row| row.need("id"),
    )?;
    Ok(found)
}

/// Nothing where another session has made it first.
fn make(tenant: Uuid, external_id: &str, patch: &mut Patch) -> Result<Option<Uuid>, Fault> {
    if !patch.names(NAME) {
        return Err(Fault::invalid("name", "a new account needs a name"));
    }
    write::settle_csm(tenant, patch)?;
    if patch.names(super::patch::PARENT) {
        hierarchy::lock_for_move(tenant);
    }
    let mut values = patch.applied(&Values::default());
    values[EXTERNAL_ID] = Some(external_id.to_owned());
    let made = write::insert(tenant, &[&values])?;
    Ok(made.into_iter().next().map(|(_, id)| id))
}
