//! Owns the sums of a whole family: an account and all below it, as far as the caller sees them.

use super::lookup::{AccountPlace, find_account_place};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System, caller_is_narrowed};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, Date};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

#[pg_extern(stable)]
fn account_rollup(
    account_id: Uuid,
) -> TableIterator<
    'static,
    (
        name!(accounts, i32),
        name!(own_arr, AnyNumeric),
        name!(family_arr, AnyNumeric),
        name!(health, Option<i32>),
        name!(risk_level, Option<String>),
        name!(worst_score, Option<i32>),
        name!(worst_account_id, Option<Uuid>),
        name!(worst_name, Option<String>),
        name!(critical, i32),
        name!(arr_at_risk, AnyNumeric),
        name!(earliest_renewal, Option<Date>),
        name!(partial, bool),
    ),
> {
    let _pinned = Pinned::enter();
    let place = find_account_place(account_id).or_raise();
    let mut sums = sql::read(
        include_str!("sql/rollup.sql"),
        &[
            place.tenant.into(),
            place.path.as_str().into(),
            account_id.into(),
        ],
        |row| {
            Ok((
                row.need::<i32>("accounts")?,
                row.need("own_arr")?,
                row.need("family_arr")?,
                row.maybe("health")?,
                row.maybe("risk_level")?,
                row.maybe("worst_score")?,
                row.maybe("worst_account_id")?,
                row.maybe("worst_name")?,
                row.need("critical")?,
                row.need("arr_at_risk")?,
                row.maybe("earliest_renewal")?,
                false,
            ))
        },
    )
    .or_raise();
    for family in &mut sums {
        family.11 = is_partial(&place, family.0).or_raise();
    }
    TableIterator::new(sums)
}

/// Whether the family has more accounts than the caller sees; how many more is not revealed.
fn is_partial(place: &AccountPlace, visible: i32) -> Result<bool, Fault> {
    if !caller_is_narrowed() {
        return Ok(false);
    }
    let _section = System::enter();
    let all = sql::one(
        "select count(*)::integer as accounts from cs.accounts
         where tenant_id = $1 and (hierarchy_path = $2 or (hierarchy_path >= $2 || '/' and hierarchy_path < $2 || '0'))",
        &[place.tenant.into(), place.path.as_str().into()],
        |row| row.need::<i32>("accounts"),
    )?;
    Ok(all > visible)
}
