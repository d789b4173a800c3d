//! Owns what a period of time is: from a moment to a later one.

use crate::pg::fault::{Fault, OrRaise};
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;

#[pg_extern(immutable, parallel_safe)]
fn check_period(
    since: Option<TimestampWithTimeZone>,
    until: Option<TimestampWithTimeZone>,
) -> bool {
    is_period(since, until).or_raise()
}

fn is_period(
    since: Option<TimestampWithTimeZone>,
    until: Option<TimestampWithTimeZone>,
) -> Result<bool, Fault> {
    let (Some(since), Some(until)) = (since, until) else {
        return Err(Fault::invalid("since", "since and until must be given"));
    };
    match since < until {
        true => Ok(true),
        false => Err(Fault::invalid("since", "since must be before until")),
    }
}
