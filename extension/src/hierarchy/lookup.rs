//! Owns looking up where an account is in the tree, as its caller sees it. What is above and below it is asked for in
//! SQL (sql/again/26_hierarchy.sql), by functions that the planner inlines: no row passes through here.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXT, UUID};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

thread_local! {
    static ACCOUNT_PLACE: Kept = const { Kept::new(include_str!("sql/account_place.sql"), &[UUID]) };
    static BREADCRUMB: Kept = const { Kept::new(include_str!("sql/breadcrumb.sql"), &[UUID, TEXT]) };
}

/// Where an account is in the tree.
pub struct AccountPlace {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its level.
    pub level: i32,
    /// Its path.
    pub path: String,
}

/// Where an account is; P0002 unless the caller sees it.
pub fn find_account_place(account: Uuid) -> Result<AccountPlace, Fault> {
    let found = ACCOUNT_PLACE.with(|query| {
        query.first(&[account.into()], |row| {
            Ok(AccountPlace {
                tenant: row.need("tenant_id")?,
                level: row.need("hierarchy_level")?,
                path: row.need("hierarchy_path")?,
            })
        })
    })?;
    found.ok_or_else(|| Fault::no_such("account"))
}

#[pg_extern(stable)]
fn account_breadcrumb(
    account_id: Uuid,
) -> TableIterator<'static, (name!(position, i32), name!(id, Uuid), name!(name, String))> {
    let _pinned = Pinned::enter();
    TableIterator::new(read_breadcrumb(account_id).or_raise())
}

fn read_breadcrumb(account: Uuid) -> Result<Vec<(i32, Uuid, String)>, Fault> {
    let place = find_account_place(account)?;
    let steps = BREADCRUMB.with(|query| {
        query.read(&[place.tenant.into(), place.path.as_str().into()], |row| {
            Ok((row.need("id")?, row.need("name")?))
        })
    })?;
    Ok((0..)
        .zip(steps)
        .map(|(position, (id, name))| (position, id, name))
        .collect())
}

#[pg_extern(stable)]
fn account_place(
    account_id: Uuid,
) -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(level, i32),
        name!(path, String),
    ),
> {
    let _pinned = Pinned::enter();
    let place = find_account_place(account_id).or_raise();
    TableIterator::once((place.tenant, place.level, place.path))
}
