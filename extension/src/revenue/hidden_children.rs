//! Owns what the caller does not see below accounts that they do see: the ARR of hidden direct children, so that with
//! `parent_arr_includes_children` a parent counts the same for every reader. Only sums per parent leave this file.

use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System, caller_is_narrowed, inside_system};
use crate::pg::sql::types::{UUID, UUIDS};
use crate::pg::sql::{Kept, Row};
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

thread_local! {
    static VISIBLE: Kept = const { Kept::new(include_str!("sql/visible_parents.sql"), &[UUID]) };
    static SUMS: Kept = const { Kept::new(include_str!("sql/hidden_children.sql"), &[UUID, UUIDS]) };
    static STEPS: Kept = const { Kept::new(include_str!("sql/hidden_children_history.sql"), &[UUID, UUIDS]) };
}

#[pg_extern(stable, parallel_safe)]
fn hidden_children() -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(parent_id, Uuid),
        name!(arr, AnyNumeric),
    ),
> {
    let sums = read_hidden(&SUMS, |row| {
        Ok((
            row.need("tenant_id")?,
            row.need("parent_id")?,
            row.need("arr")?,
        ))
    });
    TableIterator::new(sums.or_raise())
}

#[pg_extern(stable, parallel_safe)]
fn hidden_children_history() -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(parent_id, Uuid),
        name!(arr, AnyNumeric),
        name!(valid_from, TimestampWithTimeZone),
        name!(valid_until, Option<TimestampWithTimeZone>),
    ),
> {
    let steps = read_hidden(&STEPS, |row| {
        Ok((
            row.need("tenant_id")?,
            row.need("parent_id")?,
            row.need("arr")?,
            row.need("valid_from")?,
            row.maybe("valid_until")?,
        ))
    });
    TableIterator::new(steps.or_raise())
}

/// What a query finds below the accounts that the caller sees; nothing for callers who see every account of their tenant.
fn read_hidden<T>(
    query: &'static std::thread::LocalKey<Kept>,
    map: impl Fn(&Row<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let Some(tenant) = find_partial_tenant() else {
        return Ok(Vec::new());
    };
    let _pinned = Pinned::enter();
    let visible = VISIBLE.with(|it| it.read(&[tenant.into()], |row| row.need::<Uuid>("id")))?;
    if visible.is_empty() {
        return Ok(Vec::new());
    }
    let _section = System::enter();
    query.with(|it| it.read(&[tenant.into(), visible.into()], map))
}

/// The tenant of a caller whose role sees only some of its accounts.
fn find_partial_tenant() -> Option<Uuid> {
    if inside_system() || !caller_is_narrowed() {
        return None;
    }
    identity::current()
        .membership
        .filter(|(_, role)| !role.sees_all_accounts())
        .map(|(tenant, _)| tenant)
}
