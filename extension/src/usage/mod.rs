//! Owns the way usage is recorded: an array of measurements in, checked row by row, written to usage_metrics in one statement.
//!
//! [`row`] says what is wrong with a row, [`record_rows`] which rows are written, [`unknown_accounts`] what becomes of those whose
//! account is still to come.

mod accounts;
mod measurement;
mod metadata;
mod record_rows;
mod row;
mod told_row;
mod unknown_accounts;

use crate::pg::fault::OrRaise;
use crate::pg::given_rows::GivenRows;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use pgrx::JsonB;
use pgrx::prelude::*;
use record_rows::Leniency;

pub use unknown_accounts::tidy_waiting;

#[pg_extern]
fn record_usage(
    rows: JsonText,
    keep_good: default!(bool, "false"),
    keep_unknown: default!(bool, "false"),
) -> JsonB {
    record(GivenRows::Jsonb(rows), keep_good, keep_unknown)
}

#[pg_extern(name = "record_usage")]
fn record_usage_of_text(
    rows: &str,
    keep_good: default!(bool, "false"),
    keep_unknown: default!(bool, "false"),
) -> JsonB {
    record(GivenRows::Text(rows), keep_good, keep_unknown)
}

fn record(rows: GivenRows<'_>, keep_good: bool, keep_unknown: bool) -> JsonB {
    let _pinned = Pinned::enter();
    let leniency = Leniency {
        keep_good,
        keep_unknown,
    };
    record_rows::record_rows(rows, leniency).or_raise()
}
