//! Owns the look for deliveries that are due and that no one has come for: their commit told nobody (two-phase commits, disabled
//! triggers).

use crate::background::{lane_marks::lane_key, wake};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;

/// Tells the worker, at commit, of deliveries that have been due for more than ten seconds and that nothing holds; returns in how many
/// lanes there are such.
pub fn mark_overdue() -> Result<usize, Fault> {
    let overdue = sql::read(include_str!("sql/overdue.sql"), &[], |row| {
        let (tenant, host) = (row.need::<Uuid>("tenant_id")?, row.need::<String>("host")?);
        Ok((lane_key(tenant.as_bytes(), &host), row.need("run_at")?))
    })?;
    for (lane, from) in &overdue {
        wake::mark_lane_at_commit(*lane, *from);
    }
    Ok(overdue.len())
}
