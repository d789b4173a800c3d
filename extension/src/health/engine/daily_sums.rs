//! Owns the sums of usage by local day: changes are appended by whoever writes usage, added up here, and put right after the
//! tenant's time zone has changed.

use super::tenant_zone::PgZone;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use pgrx::Uuid;

/// Adds up what was appended for these accounts.
pub fn fold_daily_sums(tenant: Uuid, accounts: &[Uuid]) -> Result<(), Fault> {
    run(include_str!("sql/fold_daily.sql"), tenant, accounts)
}

/// Puts the sums of these accounts right where their days are those of another time zone, and adds them up.
pub fn correct_daily_sums(tenant: Uuid, accounts: &[Uuid]) -> Result<(), Fault> {
    run(include_str!("sql/correct_daily.sql"), tenant, accounts)?;
    fold_daily_sums(tenant, accounts)
}

fn run(statement: &'static str, tenant: Uuid, accounts: &[Uuid]) -> Result<(), Fault> {
    let zone = PgZone::of_tenant(tenant)?;
    planned::run(
        Planning::of_rows(accounts.len()),
        statement,
        &[tenant.into(), accounts.to_vec().into(), zone.name().into()],
    )
}
