//! Owns `cs.worker_status()`: what waits for the worker and what stands still, for whoever monitors the server.

use crate::background::footing::{self, Obstacle};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::webhooks::clone_guard;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

type StepStatus = (
    Option<Uuid>,
    Option<String>,
    String,
    Option<Uuid>,
    Option<Uuid>,
    Option<String>,
    Option<TimestampWithTimeZone>,
    Option<i32>,
    bool,
    i64,
    Option<TimestampWithTimeZone>,
    Option<String>,
);

#[pg_extern]
fn worker_status() -> TableIterator<
    'static,
    (
        name!(tenant_id, Option<Uuid>),
        name!(tenant, Option<String>),
        name!(step, String),
        name!(account_id, Option<Uuid>),
        name!(playbook_id, Option<Uuid>),
        name!(error, Option<String>),
        name!(failed_since, Option<TimestampWithTimeZone>),
        name!(tries, Option<i32>),
        name!(held_as_copy, bool),
        name!(waiting, i64),
        name!(oldest, Option<TimestampWithTimeZone>),
        name!(waits_for, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(read_status().or_raise())
}

/// That the caller may ask is a grant: to pg_monitor alone.
fn read_status() -> Result<Vec<StepStatus>, Fault> {
    let obstacle = footing::find_obstacle()?;
    if obstacle == Some(Obstacle::Incomplete) {
        return Ok(vec![of_database(Obstacle::Incomplete, 0)]);
    }
    let _section = System::enter();
    let mut rows = Vec::new();
    if let Some(obstacle) = obstacle {
        rows.push(of_database(obstacle, pending()?));
    }
    rows.extend(of_tenants()?);
    Ok(rows)
}

/// The row of what stands in the way of everything.
fn of_database(obstacle: Obstacle, waiting: i64) -> StepStatus {
    let (error, label) = (obstacle.sentence().to_owned(), obstacle.label().to_owned());
    let all = "all".to_owned();
    (
        None,
        None,
        all,
        None,
        None,
        Some(error),
        None,
        None,
        false,
        waiting,
        None,
        Some(label),
    )
}

fn pending() -> Result<i64, Fault> {
    sql::one(
        "select count(*) as it from cs.webhook_queue where status = 'pending'",
        &[],
        |row| row.need("it"),
    )
}

fn of_tenants() -> Result<Vec<StepStatus>, Fault> {
    let (system, database) = clone_guard::installation_id();
    sql::read(
        include_str!("sql/worker_status.sql"),
        &[system.into(), database.into()],
        |row| {
            Ok((
                Some(row.need("tenant_id")?),
                Some(row.need("tenant")?),
                row.need("step")?,
                row.maybe("account_id")?,
                row.maybe("playbook_id")?,
                row.maybe("error")?,
                row.maybe("failed_since")?,
                row.maybe("tries")?,
                row.need("held_as_copy")?,
                row.need("waiting")?,
                row.maybe("oldest")?,
                row.maybe("waits_for")?,
            ))
        },
    )
}
