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
/// No account has an id that is not after this one.
const BEFORE_ALL: [u8; 16] = [0; 16];

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

/// How far a pass is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassProgress {
    /// It has to begin first.
    NotBegun,
    /// Accounts are left.
    UnderWay,
    /// All are done.
    Done,
}

/// Takes and keeps what is usual, tells the log of feeds that are out, and begins a tenant's pass, which is due. In a transaction.
pub fn begin_pass(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    log_outages(tenant)?;
    keep_norms(tenant, clock_now())?;
    write_beginning(tenant)
}

/// Takes and keeps what is usual in a tenant, if it is there and active. In a transaction.
pub fn take_norms(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    let query = "select from cs.tenants where id = $1 and is_active";
    match sql::exists(query, &[tenant.into()])? {
        true => keep_norms(tenant, clock_now()),
        false => Ok(()),
    }
}

/// Begins a tenant's pass, which is due, by what was usual before. In a transaction.
pub fn begin_pass_by_former_norms(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    write_beginning(tenant)
}

/// Computes the next slice of a tenant's pass, which is due. In a transaction.
pub fn run_pass_step(tenant: Uuid) -> Result<PassProgress, Fault> {
    let _section = System::enter();
    let Some(slice) = find_slice(tenant)? else {
        return Ok(PassProgress::NotBegun);
    };
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
pub fn skip_pass_slice(tenant: Uuid) -> Result<PassProgress, Fault> {
    let _section = System::enter();
    let Some(slice) = find_slice(tenant)? else {
        return Ok(PassProgress::NotBegun);
    };
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

fn write_beginning(tenant: Uuid) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/begin_pass.sql"),
        &[tenant.into(), Uuid::from_bytes(BEFORE_ALL).into()],
    )
}

/// The accounts that come next, none after the last; `None` where the pass has not begun.
fn find_slice(tenant: Uuid) -> Result<Option<Vec<Uuid>>, Fault> {
    let passed_up_to = sql::first(
        "select passed_up_to from cs.health_passes where tenant_id = $1",
        &[tenant.into()],
        |row| row.maybe::<Uuid>("passed_up_to"),
    )?;
    let Some(passed_up_to) = passed_up_to.flatten() else {
        return Ok(None);
    };
    sql::read(
        include_str!("sql/pass_slice.sql"),
        &[tenant.into(), passed_up_to.into(), SLICE.into()],
        |row| row.need::<Uuid>("id"),
    )
    .map(Some)
}

/// The pass continues after these accounts; after the last ones it is done.
fn mark_done(tenant: Uuid, slice: &[Uuid]) -> Result<PassProgress, Fault> {
    let Some(last) = slice.last() else {
        sql::run(include_str!("sql/end_pass.sql"), &[tenant.into()])?;
        return Ok(PassProgress::Done);
    };
    sql::run(
        "update cs.health_passes set passed_up_to = $2 where tenant_id = $1",
        &[tenant.into(), (*last).into()],
    )?;
    Ok(PassProgress::UnderWay)
}
