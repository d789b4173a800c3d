//! Owns the breakers as they stand in the database, so that people see them and a new worker goes on where the last one was.

use super::lanes::LaneName;
use crate::pg::fault::Fault;
use crate::pg::sql;

/// A breaker as it stands there.
pub struct StoredBreaker {
    /// Whose.
    pub lane: LaneName,
    /// When one delivery is tried again, in µs since 1970.
    pub probe_at: i64,
    /// Failures one after the other.
    pub failures: u32,
}

/// A change of a breaker that is to be written.
#[derive(Debug, Clone)]
pub struct BreakerNote {
    /// Whose.
    pub lane: LaneName,
    /// When one delivery is tried again, and the failures until now; `None`: the receiver is called again.
    pub open: Option<(i64, u32)>,
    /// What the last try said.
    pub error: Option<String>,
}

/// All of them.
pub fn read() -> Result<Vec<StoredBreaker>, Fault> {
    sql::read(
        "select tenant_id, host, (extract(epoch from probe_at) * 1000000)::bigint as probe_at, failures
         from cs.webhook_breakers",
        &[],
        |row| {
            Ok(StoredBreaker {
                lane: LaneName {
                    tenant: row.need("tenant_id")?,
                    host: row.need("host")?,
                },
                probe_at: row.need("probe_at")?,
                failures: u32::try_from(row.need::<i32>("failures")?).unwrap_or(0),
            })
        },
    )
}

/// Writes a change.
pub fn note(it: &BreakerNote) -> Result<(), Fault> {
    match it.open {
        Some((probe_at, failures)) => sql::run(
            include_str!("sql/note_breaker.sql"),
            &[
                it.lane.tenant.into(),
                it.lane.host.as_str().into(),
                probe_at.into(),
                i32::try_from(failures).unwrap_or(i32::MAX).into(),
                it.error.as_deref().into(),
            ],
        ),
        None => sql::run(
            "delete from cs.webhook_breakers where tenant_id = $1 and host = $2",
            &[it.lane.tenant.into(), it.lane.host.as_str().into()],
        ),
    }
}
