//! Owns `cs.automation_metrics()`: the figures of the whole database that the gateway shows to Prometheus. No tenant, account or
//! receiver is named.

use crate::background::board::now_ms;
use crate::background::vitals::read_vitals;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::webhooks::clone_guard;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// The name of a figure, what it is about, and its value.
type Figure = (String, Option<String>, f64);

#[pg_extern(volatile)]
fn automation_metrics() -> TableIterator<
    'static,
    (
        name!(name, String),
        name!(of, Option<String>),
        name!(value, f64),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(read_metrics().or_raise())
}

/// That the caller may ask is a grant: to cs_gateway alone.
fn read_metrics() -> Result<Vec<Figure>, Fault> {
    let mut figures = read_worker_metrics();
    let _section = System::enter();
    let is_copy = f64::from(u8::from(clone_guard::is_copy()?));
    figures.push(("is_copy".to_owned(), None, is_copy));
    let counted = sql::read(include_str!("sql/automation_metrics.sql"), &[], |row| {
        Ok((row.need("name")?, row.maybe("of")?, row.need("value")?))
    })?;
    figures.extend(counted);
    Ok(figures)
}

fn read_worker_metrics() -> Vec<Figure> {
    let mut figures = Vec::new();
    for worker in read_vitals() {
        let mut add = |name: &str, value: i64| {
            let of = Some(worker.duty.label().to_owned());
            #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
            figures.push((name.to_owned(), of, value as f64));
        };
        let seconds_since = |at: i64| (now_ms() - at).max(0) / 1000;
        add("worker_uptime_seconds", seconds_since(worker.started_at_ms));
        if let Some(at) = worker.beat_at_ms {
            add("worker_heartbeat_age_seconds", seconds_since(at));
        }
        add("worker_under_way", worker.under_way.into());
        add("worker_waiting_bytes", worker.waiting_bytes);
        add("worker_sent_total", worker.sent);
        add("worker_failed_total", worker.failed);
    }
    figures
}
