//! Owns the daily pass: silence makes no event, so every account is computed again once a day of its tenant, a slice at
//! a time.

use super::daily_sums::correct_daily_sums;
use super::norms::keep_norms;
use super::outages::log_outages;
use super::refresh::{RefreshReason, RefreshRequest, refresh_scores};
use crate::health::moment::clock_now;
use crate::journey;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;

/// Accounts in one transaction.
const SLICE: i64 = 100;

/// The next accounts of a pass that is due.
struct PassSlice {
    tenant: Uuid,
    accounts: Vec<Uuid>,
    is_first: bool,
}

impl PassSlice {
    /// Of the first tenant whose day has begun; a pass under way goes before one that has not begun.
    fn find_next() -> Result<Option<Self>, Fault> {
        let due = sql::first(include_str!("sql/due_pass.sql"), &[], |row| {
            Ok((row.need::<Uuid>("id")?, row.maybe::<Uuid>("passed_up_to")?))
        })?;
        let Some((tenant, passed_up_to)) = due else {
            return Ok(None);
        };
        let accounts = sql::read(
            include_str!("sql/pass_slice.sql"),
            &[tenant.into(), passed_up_to.into(), SLICE.into()],
            |row| row.need::<Uuid>("id"),
        )?;
        Ok(Some(Self {
            tenant,
            accounts,
            is_first: passed_up_to.is_none(),
        }))
    }

    /// The pass continues after these accounts; after the last ones it is done.
    fn mark_done(&self) -> Result<(), Fault> {
        sql::run(include_str!("sql/begin_pass.sql"), &[self.tenant.into()])?;
        match self.accounts.last() {
            None => sql::run(include_str!("sql/end_pass.sql"), &[self.tenant.into()]),
            Some(last) => sql::run(
                "update cs.health_passes set passed_up_to = $2 where tenant_id = $1",
                &[self.tenant.into(), (*last).into()],
            ),
        }
    }
}

/// What is done once a pass: what is usual is taken and kept, and the log tells of feeds that are out.
fn begin_pass(tenant: Uuid) -> Result<(), Fault> {
    log_outages(tenant)?;
    keep_norms(tenant, clock_now())
}

/// Computes a slice of a pass that is due; false when none is. In a transaction.
pub fn run_pass_step() -> Result<bool, Fault> {
    let _section = System::enter();
    let Some(slice) = PassSlice::find_next()? else {
        return Ok(false);
    };
    if slice.is_first {
        begin_pass(slice.tenant)?;
    }
    if !slice.accounts.is_empty() {
        correct_daily_sums(slice.tenant, &slice.accounts)?;
        let only = Some(slice.accounts.as_slice());
        refresh_scores(&RefreshRequest {
            // Norms that this transaction has kept are not from before it.
            as_of: clock_now(),
            waits_for_locks: false,
            ..RefreshRequest::as_of_now(slice.tenant, only, RefreshReason::Pass)
        })?;
        // Days pass without a change of any row.
        journey::auto_complete_milestones(slice.tenant, &slice.accounts)?;
    }
    slice.mark_done()?;
    Ok(true)
}

/// After a slice that failed: its accounts are marked, so that each is tried alone, and the pass continues after them.
/// In a transaction.
pub fn skip_failing_slice() -> Result<(), Fault> {
    let _section = System::enter();
    let Some(slice) = PassSlice::find_next()? else {
        return Ok(());
    };
    sql::run(
        "insert into cs.health_dirty (tenant_id, account_id, by_usage) select $1, unnest($2::uuid[]), false",
        &[slice.tenant.into(), slice.accounts.clone().into()],
    )?;
    slice.mark_done()
}
