//! Owns one change of many accounts: together where nothing is refused, else each on its own merits; tried without a trace
//! first. Runs with the caller's rights.

use super::patch::{EXTERNAL_ID, NAME, PARENT, Patch};
use super::write::{self, Target};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::subtransaction::rehearsed;
use crate::{hierarchy, identity};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[pg_extern]
fn bulk_update_accounts(
    criteria: Option<JsonText>,
    change: Option<JsonText>,
    dry_run: default!(Option<bool>, "true"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let patch = Patch::read("change", change.as_ref().map(JsonText::as_str));
    let answer = patch.and_then(|patch| {
        let criteria = criteria.as_ref().map(JsonText::as_str);
        match dry_run {
            Some(false) => run(criteria, patch),
            _ => Ok(rehearsed(|| run(criteria, patch))),
        }
    });
    JsonB(answer.or_raise())
}

fn run(criteria: Option<&str>, patch: Patch) -> Result<Value, Fault> {
    let criteria = criteria.filter(|it| *it != "null").ok_or_else(|| {
        Fault::invalid("criteria", "criteria must say which accounts are meant")
            .hint("Give {\"all\": []} to mean all of them.")
    })?;
    identity::require_somewhere(patch.action())?;
    if matches!(patch.0[EXTERNAL_ID], Some(Some(_))) {
        return Err(Fault::invalid(
            "external_id",
            "an external_id is one account's: it cannot be given to many",
        ));
    }
    let mut told = Told::default();
    for (tenant, ids) in matching(criteria)? {
        change_all(Uuid::from_bytes(tenant), &ids, patch.clone(), &mut told)?;
    }
    Ok(json!({ "matched": told.matched, "changed": told.changed, "refused": told.refused }))
}

#[derive(Default)]
struct Told {
    matched: usize,
    changed: usize,
    refused: Vec<Value>,
}

/// The accounts meant, by tenant: a superuser may see several.
fn matching(criteria: &str) -> Result<BTreeMap<[u8; 16], Vec<Uuid>>, Fault> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    let rows = sql::write(
        "select account.tenant_id, account.id
         from cs.matching_accounts($1::jsonb) as matching (id)
         join cs.accounts as account on account.id = matching.id",
        &[criteria.into()],
        |row| Ok((row.need::<Uuid>("tenant_id")?, row.need::<Uuid>("id")?)),
    )?;
    for (tenant, id) in rows {
        found.entry(*tenant.as_bytes()).or_default().push(id);
    }
    Ok(found)
}

fn change_all(tenant: Uuid, ids: &[Uuid], mut patch: Patch, told: &mut Told) -> Result<(), Fault> {
    write::settle_csm(tenant, &mut patch)?;
    if patch.names(PARENT) {
        hierarchy::lock_for_move(tenant);
    }
    let present = write::locked(tenant, ids)?;
    let names: BTreeMap<[u8; 16], Option<String>> = present
        .iter()
        .map(|it| (*it.id.as_bytes(), it.values[NAME].clone()))
        .collect();
    let targets: Vec<Target> = present
        .iter()
        .map(|it| Target {
            id: it.id,
            values: patch.applied(&it.values),
        })
        .collect();
    let touched = patch.touched();
    let changed = write::piecemeal(
        &targets.iter().collect::<Vec<_>>(),
        &|part: &[&Target]| write::update(tenant, part, &touched),
        &mut |it: &Target, failure| {
            told.refused.push(json!({
                "account_id": it.id.to_string(),
                "name": names.get(it.id.as_bytes()),
                "reason": failure.message,
            }));
        },
    );
    told.matched += present.len();
    told.changed += changed.len();
    Ok(())
}
