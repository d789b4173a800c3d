//! Owns the way between moments of the formulas and those of PostgreSQL.

use super::score::clock::Moment;
use crate::pg::fault::Fault;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::pg_sys;

/// As PostgreSQL takes it.
pub fn moment(at: Moment) -> Result<TimestampWithTimeZone, Fault> {
    TimestampWithTimeZone::try_from(at)
        .map_err(|_| Fault::invalid("as_of", "this moment is outside of all calendars"))
}

/// The present transaction's moment.
pub fn now() -> Moment {
    // SAFETY: inside a transaction.
    unsafe { pg_sys::GetCurrentTransactionStartTimestamp() }
}
