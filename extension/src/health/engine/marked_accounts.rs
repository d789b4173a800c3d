//! Owns the marked accounts that the worker computes again: some of one tenant at a time. Whose turn it is, the caller decides.

use super::daily_sums::{correct_daily_sums, fold_daily_sums};
use super::refresh::{RefreshReason, RefreshRequest, refresh_scores};
use crate::health::score::clock::Moment;
use crate::journey;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Marks to compute.
pub struct MarkRequest<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// The most marks.
    pub most: i64,
    /// Accounts whose marks stay for now.
    pub left_alone: &'a [Uuid],
}

/// The tenants that have marks.
pub fn find_marked_tenants() -> Result<Vec<Uuid>, Fault> {
    let _section = System::enter();
    let query = include_str!("sql/marked_tenants.sql");
    planned::read(Planning::Once, query, &[], |row| row.need("tenant_id"))
}

/// Computes marked accounts of a tenant. `tried` is told which, also where that fails. Returns those that another transaction is
/// writing; they are marked again. In a transaction.
pub fn compute_marked(
    request: &MarkRequest<'_>,
    tried: &mut Vec<Uuid>,
) -> Result<Vec<Uuid>, Fault> {
    let _section = System::enter();
    let (accounts, usage_at) = take_marks(request)?;
    tried.clone_from(&accounts);
    if accounts.is_empty() {
        return Ok(Vec::new());
    }
    let tenant = request.tenant;
    fold_daily_sums(tenant, &accounts)?;
    let reason = RefreshReason::Marked(&usage_at);
    let written = refresh_scores(&RefreshRequest {
        waits_for_locks: false,
        ..RefreshRequest::as_of_now(tenant, Some(&accounts), reason)
    })?;
    // Sums of usage change without a new score.
    journey::auto_complete_milestones(tenant, &accounts)?;
    Ok(written.held)
}

/// Computes one account as the daily pass does. In a transaction.
pub fn compute_account(tenant: Uuid, account: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    correct_daily_sums(tenant, &[account])?;
    refresh_scores(&RefreshRequest {
        waits_for_locks: false,
        ..RefreshRequest::as_of_now(tenant, Some(&[account]), RefreshReason::Pass)
    })?;
    journey::auto_complete_milestones(tenant, &[account])
}

/// Removes the marks of an account, or of all of a tenant. In a transaction.
pub fn remove_marks(tenant: Uuid, account: Option<Uuid>) -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(
        "delete from cs.health_dirty where tenant_id = $1 and ($2 is null or account_id = $2)",
        &[tenant.into(), account.into()],
    )
}

/// Takes a batch of marks away; returns their accounts, by id, and when usage last arrived for those marked by usage.
fn take_marks(request: &MarkRequest<'_>) -> Result<(Vec<Uuid>, HashMap<Uuid, Moment>), Fault> {
    let marks = planned::write(
        Planning::Once,
        include_str!("sql/take_marks.sql"),
        &[
            request.tenant.into(),
            request.most.into(),
            request.left_alone.to_vec().into(),
        ],
        |row| {
            Ok((
                row.need::<Uuid>("account_id")?,
                row.need::<bool>("by_usage")?,
                row.need::<TimestampWithTimeZone>("marked_at")?.into_inner(),
            ))
        },
    )?;
    let accounts = marks.iter().map(|(account, ..)| *account);
    let mut accounts = accounts.collect::<Vec<_>>();
    accounts.sort_unstable();
    accounts.dedup();
    let mut usage_at = HashMap::<Uuid, Moment>::new();
    for (account, _, at) in marks.into_iter().filter(|(_, by_usage, _)| *by_usage) {
        let latest = usage_at.entry(account).or_insert(at);
        *latest = (*latest).max(at);
    }
    Ok((accounts, usage_at))
}
