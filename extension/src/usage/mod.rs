//! Owns the way usage is recorded: an array of measurements in, checked row by row, written to usage_metrics in one statement.
//!
//! [`row`] says what is wrong with a row, [`record_rows`] which rows are written.

mod accounts;
mod measurement;
mod metadata;
mod record_rows;
mod row;

use crate::pg::fault::OrRaise;
use crate::pg::given_rows::GivenRows;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use pgrx::JsonB;
use pgrx::prelude::*;

#[pg_extern]
fn record_usage(rows: JsonText, keep_good: default!(bool, "false")) -> JsonB {
    let _pinned = Pinned::enter();
    record_rows::record_rows(GivenRows::Jsonb(rows), keep_good).or_raise()
}

#[pg_extern(name = "record_usage")]
fn record_usage_of_text(rows: &str, keep_good: default!(bool, "false")) -> JsonB {
    let _pinned = Pinned::enter();
    record_rows::record_rows(GivenRows::Text(rows), keep_good).or_raise()
}
