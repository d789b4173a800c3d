//! Owns `cs.worker_status()`: what waits for the worker and what stands still, for whoever monitors the server.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::webhooks::clone_guard;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

struct StepStatus {
    tenant_id: Uuid,
    tenant: String,
    step: String,
    account_id: Option<Uuid>,
    playbook_id: Option<Uuid>,
    error: Option<String>,
    failed_since: Option<TimestampWithTimeZone>,
    tries: Option<i32>,
    held_as_copy: bool,
    waiting: i64,
    oldest: Option<TimestampWithTimeZone>,
}

#[pg_extern]
fn worker_status() -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(tenant, String),
        name!(step, String),
        name!(account_id, Option<Uuid>),
        name!(playbook_id, Option<Uuid>),
        name!(error, Option<String>),
        name!(failed_since, Option<TimestampWithTimeZone>),
        name!(tries, Option<i32>),
        name!(held_as_copy, bool),
        name!(waiting, i64),
        name!(oldest, Option<TimestampWithTimeZone>),
    ),
> {
    let _pinned = Pinned::enter();
    let rows = read_status().or_raise().into_iter().map(|it| {
        (
            it.tenant_id,
            it.tenant,
            it.step,
            it.account_id,
            it.playbook_id,
            it.error,
            it.failed_since,
            it.tries,
            it.held_as_copy,
            it.waiting,
            it.oldest,
        )
    });
    TableIterator::new(rows)
}

/// That the caller may ask is a grant: to pg_monitor alone.
fn read_status() -> Result<Vec<StepStatus>, Fault> {
    let _section = System::enter();
    let (system, database) = clone_guard::installation_id();
    sql::read(
        include_str!("sql/worker_status.sql"),
        &[system.into(), database.into()],
        |row| {
            Ok(StepStatus {
                tenant_id: row.need("tenant_id")?,
                tenant: row.need("tenant")?,
                step: row.need("step")?,
                account_id: row.maybe("account_id")?,
                playbook_id: row.maybe("playbook_id")?,
                error: row.maybe("error")?,
                failed_since: row.maybe("failed_since")?,
                tries: row.maybe("tries")?,
                held_as_copy: row.need("held_as_copy")?,
                waiting: row.need("waiting")?,
                oldest: row.maybe("oldest")?,
            })
        },
    )
}
