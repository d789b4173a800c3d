//! Owns the look for deliveries that are due and that no one has come for: their commit woke nobody (two-phase commits, disabled
//! triggers).

use crate::pg::fault::Fault;
use crate::pg::sql;

/// Whether there is a delivery that has been due for more than ten seconds and that nothing holds.
pub fn has_overdue() -> Result<bool, Fault> {
    sql::exists(include_str!("sql/overdue.sql"), &[])
}
