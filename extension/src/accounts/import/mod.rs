//! Owns the import of accounts by their ids in another system: parents before children, then what changes, with all faults
//! reported. Runs with the caller's rights.

mod checks;
mod row;
mod writer;

use super::write_accounts::require_current_tenant;
use crate::hierarchy;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::rejected_rows::{read_elements, refusal};
use crate::pg::section::Pinned;
use crate::pg::subtransaction::rehearsed;
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::json;
use writer::ImportOutcome;

#[pg_extern]
fn import_accounts(
    rows: Option<JsonText>,
    dry_run: default!(Option<bool>, "true"),
    new_fields: default!(Option<bool>, "false"),
    keep_good: default!(Option<bool>, "false"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let rows = rows.as_ref().map_or("null", JsonText::as_str);
    let new_fields = new_fields == Some(true);
    let outcome = match dry_run {
        Some(false) => import_for_good(rows, new_fields, keep_good == Some(true)).or_raise(),
        _ => rehearsed(|| import_rows(rows, new_fields)),
    };
    JsonB(json!({
        "inserted": outcome.inserted,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
    }))
}

/// Not a rehearsal: unless good rows are to be kept, one rejected row refuses all.
fn import_for_good(rows: &str, new_fields: bool, keep_good: bool) -> Result<ImportOutcome, Fault> {
    let outcome = import_rows(rows, new_fields)?;
    match keep_good || outcome.rejected.is_empty() {
        true => Ok(outcome),
        false => Err(refusal(&outcome.rejected, outcome.rows)),
    }
}

fn import_rows(rows: &str, new_fields: bool) -> Result<ImportOutcome, Fault> {
    let tenant = require_current_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    let elements = read_elements(rows)?;
    let mut outcome = ImportOutcome {
        rows: elements.len(),
        ..ImportOutcome::default()
    };
    let mut rows = row::read_rows(&elements, &mut outcome.rejected);
    checks::resolve_csms(tenant, &mut rows, &mut outcome.rejected)?;
    if !new_fields {
        checks::reject_new_fields(tenant, &mut rows, &mut outcome.rejected)?;
    }
    if rows.iter().any(|row| row.parent.is_some()) {
        hierarchy::lock_for_move(tenant);
    }
    writer::write_rows(tenant, rows, &mut outcome)?;
    outcome
        .rejected
        .sort_by(|one, other| (one.index, &one.field).cmp(&(other.index, &other.field)));
    Ok(outcome)
}
