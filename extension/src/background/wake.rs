//! Owns the wake at commit: a transaction that left work for the workers wakes them in its commit callback, when its rows are
//! visible.
//!
//! Not woken are two-phase commits and replicas with disabled triggers; the workers poll for those.

use super::board::{BOARD, Duty, is_available};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::cell::Cell;
use std::ffi::c_void;
use std::sync::atomic::Ordering;

thread_local! {
    static WORKERS: Cell<[bool; Duty::ALL.len()]> = const { Cell::new([false; Duty::ALL.len()]) };
    static LAUNCHER: Cell<bool> = const { Cell::new(false) };
}

/// Wakes this database's worker of that duty once the current transaction commits. A worker does not wake itself.
pub fn at_commit(duty: Duty) {
    let mut workers = WORKERS.get();
    workers[duty as usize] = true;
    WORKERS.set(workers);
}

/// Has this database's worker for deliveries look at everything that is due: some of it committed without waking it.
pub fn missed_deliveries() {
    if !is_available() {
        return;
    }
    // SAFETY: fixed once the backend is connected.
    let database = unsafe { pg_sys::MyDatabaseId.to_u32() };
    if let Some(slot) = BOARD.get().slot_of(database, Duty::Deliveries) {
        slot.wake();
    }
}

/// Asks the launcher to look at this database once the current transaction commits.
pub fn register_at_commit() {
    LAUNCHER.set(true);
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
    let (workers, launcher) = (WORKERS.take(), LAUNCHER.replace(false));
    if event != XACT_EVENT_COMMIT || !is_available() {
        return;
    }
    // SAFETY: fixed once the backend is connected.
    let (database, this_process) = unsafe { (pg_sys::MyDatabaseId.to_u32(), pg_sys::MyProcPid) };
    let mut is_missed = false;
    for duty in Duty::ALL.into_iter().filter(|duty| workers[*duty as usize]) {
        match BOARD.get().slot_of(database, duty) {
            Some(slot) if slot.pid.load(Ordering::Acquire) == this_process => {}
            Some(slot) if slot.is_running() => slot.wake(),
            _ => is_missed = true,
        }
    }
    // A worker that runs may be one that looked for the extension a moment too early and is about to leave.
    if launcher || is_missed {
        BOARD.get().register(database);
    }
}
