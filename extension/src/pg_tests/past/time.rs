//! Owns the passing of time in a test, whose transaction has one now: all that is stored moves into the past instead, days of
//! contracts and quiet periods with it.

use crate::pg_tests::{run, text};

/// Lets whole days pass. Local times stay what they are in zones that never change their clocks.
pub fn let_days_pass(days: i64) {
    run(&include_str!("../sql/let_days_pass.sql").replace("<days>", &days.to_string()));
}

/// When the transaction began, in microseconds since 2000.
pub fn now() -> i64 {
    let now = text(
        "select (extract(epoch from now() - timestamptz '2000-01-01 UTC') * 1000000)::bigint::text",
    );
    now.and_then(|it| it.parse().ok()).unwrap()
}
