//! Owns the wake at commit: a transaction that left work for the workers wakes them in its commit callback, when its rows are
//! visible.
//!
//! Not woken are two-phase commits and replicas with disabled triggers; the workers poll for those.

use super::board::{BOARD, Duty, is_available};
use super::lane_marks::{LaneMark, LaneMarks};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::sync::atomic::Ordering;

thread_local! {
    static WORKERS: Cell<[bool; Duty::ALL.len()]> = const { Cell::new([false; Duty::ALL.len()]) };
    static DELIVERIES: RefCell<Deliveries> = const { RefCell::new(Deliveries::none()) };
    static LAUNCHER: Cell<bool> = const { Cell::new(false) };
    /// Databases whose workers start anew. A transaction that changes the settings of more lets the others wait for a restart.
    static STARTING_ANEW: Cell<[u32; 8]> = const { Cell::new([0; 8]) };
}

/// Wakes this database's worker of that duty once the current transaction commits. A worker does not wake itself.
pub fn at_commit(duty: Duty) {
    let mut workers = WORKERS.get();
    workers[duty as usize] = true;
    WORKERS.set(workers);
}

/// What this transaction did to deliveries.
struct Deliveries {
    lanes: Vec<LaneMark>,
    any_lane_from: i64,
    is_released: bool,
    is_ordered: bool,
}

/// A transaction that touches more lanes marks all of them.
const MOST_LANES: usize = 64;

impl Deliveries {
    const fn none() -> Self {
        Self {
            lanes: Vec::new(),
            any_lane_from: i64::MAX,
            is_released: false,
            is_ordered: false,
        }
    }

    fn add(&mut self, mark: LaneMark) {
        if let Some(known) = self.lanes.iter_mut().find(|it| it.lane == mark.lane) {
            known.from = known.from.min(mark.from);
        } else if self.lanes.len() < MOST_LANES {
            self.lanes.push(mark);
        } else {
            self.any_lane_from = self.any_lane_from.min(mark.from);
        }
    }

    /// Nothing is freed here, so that a commit callback can do it.
    fn tell(&self, marks: &LaneMarks) {
        self.lanes.iter().for_each(|lane| marks.mark(*lane));
        if self.any_lane_from != i64::MAX {
            marks.mark_any(self.any_lane_from);
        }
        if self.is_released {
            marks.note_released();
        }
        if self.is_ordered {
            marks.note_ordered();
        }
    }

    fn forget(&mut self) {
        self.lanes.clear();
        self.any_lane_from = i64::MAX;
        self.is_released = false;
        self.is_ordered = false;
    }
}

/// Tells the worker, at commit, that a lane has deliveries due from this moment on, in µs since 1970.
pub fn mark_lane_at_commit(lane: u64, from: i64) {
    DELIVERIES.with_borrow_mut(|it| it.add(LaneMark { lane, from }));
    at_commit(Duty::Deliveries);
}

/// Tells the worker, at commit, that what was held may now be sent or cancelled.
pub fn release_at_commit() {
    DELIVERIES.with_borrow_mut(|it| it.is_released = true);
    at_commit(Duty::Deliveries);
}

/// Tells the worker, at commit, that a line of ordered deliveries has changed.
pub fn reorder_at_commit() {
    DELIVERIES.with_borrow_mut(|it| it.is_ordered = true);
    at_commit(Duty::Deliveries);
}

/// Tells the worker, at commit, to look at every delivery anew.
pub fn look_anew_at_commit() {
    DELIVERIES.with_borrow_mut(|it| it.any_lane_from = i64::MIN);
    release_at_commit();
    reorder_at_commit();
}

/// Asks the launcher to look at this database once the current transaction commits.
pub fn register_at_commit() {
    LAUNCHER.set(true);
}

/// Lets the workers of a database leave and return once the current transaction commits, as with settings that sessions take when they
/// begin.
pub fn start_anew_at_commit(database: u32) {
    let mut all = STARTING_ANEW.get();
    if !all.contains(&database)
        && let Some(free) = all.iter_mut().find(|it| **it == 0)
    {
        *free = database;
        STARTING_ANEW.set(all);
    }
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
    let starting_anew = STARTING_ANEW.take();
    if event != XACT_EVENT_COMMIT || !is_available() {
        forget_deliveries();
        return;
    }
    for database in starting_anew.into_iter().filter(|it| *it != 0) {
        for slot in BOARD.get().slots_of(database) {
            slot.leave.store(true, Ordering::Release);
            slot.wake();
        }
    }
    // SAFETY: fixed once the backend is connected.
    let (database, this_process) = unsafe { (pg_sys::MyDatabaseId.to_u32(), pg_sys::MyProcPid) };
    let mut is_missed = false;
    // Told before the worker is woken. Without a worker nobody need be told: the next one looks at everything.
    if workers[Duty::Deliveries as usize]
        && let Some(slot) = BOARD.get().slot_of(database, Duty::Deliveries)
    {
        tell_deliveries(&slot.marks);
    }
    forget_deliveries();
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

fn tell_deliveries(marks: &LaneMarks) {
    DELIVERIES.with(|it| {
        if let Ok(it) = it.try_borrow() {
            it.tell(marks);
        }
    });
}

fn forget_deliveries() {
    DELIVERIES.with(|it| {
        if let Ok(mut it) = it.try_borrow_mut() {
            it.forget();
        }
    });
}
