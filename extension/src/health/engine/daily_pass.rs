//! Owns the daily pass: silence makes no event, so every account is computed again once a day of its tenant, a slice at
//! a time. Whose turn it is, the caller decides.

use super::daily_sums::correct_daily_sums;
use super::norms::keep_norms;
use super::outages::log_outages;
use super::refresh::{RefreshReason, RefreshRequest, refresh_scores};
use crate::health::moment::clock_now;
use crate::journey;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::{sql, subtransaction};
use pgrx::Uuid;

/// Accounts in one transaction.
const SLICE: i64 = 100;

/// The tenants whose day has begun, and those of which that cannot be said, with the reason.
#[derive(Debug, Default)]
pub struct DuePasses {
    /// A pass is due.
    pub due: Vec<Uuid>,
    /// It cannot be said.
    pub failed: Vec<(Uuid, String)>,
}

/// Of all tenants at once; where one stands in the way of the others, each for itself. In a transaction.
pub fn find_due_passes() -> Result<DuePasses, Fault> {
    let _section = System::enter();
    let find = |only: Option<Uuid>| {
        sql::read(include_str!("sql/due_passes.sql"), &[only.into()], |row| {
            row.need::<Uuid>("id")
        })
    };
    if let Ok(due) = subtransaction::kept_unless_refused(|| find(None)) {
        return Ok(DuePasses {
            due,
            failed: Vec::new(),
        });
    }
    let mut found = DuePasses::default();
    for tenant in sql::read(
        "select id from cs.tenants where is_active order by id",
        &[],
        |row| row.need::<Uuid>("id"),
    )? {
        match subtransaction::kept_unless_refused(|| find(Some(tenant))) {
            Ok(due) => found.due.extend(due),
            Err(failure) => found.failed.push((tenant, failure.message)),
        }
    }
    Ok(found)
}

/// Begins a tenant's pass, which is due: what is usual is taken and kept, and the log tells of feeds that are out. Nothing is done
/// where slices of it are done already. In a transaction.
pub fn begin_pass(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    if find_place(tenant)?.is_some() {
        return Ok(());
    }
    sql::run(include_str!("sql/begin_pass.sql"), &[tenant.into()])?;
    log_outages(tenant)?;
    keep_norms(tenant, clock_now())
}

/// Computes the next slice of a tenant's pass, which has begun; false once the pass is done. In a transaction.
pub fn run_pass_step(tenant: Uuid) -> Result<bool, Fault> {
    let _section = System::enter();
    let slice = find_slice(tenant)?;
    if !slice.is_empty() {
        correct_daily_sums(tenant, &slice)?;
        let only = Some(slice.as_slice());
        refresh_scores(&RefreshRequest {
            waits_for_locks: false,
            ..RefreshRequest::as_of_now(tenant, only, RefreshReason::Pass)
        })?;
        // Days pass without a change of any row.
        journey::auto_complete_milestones(tenant, &slice)?;
    }
    mark_done(tenant, &slice)
}

/// After a slice that failed: its accounts are marked, so that each is tried alone, and the pass continues after them.
/// In a transaction.
pub fn skip_pass_slice(tenant: Uuid) -> Result<bool, Fault> {
    let _section = System::enter();
    let slice = find_slice(tenant)?;
    sql::run(
        "insert into cs.health_dirty (tenant_id, account_id, by_usage) select $1, unnest($2::uuid[]), false",
        &[tenant.into(), slice.clone().into()],
    )?;
    mark_done(tenant, &slice)
}

/// Ends a tenant's pass, whatever is left of it. In a transaction.
pub fn end_pass(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(include_str!("sql/end_pass.sql"), &[tenant.into()])
}

/// Makes a tenant's pass due at once. In a transaction.
pub fn ask_for_pass(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(
        "update cs.health_passes set passed_on = null, passed_up_to = null where tenant_id = $1",
        &[tenant.into()],
    )
}

fn find_slice(tenant: Uuid) -> Result<Vec<Uuid>, Fault> {
    sql::read(
        include_str!("sql/pass_slice.sql"),
        &[tenant.into(), find_place(tenant)?.into(), SLICE.into()],
        |row| row.need::<Uuid>("id"),
    )
}

/// The last account that the pass under way has done.
fn find_place(tenant: Uuid) -> Result<Option<Uuid>, Fault> {
    let place = sql::first(
        "select passed_up_to from cs.health_passes where tenant_id = $1",
        &[tenant.into()],
        |row| row.maybe::<Uuid>("passed_up_to"),
    )?;
    Ok(place.flatten())
}

/// The pass continues after these accounts; after the last ones it is done.
fn mark_done(tenant: Uuid, slice: &[Uuid]) -> Result<bool, Fault> {
    match slice.last() {
        None => sql::run(include_str!("sql/end_pass.sql"), &[tenant.into()])?,
        Some(last) => sql::run(
            "update cs.health_passes set passed_up_to = $2 where tenant_id = $1",
            &[tenant.into(), (*last).into()],
        )?,
    }
    Ok(!slice.is_empty())
}
