//! Owns the change of an account by its id in another system: made where there is none, safe when two do it at once.
//! Runs with the caller's rights.

use super::column::{AccountColumn, NAME_REQUIREMENT, is_name};
use super::patch::{AccountPatch, AccountValues};
use super::{told_moment, update_account, write_accounts};
use crate::hierarchy;
use crate::identity::visible_account::read_overview;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn upsert_account(
    external_id: Option<&str>,
    patch: Option<JsonText>,
    as_of: default!(Option<TimestampWithTimeZone>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let patch = AccountPatch::read("patch", patch.as_ref().map(JsonText::as_str)).or_raise();
    if let Some(Err(reason)) = as_of.map(told_moment::check_reach) {
        Fault::invalid("as_of", format!("as_of {reason}")).raise();
    }
    let told = change_or_insert(external_id.unwrap_or_default(), patch, as_of).or_raise();
    let mut overview = read_overview(told.account).or_raise();
    if let (Some(JsonB(overview)), true) = (&mut overview, told.is_stale) {
        overview["stale"] = true.into();
    }
    overview
}

struct ToldAccount {
    account: Uuid,
    /// Something newer was known, so that nothing changed.
    is_stale: bool,
}

/// How often an account may come and go under us before the caller has to try again.
const TRIES: usize = 3;

fn change_or_insert(
    external_id: &str,
    mut patch: AccountPatch,
    as_of: Option<TimestampWithTimeZone>,
) -> Result<ToldAccount, Fault> {
    let tenant = write_accounts::require_current_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    let external_id = &cs_text::clean_name(external_id)
        .filter(|it| is_name(it))
        .ok_or_else(|| {
            let message = format!("external_id must be {NAME_REQUIREMENT}");
            Fault::invalid("external_id", message)
        })?;
    if patch
        .take(AccountColumn::ExternalId)
        .is_some_and(|given| given.as_deref() != Some(external_id))
    {
        return Err(Fault::invalid(
            "external_id",
            "the patch names a different external_id from the call",
        )
        .hint("update_account changes the external_id of an account."));
    }
    for _ in 0..TRIES {
        let found = find_account(tenant, external_id)?;
        let made = match found {
            Some(_) => None,
            None => insert_account(tenant, external_id, &mut patch)?,
        };
        let Some(account) = found.or(made) else {
            continue;
        };
        let told = as_of
            .map(|at| (account, at))
            .into_iter()
            .collect::<Vec<_>>();
        if found.is_some() {
            if !told.is_empty() {
                // The tree before the row, as every move has it.
                if patch.changes(AccountColumn::Parent) {
                    hierarchy::lock_for_move(tenant);
                }
                write_accounts::lock_accounts(tenant, &[account])?;
            }
            let is_stale = !told_moment::find_stale(tenant, &told)?.is_empty();
            if is_stale {
                return Ok(ToldAccount { account, is_stale });
            }
            update_account::change_account(tenant, account, patch, None)?;
        }
        told_moment::remember(tenant, &told)?;
        return Ok(ToldAccount {
            account,
            is_stale: false,
        });
    }
    Err(Fault::changed(
        "others are making and removing this account at the moment",
        serde_json::Value::Null,
    ))
}

/// As the table is now: another session may have made it a moment ago.
fn find_account(tenant: Uuid, external_id: &str) -> Result<Option<Uuid>, Fault> {
    sql::write_first(
        "select id from cs.accounts where tenant_id = $1 and external_id = $2",
        &[tenant.into(), external_id.into()],
        |row| row.need("id"),
    )
}

/// `None` where another session has made it first.
fn insert_account(
    tenant: Uuid,
    external_id: &str,
    patch: &mut AccountPatch,
) -> Result<Option<Uuid>, Fault> {
    if !patch.changes(AccountColumn::Name) {
        return Err(Fault::invalid("name", "a new account needs a name"));
    }
    write_accounts::resolve_csm(tenant, patch)?;
    if patch.changes(AccountColumn::Parent) {
        hierarchy::lock_for_move(tenant);
    }
    let mut values = patch.apply_to(&AccountValues::default());
    values[AccountColumn::ExternalId] = Some(external_id.to_owned());
    let made = write_accounts::insert_accounts(tenant, &[&values])?;
    Ok(made.first().map(|(_, id)| *id))
}
