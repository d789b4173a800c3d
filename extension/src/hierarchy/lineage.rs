//! Owns where an account stands, as its caller sees it. What is above and below is asked for in SQL (sql/again/25_hierarchy.sql),
//! whose functions the planner takes apart: no row passes through here.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXT, UUID};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

thread_local! {
    static SUBJECT: Kept = const { Kept::new(include_str!("sql/subject.sql"), &[UUID]) };
    static BREADCRUMB: Kept = const { Kept::new(include_str!("sql/breadcrumb.sql"), &[UUID, TEXT]) };
}

/// The account a question is about.
pub struct Subject {
    /// Its tenant.
    pub tenant: Uuid,
    /// Its level.
    pub level: i32,
    /// Its path.
    pub path: String,
}

/// The account, if the caller sees it.
pub fn subject(account: Uuid) -> Result<Subject, Fault> {
    let found = SUBJECT.with(|query| {
        query.read(&[account.into()], |row| {
            Ok(Subject {
                tenant: row.need("tenant_id")?,
                level: row.need("hierarchy_level")?,
                path: row.need("hierarchy_path")?,
            })
        })
    })?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| Fault::no_such("account"))
}

#[pg_extern(stable)]
fn account_breadcrumb(
    account_id: Uuid,
) -> TableIterator<'static, (name!(position, i32), name!(id, Uuid), name!(name, String))> {
    let _pinned = Pinned::enter();
    TableIterator::new(breadcrumb(account_id).or_raise())
}

fn breadcrumb(account: Uuid) -> Result<Vec<(i32, Uuid, String)>, Fault> {
    let it = subject(account)?;
    let steps = BREADCRUMB.with(|query| {
        query.read(&[it.tenant.into(), it.path.as_str().into()], |row| {
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
    let it = subject(account_id).or_raise();
    TableIterator::once((it.tenant, it.level, it.path))
}
