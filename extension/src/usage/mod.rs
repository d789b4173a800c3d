//! Owns the way in for usage: an array of measurements, checked row by row, written in one statement.
//!
//! [`row`] says what is wrong with a row, [`record`] which rows are written. In: integrations. Out: usage_metrics.

mod accounts;
mod metadata;
pub mod moment;
mod object;
mod record;
mod row;

use crate::pg::fault::OrRaise;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use pgrx::JsonB;
use pgrx::prelude::*;

#[pg_extern]
fn record_usage(rows: JsonText, keep_good: default!(bool, "false")) -> JsonB {
    let _pinned = Pinned::enter();
    record::record(rows.as_str(), keep_good).or_raise()
}
