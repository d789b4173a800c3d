//! Owns the self-test of isolation: two throw-away tenants, every table, view and function, every role, and what comes
//! of attempts to reach across. Everything it makes is rolled back before it answers.

mod attempt;
mod surface;

use crate::background::footing;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql;
use crate::pg::subtransaction::undone;
use attempt::{Attempt, TestCaller};
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
    let attempts = run_selftest().or_raise();
    TableIterator::new(
        attempts
            .into_iter()
            .map(|it| (it.caller, it.object, it.action, it.happened, it.is_ok)),
    )
}

fn run_selftest() -> Result<Vec<Attempt>, Fault> {
    require_superuser("run the self-test of isolation")?;
    footing::require_completeness()?;
    undone(try_everything).map_err(|failure| {
        Fault::internal(format!(
            "the self-test could not run: {} {}",
            failure.sqlstate, failure.message
        ))
    })
}

fn try_everything() -> Result<Vec<Attempt>, Fault> {
    // Every look is at two small tenants, however much others have.
    sql::run(
        "select set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)",
        &[],
    )?;
    // A marker that no other row can hold.
    let (ours, theirs) = (new_marker(), new_marker());
    make_tenant(&ours)?;
    make_tenant(&theirs)?;
    let surface = surface::Surface::read(&theirs)?;
    let mut attempts = Vec::new();
    for caller in read_callers(&ours, &theirs)? {
        attempts.push(attempt::try_reading_own(&caller));
        for relation in &surface.relations {
            attempts.extend(attempt::try_relation(&caller, relation, &surface));
        }
        for function in &surface.functions {
            attempts.push(attempt::try_function(&caller, function, &surface));
        }
    }
    Ok(attempts)
}

fn new_marker() -> String {
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
fn read_callers(ours: &str, theirs: &str) -> Result<Vec<TestCaller>, Fault> {
    sql::read(
        include_str!("sql/callers.sql"),
        &[ours.into(), theirs.into()],
        |row| {
            Ok(TestCaller {
                role: row.need("role")?,
                user: row.need("user_id")?,
                tenant: row.need("tenant_id")?,
                foreign: row.need("foreign")?,
            })
        },
    )
}
