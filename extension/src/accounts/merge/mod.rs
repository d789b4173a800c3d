//! Owns the merge of two accounts that are one customer: what one had becomes the other's, then it is deleted. Runs in a system
//! section once the caller was found to see both and to have the right: most of what moves is written by triggers alone.

mod attributes;
mod checks;
mod moves;

use super::delete_account::delete_row;
use super::deletion::Deletion;
use super::write_accounts::lock_accounts;
use crate::hierarchy;
use crate::named_by::read_named_by;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::pg::subtransaction::rehearsed;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value, json};
use std::cell::Cell;

/// Two accounts of a tenant, of which one goes.
#[derive(Debug, Clone, Copy)]
struct Pair {
    tenant: Uuid,
    keep: Uuid,
    merged: Uuid,
}

thread_local! {
    static MERGING: Cell<bool> = const { Cell::new(false) };
}

/// Whether contacts and activities are being moved to another account: nothing else of them changes.
pub fn is_merging() -> bool {
    MERGING.get()
}

struct Merging;

impl Merging {
    fn begin() -> Self {
        MERGING.set(true);
        Self
    }
}

impl Drop for Merging {
    fn drop(&mut self) {
        MERGING.set(false);
    }
}

#[pg_extern]
fn merge_accounts(
    keep: Option<Uuid>,
    merged: Option<Uuid>,
    dry_run: default!(Option<bool>, "true"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let answer = checks::require_pair(keep, merged).and_then(|pair| match dry_run {
        Some(false) => merge(pair),
        _ => Ok(rehearsed(|| merge(pair))),
    });
    JsonB(Value::Object(answer.or_raise()))
}

fn merge(pair: Pair) -> Result<Map<String, Value>, Fault> {
    hierarchy::lock_for_move(pair.tenant);
    lock_accounts(pair.tenant, &[pair.keep, pair.merged])?;
    checks::refuse_circle(pair)?;
    let _section = System::enter();
    let mut answer = Map::new();
    let parent = moves::take_place(pair)?;
    answer.insert("parent".to_owned(), json!(parent.map(|it| it.to_string())));
    let mut taken = attributes::take(pair)?;
    moves::move_all(pair, &mut answer)?;
    answer.insert("named_by".to_owned(), read_named_by(pair.merged)?);
    let external_id = attributes::external_id_to_take(pair)?;
    delete_row(pair.tenant, pair.merged, deletion(pair)?)?;
    if let Some(external_id) = external_id {
        attributes::take_external_id(pair, &external_id)?;
        taken.push("external_id".to_owned());
    }
    answer.insert("attributes".to_owned(), json!(taken));
    sql::run(
        "insert into cs.health_dirty (tenant_id, account_id, by_usage) values ($1, $2, true)",
        &[pair.tenant.into(), pair.keep.into()],
    )?;
    Ok(answer)
}

/// What the audit log and `deleted_accounts` say of the account that goes.
fn deletion(pair: Pair) -> Result<Deletion, Fault> {
    let name: String = sql::one(
        "select name from cs.accounts where tenant_id = $1 and id = $2",
        &[pair.tenant.into(), pair.keep.into()],
        |row| row.need("name"),
    )?;
    Ok(Deletion {
        reason: Some(format!("merged into \"{name}\" ({})", pair.keep)),
        merged_into: Some(pair.keep),
    })
}
