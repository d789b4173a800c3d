//! Owns the conversion between moments of the formulas and those of PostgreSQL.

use super::score::clock::Moment;
use crate::pg::fault::Fault;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::pg_sys;

/// A moment as PostgreSQL takes it. 22023 where it lies beyond what a timestamp can hold.
pub fn to_timestamp(at: Moment) -> Result<TimestampWithTimeZone, Fault> {
    TimestampWithTimeZone::try_from(at)
        .map_err(|_| Fault::invalid("as_of", "this moment is outside the range of timestamps"))
}

/// When the current transaction began.
pub fn now() -> Moment {
    // SAFETY: inside a transaction.
    unsafe { pg_sys::GetCurrentTransactionStartTimestamp() }
}

/// The moment itself.
pub fn clock_now() -> Moment {
    // SAFETY: reads the clock.
    unsafe { pg_sys::GetCurrentTimestamp() }
}
