//! Owns the clock of a tenant: the boundaries of days and weeks before a moment, in its time zone.

use crate::health::moment::to_timestamp;
use crate::health::score::clock::{Clock, DEPTH_DAYS, Moment};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;

/// The boundaries that depend on a moment, in the tenant's zone.
pub fn read_clock(tenant: Uuid, reference: Moment) -> Result<Clock, Fault> {
    let depth = i32::try_from(DEPTH_DAYS).unwrap_or(i32::MAX);
    let boundaries = sql::first(
        include_str!("sql/clock.sql"),
        &[tenant.into(), to_timestamp(reference)?.into(), depth.into()],
        |row| {
            let moments = |column| {
                let all = row.need::<Vec<TimestampWithTimeZone>>(column)?;
                let all = all.into_iter().map(TimestampWithTimeZone::into_inner);
                Ok::<_, Fault>(all.collect())
            };
            Ok(Clock::new(moments("ago")?, moments("midnights")?))
        },
    )?;
    boundaries.ok_or_else(|| Fault::no_such("tenant"))
}
