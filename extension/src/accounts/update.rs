//! Owns the change of one account: what the caller saw is checked, what differs is written. Runs with the caller's rights.

use super::patch::{ATTRIBUTES, COLUMNS, EXTERNAL_ID, PARENT, Patch, Values};
use super::write::{self, Present, Target};
use crate::identity::visible_account::{overview, tenant_of};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::{hierarchy, identity};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value};

#[pg_extern]
fn update_account(
    account_id: Option<Uuid>,
    patch: Option<JsonText>,
    expected_version: default!(Option<i32>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| {
            let tenant = tenant_of(account)?;
            let patch = Patch::read("patch", patch.as_ref().map(JsonText::as_str))?;
            change(tenant, account, patch, expected_version)?;
            overview(account)
        })
        .or_raise()
}

/// Changes an account that the caller sees.
pub fn change(
    tenant: Uuid,
    account: Uuid,
    mut patch: Patch,
    expected_version: Option<i32>,
) -> Result<(), Fault> {
    identity::require(patch.action(), tenant)?;
    write::settle_csm(tenant, &mut patch)?;
    if patch.names(PARENT) {
        hierarchy::lock_for_move(tenant);
    }
    let present = write::locked(tenant, &[account])?;
    let present = present.into_iter().next();
    let present = present.ok_or_else(|| Fault::no_such("account"))?;
    let values = patch.applied(&present.values);
    if expected_version.is_some_and(|expected| expected != present.version) {
        return Err(changed_since(tenant, &present, &values, &patch)?);
    }
    require_free_external_id(tenant, &present, &values)?;
    let target = Target {
        id: account,
        values,
    };
    write::update(tenant, &[&target], &patch.touched()).map(drop)
}

fn require_free_external_id(tenant: Uuid, present: &Present, wanted: &Values) -> Result<(), Fault> {
    let Some(external_id) = &wanted[EXTERNAL_ID] else {
        return Ok(());
    };
    if present.values[EXTERNAL_ID].as_ref() == Some(external_id) {
        return Ok(());
    }
    let others = sql::count(
        "select from cs.accounts where tenant_id = $1 and external_id = $2 and id <> $3",
        &[
            tenant.into(),
            external_id.as_str().into(),
            present.id.into(),
        ],
    )?;
    match others == 0 {
        true => Ok(()),
        false => Err(Fault::taken(format!(
            "the external_id \"{external_id}\" is another account's"
        ))),
    }
}

/// The account is not as the caller saw it: both values of whatever the caller wants to change and that differs now.
fn changed_since(
    tenant: Uuid,
    present: &Present,
    wanted: &Values,
    patch: &Patch,
) -> Result<Fault, Fault> {
    let (mut current, mut yours) = (Map::new(), Map::new());
    for place in patch.touched() {
        let (now, then) = match place {
            ATTRIBUTES => attributes_beside(&present.values, wanted),
            _ => (text(&present.values, place), text(wanted, place)),
        };
        if now != then {
            current.insert(COLUMNS[place].0.to_owned(), now);
            yours.insert(COLUMNS[place].0.to_owned(), then);
        }
    }
    current.insert("version".to_owned(), present.version.into());
    let message = match last_change(tenant, present.id)? {
        Some((who, when)) => format!("{who} has changed this account at {when}"),
        None => "this account has changed since you saw it".to_owned(),
    };
    let detail = serde_json::json!({ "current": current, "yours": yours });
    Ok(Fault::changed(message, Value::Null)
        .detail(&detail)
        .hint("Look at its present values, then change it again with its version."))
}

fn text(values: &Values, place: usize) -> Value {
    values[place].clone().map_or(Value::Null, Value::from)
}

/// The keys in which present and wanted attributes differ, with the values of each; null is as good as absent.
fn attributes_beside(present: &Values, wanted: &Values) -> (Value, Value) {
    let read = |values: &Values| {
        let text = values[ATTRIBUTES].as_deref().unwrap_or("{}");
        serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default()
    };
    let (present, wanted) = (read(present), read(wanted));
    let of = |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or_default();
    let differing = present
        .keys()
        .chain(wanted.keys())
        .filter(|key| of(&present, key) != of(&wanted, key));
    let (mut now, mut then) = (Map::new(), Map::new());
    for key in differing {
        now.insert(key.clone(), of(&present, key));
        then.insert(key.clone(), of(&wanted, key));
    }
    (now.into(), then.into())
}

/// Who changed an account last, and when, as far as the audit log tells the caller.
fn last_change(tenant: Uuid, account: Uuid) -> Result<Option<(String, String)>, Fault> {
    let last = sql::write(
        include_str!("sql/last_change.sql"),
        &[tenant.into(), account.into()],
        |row| Ok(row.maybe("changed_by")?.zip(row.maybe("changed_at")?)),
    )?;
    Ok(last.into_iter().flatten().next())
}
