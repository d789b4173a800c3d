//! Owns the wake at commit: a transaction that left work for the worker wakes it in its commit callback, when its rows are visible.
//!
//! Not woken are two-phase commits and replicas with disabled triggers; the worker polls for those.

use super::board::{BOARD, is_available};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::cell::Cell;
use std::ffi::c_void;

thread_local! {
    static WORKER: Cell<bool> = const { Cell::new(false) };
    static LAUNCHER: Cell<bool> = const { Cell::new(false) };
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// Wakes this database's worker once the current transaction commits. The worker does not wake itself.
pub fn at_commit() {
    WORKER.set(!IS_WORKER.get());
}

/// Asks the launcher to look at this database once the current transaction commits.
pub fn register_at_commit() {
    LAUNCHER.set(true);
}

/// Says that this process is a worker.
pub fn mark_worker() {
    IS_WORKER.set(true);
}

/// Registers the callback; called once, when the library is loaded.
pub fn register() {
    // SAFETY: the callback lives as long as the process.
    unsafe { pg_sys::RegisterXactCallback(Some(at_transaction_end), std::ptr::null_mut()) }
}

/// Runs after the commit record: a failure here would be a PANIC, so it only touches atomics and a latch.
#[pg_guard]
unsafe extern "C-unwind" fn at_transaction_end(event: pg_sys::XactEvent::Type, _arg: *mut c_void) {
    use pg_sys::XactEvent::{XACT_EVENT_ABORT, XACT_EVENT_COMMIT, XACT_EVENT_PREPARE};
    if !matches!(
        event,
        XACT_EVENT_COMMIT | XACT_EVENT_ABORT | XACT_EVENT_PREPARE
    ) {
        return;
    }
    let (worker, launcher) = (WORKER.replace(false), LAUNCHER.replace(false));
    if event != XACT_EVENT_COMMIT || !(worker || launcher) || !is_available() {
        return;
    }
    // SAFETY: fixed once the backend is connected.
    let database = unsafe { pg_sys::MyDatabaseId }.to_u32();
    let running = BOARD
        .get()
        .slot_of(database)
        .filter(|slot| slot.is_running());
    if let Some(slot) = running {
        slot.wake();
    }
    // A worker that runs may be one that looked for the extension a moment too early and is about to leave.
    if launcher || running.is_none() {
        BOARD.get().register(database);
    }
}
