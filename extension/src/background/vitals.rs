//! Owns what the workers of this database say of themselves in shared memory.

use super::board::{BOARD, Duty, is_available};
use pgrx::pg_sys;
use std::sync::atomic::Ordering;

/// A worker, as it was seen last. Moments are in ms since 1970.
#[derive(Debug, Clone)]
pub struct WorkerVitals {
    pub duty: Duty,
    pub pid: i32,
    pub started_at_ms: i64,
    /// When it was last at work; `None` where it does not say so.
    pub beat_at_ms: Option<i64>,
    /// Deliveries that are being sent.
    pub under_way: i32,
    /// Length of the payloads in its memory.
    pub waiting_bytes: i64,
    /// Tries that arrived since it started.
    pub sent: i64,
    /// Tries that did not.
    pub failed: i64,
}

impl Duty {
    /// What it is called in figures.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Deliveries => "deliveries",
            Self::Chores => "chores",
        }
    }
}

/// The workers that run for this database; none where the library is not preloaded.
pub fn read_vitals() -> Vec<WorkerVitals> {
    if !is_available() {
        return Vec::new();
    }
    // SAFETY: fixed once the backend is connected.
    let database = unsafe { pg_sys::MyDatabaseId.to_u32() };
    let board = BOARD.get();
    let running = board.slots_of(database).filter(|slot| slot.serves());
    let vitals = running.map(|slot| WorkerVitals {
        duty: slot.duty(),
        pid: slot.pid.load(Ordering::Acquire),
        started_at_ms: slot.vitals.began_ms.load(Ordering::Relaxed),
        beat_at_ms: Some(slot.vitals.beat_ms.load(Ordering::Relaxed)),
        under_way: i32::try_from(slot.vitals.under_way.load(Ordering::Relaxed)).unwrap_or(i32::MAX),
        waiting_bytes: slot.vitals.bytes.load(Ordering::Relaxed).cast_signed(),
        sent: slot.vitals.completed.load(Ordering::Relaxed).cast_signed(),
        failed: slot.vitals.failed.load(Ordering::Relaxed).cast_signed(),
    });
    vitals.collect()
}
