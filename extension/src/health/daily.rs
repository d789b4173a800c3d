//! Owns the daily pass: silence makes no event, so every account is computed anew once a day of its tenant, a slice at a time.

use super::compute::now;
use super::refresh::{Occasion, Task, refresh};
use crate::fault::Fault;
use crate::section::System;
use crate::sql::{self, Row as _};
use pgrx::Uuid;

/// Accounts in one transaction.
const SLICE: i64 = 100;

/// Does a slice of a pass that is due; false when none is. In a transaction.
pub fn step() -> Result<bool, Fault> {
    let _section = System::enter();
    let due = sql::read(include_str!("sql/due_pass.sql"), &[], |row| {
        Ok((row.need::<Uuid>("id")?, row.maybe::<Uuid>("passed_up_to")?))
    })?;
    let Some((tenant, passed_up_to)) = due.into_iter().next() else {
        return Ok(false);
    };
    if passed_up_to.is_none() {
        // What is usual is looked at anew.
        sql::run(include_str!("sql/begin_pass.sql"), &[tenant.into()])?;
    }
    let accounts = sql::read(
        include_str!("sql/pass_slice.sql"),
        &[tenant.into(), passed_up_to.into(), SLICE.into()],
        |row| row.need::<Uuid>("id"),
    )?;
    let Some(last) = accounts.last().copied() else {
        sql::run(include_str!("sql/end_pass.sql"), &[tenant.into()])?;
        return Ok(true);
    };
    refresh(&Task {
        tenant,
        only: Some(&accounts),
        as_of: now(),
        created_at: None,
        waits: false,
        occasion: Occasion::Pass,
    })?;
    sql::run(
        "update cs.health_passes set passed_up_to = $2 where tenant_id = $1",
        &[tenant.into(), last.into()],
    )?;
    Ok(true)
}

/// After a slice that failed: the pass goes on behind it, so that one bad account does not hold up the others. In a
/// transaction.
pub fn skip_slice() -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(include_str!("sql/skip_slice.sql"), &[SLICE.into()])
}
