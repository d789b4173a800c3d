//! Owns `cs.worker_vitals()`: the workers of this database, for whoever monitors the server.

use crate::background::vitals::{WorkerVitals, read_vitals};
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// 2000-01-01T00:00:00Z, where PostgreSQL starts counting, in ms of Unix time.
const POSTGRES_EPOCH_MS: i64 = 946_684_800_000;

#[pg_extern(volatile)]
fn worker_vitals() -> TableIterator<
    'static,
    (
        name!(duty, String),
        name!(pid, i32),
        name!(started_at, Option<TimestampWithTimeZone>),
        name!(beat_at, Option<TimestampWithTimeZone>),
        name!(under_way, i32),
        name!(waiting_bytes, i64),
        name!(sent, i64),
        name!(failed, i64),
    ),
> {
    let row = |it: WorkerVitals| {
        (
            it.duty.label().to_owned(),
            it.pid,
            moment(it.started_at_ms),
            it.beat_at_ms.and_then(moment),
            it.under_way,
            it.waiting_bytes,
            it.sent,
            it.failed,
        )
    };
    TableIterator::new(read_vitals().into_iter().map(row))
}

fn moment(unix_ms: i64) -> Option<TimestampWithTimeZone> {
    TimestampWithTimeZone::try_from((unix_ms - POSTGRES_EPOCH_MS) * 1000).ok()
}
