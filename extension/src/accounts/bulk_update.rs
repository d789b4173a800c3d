//! Owns one change of many accounts: made together where nothing is refused, else to each that allows it; rehearsed first
//! without a trace. Runs with the caller's rights.

use super::column::AccountColumn;
use super::patch::AccountPatch;
use super::write_accounts::{self, AccountUpdate};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::subtransaction::rehearsed;
use crate::{hierarchy, identity};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

#[pg_extern]
fn bulk_update_accounts(
    criteria: Option<JsonText>,
    change: Option<JsonText>,
    dry_run: default!(Option<bool>, "true"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let patch = AccountPatch::read("change", change.as_ref().map(JsonText::as_str));
    let answer = patch.and_then(|patch| {
        let criteria = criteria.as_ref().map(JsonText::as_str);
        match dry_run {
            Some(false) => update_matching(criteria, patch),
            _ => Ok(rehearsed(|| update_matching(criteria, patch))),
        }
    });
    JsonB(answer.or_raise())
}

fn update_matching(criteria: Option<&str>, patch: AccountPatch) -> Result<Value, Fault> {
    let criteria = criteria.filter(|it| *it != "null").ok_or_else(|| {
        Fault::invalid("criteria", "criteria must say which accounts to change")
            .hint("Give {\"all\": []} to change all of them.")
    })?;
    identity::require_somewhere(patch.action())?;
    if patch.value(AccountColumn::ExternalId).is_some() {
        return Err(Fault::invalid(
            "external_id",
            "an external_id belongs to one account and cannot be given to many",
        ));
    }
    let mut outcome = BulkOutcome::default();
    for (tenant, ids) in find_accounts(criteria)? {
        update_in_tenant(tenant, &ids, patch.clone(), &mut outcome)?;
    }
    Ok(
        json!({ "matched": outcome.matched, "changed": outcome.changed, "refused": outcome.refused }),
    )
}

#[derive(Default)]
struct BulkOutcome {
    matched: usize,
    changed: usize,
    refused: Vec<Value>,
}

/// The accounts that meet criteria, by tenant: a superuser may see several.
fn find_accounts(criteria: &str) -> Result<BTreeMap<Uuid, Vec<Uuid>>, Fault> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    let rows = sql::write(
        include_str!("sql/matching_accounts.sql"),
        &[criteria.into()],
        |row| Ok((row.need::<Uuid>("tenant_id")?, row.need::<Uuid>("id")?)),
    )?;
    for (tenant, id) in rows {
        found.entry(tenant).or_default().push(id);
    }
    Ok(found)
}

fn update_in_tenant(
    tenant: Uuid,
    ids: &[Uuid],
    mut patch: AccountPatch,
    outcome: &mut BulkOutcome,
) -> Result<(), Fault> {
    write_accounts::resolve_csm(tenant, &mut patch)?;
    if patch.changes(AccountColumn::Parent) {
        hierarchy::lock_for_move(tenant);
    }
    let accounts = write_accounts::lock_accounts(tenant, ids)?;
    let names: HashMap<Uuid, &Option<String>> = accounts
        .iter()
        .map(|it| (it.id, &it.values[AccountColumn::Name]))
        .collect();
    let updates: Vec<AccountUpdate> = accounts
        .iter()
        .map(|it| AccountUpdate {
            id: it.id,
            values: patch.apply_to(&it.values),
        })
        .collect();
    let columns = patch.columns();
    let changed = write_accounts::write_in_parts(
        &updates.iter().collect::<Vec<_>>(),
        &|part: &[&AccountUpdate]| write_accounts::update_accounts(tenant, part, &columns),
        &mut |it: &AccountUpdate, failure| {
            outcome.refused.push(json!({
                "account_id": it.id.to_string(),
                "name": names.get(&it.id),
                "reason": failure.message,
            }));
        },
    );
    outcome.matched += accounts.len();
    outcome.changed += changed.len();
    Ok(())
}
