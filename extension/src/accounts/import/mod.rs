//! Owns the import of accounts by their ids in another system: all faults reported, parents wherever they stand in the file, and where
//! good rows are kept, all of them. Runs with the caller's rights.

mod checks;
mod known_accounts;
mod look_alikes;
mod row;
mod row_moments;
mod tree_plan;
mod writer;

use super::write_accounts::require_current_tenant;
use crate::hierarchy;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::given_rows::GivenRows;
use crate::pg::json_text::JsonText;
use crate::pg::rejected_rows::{Rejected, refusal};
use crate::pg::section::Pinned;
use crate::pg::subtransaction::rehearsed;
use known_accounts::find_known_accounts;
use look_alikes::LookAlike;
use pgrx::JsonB;
use pgrx::prelude::*;
use row_moments::RowMoments;
use serde_json::json;
use writer::WrittenRows;

#[pg_extern]
fn import_accounts(
    rows: Option<JsonText>,
    dry_run: default!(Option<bool>, "true"),
    new_fields: default!(Option<bool>, "false"),
    keep_good: default!(Option<bool>, "false"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let rows = rows.map(GivenRows::Jsonb);
    import(rows, dry_run, new_fields, keep_good)
}

#[pg_extern(name = "import_accounts")]
fn import_accounts_of_text(
    rows: Option<&str>,
    dry_run: default!(Option<bool>, "true"),
    new_fields: default!(Option<bool>, "false"),
    keep_good: default!(Option<bool>, "false"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let rows = rows.map(GivenRows::Text);
    import(rows, dry_run, new_fields, keep_good)
}

/// What came of an import.
struct ImportOutcome {
    /// How many rows there were.
    rows: usize,
    written: WrittenRows,
    /// The places of those that tell of a moment before what is known.
    stale: Option<Vec<usize>>,
    look_alikes: Vec<LookAlike>,
    rejected: Vec<Rejected>,
}

fn import(
    rows: Option<GivenRows<'_>>,
    dry_run: Option<bool>,
    new_fields: Option<bool>,
    keep_good: Option<bool>,
) -> JsonB {
    let is_rehearsal = dry_run != Some(false);
    let import = || import_rows(rows, new_fields == Some(true), is_rehearsal);
    let outcome = match is_rehearsal {
        true => rehearsed(import),
        false => import().or_raise(),
    };
    if !is_rehearsal && keep_good != Some(true) && !outcome.rejected.is_empty() {
        refusal(&outcome.rejected, outcome.rows).raise();
    }
    let mut answer = json!({
        "inserted": outcome.written.inserted,
        "updated": outcome.written.updated,
        "unchanged": outcome.written.unchanged,
        "rejected": outcome.rejected,
    });
    if let Some(stale) = outcome.stale {
        answer["stale"] = stale.len().into();
        answer["stale_rows"] = stale.into();
    }
    if !outcome.look_alikes.is_empty() {
        answer["look_alikes"] = json!(outcome.look_alikes);
    }
    JsonB(answer)
}

fn import_rows(
    rows: Option<GivenRows<'_>>,
    new_fields: bool,
    is_rehearsal: bool,
) -> Result<ImportOutcome, Fault> {
    let tenant = require_current_tenant()?;
    identity::require(Action::AccountEdit, tenant)?;
    let held = rows.unwrap_or(GivenRows::Text("null")).hold()?;
    let given = held.read()?;
    let mut rejected = given.rejected;
    let mut rows = row::read_rows(&given.sound, &mut rejected);
    checks::resolve_csms(tenant, &mut rows, &mut rejected)?;
    if !new_fields {
        checks::reject_new_fields(tenant, &mut rows, &mut rejected)?;
    }
    let moments = RowMoments::read(tenant, &mut rows, &mut rejected)?;
    if rows.iter().any(|row| row.parent.is_some()) {
        hierarchy::lock_for_move(tenant);
    }
    let known = find_known_accounts(tenant, &rows)?;
    checks::reject_nameless(&known, &mut rows, &mut rejected);
    let stale = moments.take_stale(tenant, &known, &mut rows)?;
    let look_alikes = match is_rehearsal {
        true => look_alikes::find(tenant, &known, &rows)?,
        false => Vec::new(),
    };
    let written = writer::write_rows(tenant, &known, &mut rows, &mut rejected)?;
    moments.remember(tenant, &written.ids, &rows)?;
    rejected.sort_by(|one, other| (one.index, &one.field).cmp(&(other.index, &other.field)));
    Ok(ImportOutcome {
        rows: given.all,
        written,
        stale,
        look_alikes,
        rejected,
    })
}
