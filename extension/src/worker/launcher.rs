//! Owns the launcher: it finds the databases, starts the workers of each, and restarts those that ended.
//!
//! A worker that finds no extension says so and is not started again until that database is registered by CREATE EXTENSION.

use super::databases::{self, Database};
use super::{reload, transaction};
use crate::background::board::{BOARD, Departure, Duty, Phase, Slot, now_ms};
use pgrx::bgworkers::{BackgroundWorker, BackgroundWorkerBuilder, SignalWakeFlags};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// `backend_type` of the launcher.
const LAUNCHER: &str = "customer_success launcher";
const LIBRARY: &str = "customer_success";

/// `backend_type` and application_name of a worker.
pub const fn worker_name(duty: Duty) -> &'static str {
    match duty {
        Duty::Deliveries => "customer_success worker",
        Duty::Chores => "customer_success chores",
    }
}

const POLL: Duration = Duration::from_secs(5);
const POLL_SOON: Duration = Duration::from_millis(100);
const START_PATIENCE_MS: i64 = 60_000;
const FIRST_BACK_OFF_MS: i64 = 500;
const LONGEST_BACK_OFF_MS: i64 = 30_000;

/// Registers the launcher with the postmaster, at preload.
pub fn register() {
    BackgroundWorkerBuilder::new(LAUNCHER)
        .set_type(LAUNCHER)
        .set_library(LIBRARY)
        .set_function("customer_success_launcher_main")
        .enable_spi_access()
        .set_restart_time(Some(Duration::from_secs(1)))
        .load();
}

/// Entry point of the launcher.
#[pg_guard]
#[unsafe(no_mangle)]
pub extern "C-unwind" fn customer_success_launcher_main(_argument: pg_sys::Datum) {
    BackgroundWorker::attach_signal_handlers(SignalWakeFlags::SIGHUP | SignalWakeFlags::SIGTERM);
    BackgroundWorker::connect_worker_to_spi(None, None);
    // SAFETY: main thread, connected; PostgreSQL shows it in pg_stat_activity.
    unsafe {
        pg_sys::SetConfigOption(
            c"application_name".as_ptr(),
            c"customer_success launcher".as_ptr(),
            pg_sys::GucContext::PGC_USERSET,
            pg_sys::GucSource::PGC_S_SESSION,
        );
    }
    BOARD.get().attend();
    let mut launcher = Launcher::default();
    let mut pause = Duration::from_millis(1);
    while BackgroundWorker::wait_latch(Some(pause)) {
        reload::if_asked();
        pause = launcher.round();
    }
    BOARD.get().leave();
    // SAFETY: the end of this process. Who ends without an error is not started again, and nobody else starts workers.
    unsafe { pg_sys::proc_exit(1) }
}

/// What the launcher remembers between rounds.
#[derive(Default)]
struct Launcher {
    without_extension: HashSet<u32>,
    /// Registered while a worker of theirs was there: if that one says that there is no extension, it looked too early.
    registered: HashSet<u32>,
    /// Per worker: not before this moment, and how long the next wait is.
    back_off: HashMap<(u32, Duty), (i64, i64)>,
    has_warned: bool,
}

impl Launcher {
    fn round(&mut self) -> Duration {
        self.hear_registrations();
        let Some(databases) = transaction::run(c"looking for databases", || Ok(databases::list()))
        else {
            return POLL;
        };
        let known = databases.iter().map(|it| it.oid.to_u32());
        let known = known.collect::<HashSet<_>>();
        self.without_extension.retain(|oid| known.contains(oid));
        self.registered.retain(|oid| known.contains(oid));
        self.back_off.retain(|(oid, _), _| known.contains(oid));
        BOARD.get().slots().iter().for_each(|slot| self.reap(slot));
        let mut is_waiting = false;
        for duty in Duty::ALL {
            for database in &databases {
                is_waiting |= self.start_if_due(database, duty);
            }
        }
        if !is_waiting && BOARD.get().slots().iter().all(has_no_remains) {
            POLL
        } else {
            POLL_SOON
        }
    }

    fn hear_registrations(&mut self) {
        let (registered, all) = BOARD.get().take_registrations();
        if all {
            self.without_extension.clear();
        }
        for oid in registered {
            self.without_extension.remove(&oid);
            for duty in Duty::ALL {
                self.back_off.remove(&(oid, duty));
            }
            if BOARD.get().slot_of(oid, Duty::Deliveries).is_some() {
                self.registered.insert(oid);
            }
        }
    }

    /// Frees the slot of a worker that is gone, unless a command that needs the database to itself still holds it.
    fn reap(&mut self, slot: &Slot) {
        let (phase, oid) = (slot.phase(), slot.database.load(Ordering::Acquire));
        let age = now_ms() - slot.since_ms.load(Ordering::Relaxed);
        if phase == Phase::Starting && age > START_PATIENCE_MS {
            slot.pass(Phase::Starting, Phase::Free);
        }
        if phase != Phase::Left || slot.held_until_ms.load(Ordering::Acquire) > now_ms() {
            return;
        }
        match (slot.departure(), slot.duty()) {
            (Departure::NoExtension, Duty::Deliveries) if !self.registered.contains(&oid) => {
                self.without_extension.insert(oid);
            }
            (Departure::NoExtension | Departure::Asked, _) => {}
            (Departure::Died, duty) => self.wait_longer(oid, duty),
        }
        slot.pass(Phase::Left, Phase::Free);
    }

    fn wait_longer(&mut self, oid: u32, duty: Duty) {
        let last = self.back_off.get(&(oid, duty));
        let wait = last.map_or(FIRST_BACK_OFF_MS, |(_, wait)| *wait);
        let next = (wait * 2).min(LONGEST_BACK_OFF_MS);
        self.back_off.insert((oid, duty), (now_ms() + wait, next));
    }

    /// Starts a worker where one is due. True where one is wanted but has to wait.
    fn start_if_due(&mut self, database: &Database, duty: Duty) -> bool {
        let oid = database.oid.to_u32();
        if self.without_extension.contains(&oid) || BOARD.get().slot_of(oid, duty).is_some() {
            return false;
        }
        // The first worker finds out whether there is an extension; it wakes the launcher for the other one.
        let is_served = || {
            let first = BOARD.get().slot_of(oid, Duty::Deliveries);
            first.is_some_and(Slot::serves)
        };
        if duty == Duty::Chores && !is_served() {
            return false;
        }
        let back_off = self.back_off.get(&(oid, duty));
        if back_off.is_some_and(|(until, _)| *until > now_ms()) {
            return true;
        }
        if duty == Duty::Deliveries {
            self.registered.remove(&oid);
        }
        if start(oid, duty) {
            return false;
        }
        self.wait_longer(oid, duty);
        self.warn_once();
        true
    }

    fn warn_once(&mut self) {
        if !self.has_warned {
            self.has_warned = true;
            pgrx::warning!(
                "customer_success: no background worker is free for another database; raise max_worker_processes"
            );
        }
    }
}

fn has_no_remains(slot: &Slot) -> bool {
    slot.phase() != Phase::Left
}

/// False where no slot or no process is free.
fn start(oid: u32, duty: Duty) -> bool {
    let mut slots = BOARD.get().slots().iter().enumerate();
    let Some((index, slot)) = slots.find(|(_, slot)| slot.claim(oid, duty)) else {
        return false;
    };
    let name = worker_name(duty);
    let is_started = i32::try_from(index).is_ok_and(|index| {
        BackgroundWorkerBuilder::new(name)
            .set_type(name)
            .set_library(LIBRARY)
            .set_function("customer_success_worker_main")
            .enable_spi_access()
            .set_restart_time(None)
            .set_argument(index.into_datum())
            .set_extra(&oid.to_string())
            .load_dynamic()
            .is_ok()
    });
    if !is_started {
        slot.pass(Phase::Starting, Phase::Free);
    }
    is_started
}
