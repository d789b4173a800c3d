//! Owns the moment of which an account was told: what other systems tell late, of a moment before what is known, changes nothing. A
//! change without a moment, by hand too, counts as told when it was made.

use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Reason;
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::written_time::WrittenTime;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::{Uuid, pg_sys};
use std::collections::HashSet;

/// A moment and the account it is told of.
pub type Told = (Uuid, TimestampWithTimeZone);

const DAY: i64 = 86_400_000_000;

/// Whether something can be told of this moment: the clocks of two systems may differ.
pub fn check_reach(at: TimestampWithTimeZone) -> Result<(), Reason> {
    // SAFETY: reads when the transaction began: what now() answers, in µs since 2000.
    let now = unsafe { pg_sys::GetCurrentTransactionStartTimestamp() };
    match at.is_infinity() || i64::from(at) > now + DAY {
        true => Err("must be a moment, and not more than a day in the future"),
        false => Ok(()),
    }
}

/// The moments that texts name: one without a zone is the tenant's.
pub fn of_texts(
    tenant: Uuid,
    written: &[WrittenTime],
) -> Result<Vec<TimestampWithTimeZone>, Fault> {
    let (mut micros, mut is_local) = (Vec::new(), Vec::new());
    for time in written {
        let (at, local) = match time {
            WrittenTime::Moment(at) => (at, false),
            WrittenTime::Local(at) | WrittenTime::Day(at) => (at, true),
        };
        micros.push(*at);
        is_local.push(local);
    }
    sql::read(
        include_str!("sql/moments_of_texts.sql"),
        &[tenant.into(), micros.into(), is_local.into()],
        |row| row.need("at"),
    )
}

/// The accounts of which something newer is known. They are locked.
pub fn find_stale(tenant: Uuid, told: &[Told]) -> Result<HashSet<Uuid>, Fault> {
    let found = run_told(include_str!("sql/stale_accounts.sql"), tenant, told)?;
    Ok(found.into_iter().collect())
}

/// Remembers the moments: nothing newer was known.
pub fn remember(tenant: Uuid, told: &[Told]) -> Result<(), Fault> {
    run_told(include_str!("sql/keep_told_moments.sql"), tenant, told).map(drop)
}

fn run_told(statement: &str, tenant: Uuid, told: &[Told]) -> Result<Vec<Uuid>, Fault> {
    if told.is_empty() {
        return Ok(Vec::new());
    }
    let ids = told.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let moments = told.iter().map(|(_, at)| *at).collect::<Vec<_>>();
    let _section = System::enter();
    sql::write(
        statement,
        &[tenant.into(), ids.into(), moments.into()],
        |row| row.need("account_id"),
    )
}
