//! Owns the self-test of isolation: two throw-away tenants, every table, view and function, every role, and what came of
//! reaching across. Everything it makes is rolled back before it answers.

mod attempt;
mod surface;

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql::{self};
use crate::pg::subtransaction::undone;
use attempt::{Caller, Tried};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

#[pg_extern]
fn isolation_selftest() -> TableIterator<
    'static,
    (
        name!(caller, String),
        name!(object, String),
        name!(action, String),
        name!(happened, String),
        name!(ok, bool),
    ),
> {
    let _pinned = Pinned::enter();
    let tried = run().or_raise();
    TableIterator::new(
        tried
            .into_iter()
            .map(|it| (it.caller, it.object, it.action, it.happened, it.is_ok)),
    )
}

fn run() -> Result<Vec<Tried>, Fault> {
    require_superuser("run the self-test of isolation")?;
    undone(try_all).map_err(|failure| {
        Fault::internal(format!(
            "the self-test could not run: {} {}",
            failure.sqlstate, failure.message
        ))
    })
}

fn try_all() -> Result<Vec<Tried>, Fault> {
    // A marker that no other row can hold.
    let (ours, theirs) = (marker(), marker());
    make_tenant(&ours)?;
    make_tenant(&theirs)?;
    let surface = surface::Surface::read(&theirs)?;
    let mut tried = Vec::new();
    for caller in callers(&ours, &theirs)? {
        tried.push(attempt::sees_own(&caller));
        for relation in &surface.relations {
            tried.extend(attempt::on_relation(&caller, relation, &surface));
        }
        for function in &surface.functions {
            tried.push(attempt::on_function(&caller, function, &surface));
        }
    }
    Ok(tried)
}

fn marker() -> String {
    format!("selftest-{}", crate::pg::uuid_v7::new())
}

fn make_tenant(marker: &str) -> Result<(), Fault> {
    for statement in include_str!("sql/world.sql")
        .split(";\n")
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        sql::run(statement, &[marker.into()])?;
    }
    Ok(())
}

/// One caller per role; foreign to each is the other tenant, and to a Contributor also the colleague's account.
fn callers(ours: &str, theirs: &str) -> Result<Vec<Caller>, Fault> {
    sql::read(
        include_str!("sql/callers.sql"),
        &[ours.into(), theirs.into()],
        |row| {
            Ok(Caller {
                role: row.need("role")?,
                user: row.need("user_id")?,
                tenant: row.need("tenant_id")?,
                foreign: row.need("foreign")?,
            })
        },
    )
}
