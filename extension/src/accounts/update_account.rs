//! Owns the change of one account: what the caller saw is checked, what differs is written. Runs with the caller's rights.

use super::column::AccountColumn;
use super::patch::{AccountPatch, AccountValues};
use super::write_accounts::{self, AccountUpdate, LockedAccount};
use crate::identity::visible_account::{read_overview, require_visible_account};
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
            let tenant = require_visible_account(account)?;
            let patch = AccountPatch::read("patch", patch.as_ref().map(JsonText::as_str))?;
            change_account(tenant, account, patch, expected_version)?;
            read_overview(account)
        })
        .or_raise()
}

/// Changes an account that the caller sees. Errors: 42501 without the right, 27000 where it is not at the expected version,
/// 23505 where its external id is another account's.
pub fn change_account(
    tenant: Uuid,
    account: Uuid,
    mut patch: AccountPatch,
    expected_version: Option<i32>,
) -> Result<(), Fault> {
    identity::require(patch.action(), tenant)?;
    write_accounts::resolve_csm(tenant, &mut patch)?;
    if patch.changes(AccountColumn::Parent) {
        hierarchy::lock_for_move(tenant);
    }
    let locked = write_accounts::lock_accounts(tenant, &[account])?;
    let [current] = locked.as_slice() else {
        return Err(Fault::no_such("account"));
    };
    let values = patch.apply_to(&current.values);
    if expected_version.is_some_and(|expected| expected != current.version) {
        return Err(version_conflict(tenant, current, &values, &patch)?);
    }
    require_free_external_id(tenant, current, &values)?;
    let update = AccountUpdate {
        id: account,
        values,
    };
    write_accounts::update_accounts(tenant, &[&update], &patch.columns()).map(drop)
}

fn require_free_external_id(
    tenant: Uuid,
    current: &LockedAccount,
    wanted: &AccountValues,
) -> Result<(), Fault> {
    let Some(external_id) = &wanted[AccountColumn::ExternalId] else {
        return Ok(());
    };
    if current.values[AccountColumn::ExternalId].as_ref() == Some(external_id) {
        return Ok(());
    }
    let others = sql::count(
        "select from cs.accounts where tenant_id = $1 and external_id = $2 and id <> $3",
        &[
            tenant.into(),
            external_id.as_str().into(),
            current.id.into(),
        ],
    )?;
    match others == 0 {
        true => Ok(()),
        false => Err(Fault::taken(format!(
            "the external_id \"{external_id}\" belongs to another account"
        ))),
    }
}

/// The account is not as the caller saw it. The detail has both values of each column that the caller wants to change
/// and that differs.
fn version_conflict(
    tenant: Uuid,
    account: &LockedAccount,
    wanted: &AccountValues,
    patch: &AccountPatch,
) -> Result<Fault, Fault> {
    let (mut current, mut yours) = (Map::new(), Map::new());
    for column in patch.columns() {
        let (now, then) = match column {
            AccountColumn::Attributes => differing_attributes(&account.values, wanted),
            _ => (
                Value::from(account.values[column].clone()),
                Value::from(wanted[column].clone()),
            ),
        };
        if now != then {
            current.insert(column.name().to_owned(), now);
            yours.insert(column.name().to_owned(), then);
        }
    }
    current.insert("version".to_owned(), account.version.into());
    let mut detail = serde_json::json!({ "current": current, "yours": yours });
    let message = match find_last_change(tenant, account.id)? {
        Some(last) => {
            detail["changed_by"] = last.who.as_str().into();
            detail["changed_at"] = last.at.into();
            format!("{} changed this account at {}", last.who, last.shown_at)
        }
        None => "this account has changed since you saw it".to_owned(),
    };
    Ok(Fault::changed(message, Value::Null)
        .detail(&detail)
        .hint("Look at its current values, then change it again with its version."))
}

/// The keys in which current and wanted attributes differ, with the values of each; null is as good as absent.
fn differing_attributes(current: &AccountValues, wanted: &AccountValues) -> (Value, Value) {
    let read = |values: &AccountValues| {
        let text = values[AccountColumn::Attributes].as_deref().unwrap_or("{}");
        serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default()
    };
    let (current, wanted) = (read(current), read(wanted));
    let value_of = |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or_default();
    let differing = current
        .keys()
        .chain(wanted.keys())
        .filter(|key| value_of(&current, key) != value_of(&wanted, key));
    let (mut now, mut then) = (Map::new(), Map::new());
    for key in differing {
        now.insert(key.clone(), value_of(&current, key));
        then.insert(key.clone(), value_of(&wanted, key));
    }
    (now.into(), then.into())
}

/// Who changed an account last, and when.
struct LastChange {
    who: String,
    /// As JSON has moments.
    at: String,
    /// As people read them.
    shown_at: String,
}

/// As far as the audit log says so to the caller.
fn find_last_change(tenant: Uuid, account: Uuid) -> Result<Option<LastChange>, Fault> {
    sql::write_first(
        include_str!("sql/last_change.sql"),
        &[tenant.into(), account.into()],
        |row| {
            Ok(LastChange {
                who: row.need("changed_by")?,
                at: row.need("changed_at")?,
                shown_at: row.need("shown_at")?,
            })
        },
    )
}
