//! Owns the figures of the view automation_health: how the automation of a tenant is doing, and of the workers it depends on.

use super::automation_problem::{AutomationState, describe_problem};
use crate::background::board::{self, Duty};
use crate::background::footing::{self, Obstacle};
use crate::background::vitals::{WorkerVitals, read_vitals};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System, caller_is_narrowed};
use crate::pg::sql;
use crate::webhooks::clone_guard;
use crate::webhooks::settings::WEBHOOKS_ENABLED;
use chrono::{DateTime, Days, SecondsFormat, Utc};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};

/// What ended is counted among deliveries made in this many days: longer than all tries of one take.
const DAYS_LOOKED_AT: u64 = 4;

type Row = (Uuid, String, JsonB, Option<String>);

#[pg_extern(volatile)]
fn automation_figures() -> TableIterator<
    'static,
    (
        name!(tenant_id, Uuid),
        name!(tenant, String),
        name!(figures, JsonB),
        name!(problem, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(read_figures().or_raise())
}

/// Whose figures the caller may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those of all tenants.
    All,
    /// Those of one.
    Only(Uuid),
    None,
}

/// Of one's own tenant by right; of all for who monitors the server.
fn scope_of_caller() -> Result<Scope, Fault> {
    if let Some(tenant) = identity::tenant_if_allowed(Action::PlaybookRead) {
        return Ok(Scope::Only(tenant));
    }
    let monitors = !caller_is_narrowed()
        || sql::exists(
            "select where pg_catalog.pg_has_role('pg_monitor', 'usage')",
            &[],
        )?;
    Ok(match monitors {
        true => Scope::All,
        false => Scope::None,
    })
}

fn read_figures() -> Result<Vec<Row>, Fault> {
    let only = match scope_of_caller()? {
        Scope::None => return Ok(Vec::new()),
        Scope::Only(tenant) => Some(tenant),
        Scope::All => None,
    };
    let workers = read_vitals();
    let _section = System::enter();
    let is_copy = clone_guard::is_copy()?;
    let is_filled = footing::find_obstacle()? == Some(Obstacle::Subscription);
    sql::read(
        include_str!("sql/automation_figures.sql"),
        &[only.into(), oldest_looked_at().into()],
        |row| {
            let mut figures = row.need::<JsonB>("figures")?.0;
            let problem = describe_problem(&state_of(&figures, &workers, is_copy, is_filled));
            add_workers(&mut figures, &workers);
            figures["is_copy"] = is_copy.into();
            let (id, slug) = (row.need("id")?, row.need("slug")?);
            Ok((id, slug, JsonB(figures), problem))
        },
    )
}

/// An id as old as the oldest delivery looked at: ids are in order of time.
fn oldest_looked_at() -> Uuid {
    let since = Utc::now().checked_sub_days(Days::new(DAYS_LOOKED_AT));
    let millis = since.map_or(0, |it| it.timestamp_millis()).unsigned_abs();
    let mut bytes = [0; 16];
    bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
    Uuid::from_bytes(bytes)
}

fn worker(workers: &[WorkerVitals], duty: Duty) -> Option<&WorkerVitals> {
    workers.iter().find(|it| it.duty == duty)
}

fn state_of(
    figures: &Value,
    workers: &[WorkerVitals],
    is_copy: bool,
    is_filled: bool,
) -> AutomationState {
    let number = |key: &str| figures[key].as_i64();
    let sender = worker(workers, Duty::Deliveries);
    let beat = sender.and_then(|it| it.beat_at_ms);
    let hosts = figures["breakers"].as_array().into_iter().flatten();
    AutomationState {
        is_preloaded: board::is_available(),
        worker_is_running: sender.is_some(),
        chores_are_running: worker(workers, Duty::Chores).is_some(),
        beat_age_seconds: beat.map(|at| (board::now_ms() - at) / 1000),
        is_enabled: WEBHOOKS_ENABLED.get(),
        is_copy,
        is_filled,
        due: number("due").unwrap_or(0),
        oldest_due_seconds: number("late_seconds"),
        left_alone: hosts
            .filter_map(|it| it["host"].as_str().map(str::to_owned))
            .collect(),
        given_up: number("given_up_day").unwrap_or(0),
    }
}

fn add_workers(figures: &mut Value, workers: &[WorkerVitals]) {
    let sender = worker(workers, Duty::Deliveries);
    let beat = sender.and_then(|it| DateTime::<Utc>::from_timestamp_millis(it.beat_at_ms?));
    figures["worker_is_running"] = sender.is_some().into();
    figures["chores_are_running"] = worker(workers, Duty::Chores).is_some().into();
    figures["worker_beat_at"] =
        json!(beat.map(|it| it.to_rfc3339_opts(SecondsFormat::Millis, true)));
}
