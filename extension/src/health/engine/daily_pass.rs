//! Owns the daily pass: silence makes no event, so every account is computed anew once a day of its tenant, a slice at a time.
use super::refresh::{Occasion, Task, refresh};
use crate::health::moment::now;
use crate::journey;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;

/// Accounts in one transaction.
const SLICE: i64 = 100;

/// The next accounts of a pass that is due.
struct Slice {
    tenant: Uuid,
    accounts: Vec<Uuid>,
}

impl Slice {
    /// Of the first tenant whose day has begun; a pass under way goes before one that has not begun.
    fn next() -> Result<Option<Self>, Fault> {
        let due = sql::first(include_str!("sql/due_pass.sql"), &[], |row| {
            Ok((row.need::<Uuid>("id")?, row.maybe::<Uuid>("passed_up_to")?))
        })?;
        let Some((tenant, passed_up_to)) = due else {
            return Ok(None);
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
        Ok(Some(Self { tenant, accounts }))
    }

    /// The pass goes on behind these accounts; behind the last ones it is done.
    fn pass(&self) -> Result<(), Fault> {
        match self.accounts.last() {
            None => sql::run(include_str!("sql/end_pass.sql"), &[self.tenant.into()]),
            Some(last) => sql::run(
                "update cs.health_passes set passed_up_to = $2 where tenant_id = $1",
                &[self.tenant.into(), (*last).into()],
            ),
        }
    }
}

/// Does a slice of a pass that is due; false when none is. In a transaction.
pub fn step() -> Result<bool, Fault> {
    let _section = System::enter();
    let Some(slice) = Slice::next()? else {
        return Ok(false);
    };
    if !slice.accounts.is_empty() {
        refresh(&Task {
            tenant: slice.tenant,
            only: Some(&slice.accounts),
            as_of: now(),
            created_at: None,
            waits: false,
            occasion: Occasion::Pass,
        })?;
        // Days pass without a change of any row.
        journey::auto_complete_milestones(slice.tenant, &slice.accounts)?;
    }
    slice.pass()?;
    Ok(true)
}

/// After a slice that failed: its accounts are marked, so that each is tried alone, and the pass goes on behind them. In a
/// transaction.
pub fn skip_slice() -> Result<(), Fault> {
    let _section = System::enter();
    let Some(slice) = Slice::next()? else {
        return Ok(());
    };
    sql::run(
        "insert into cs.health_dirty (tenant_id, account_id, by_usage) select $1, unnest($2::uuid[]), false",
        &[slice.tenant.into(), slice.accounts.clone().into()],
    )?;
    slice.pass()
}
