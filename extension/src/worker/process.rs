//! Owns the life of a worker: the main thread of a process that serves one database with one duty. It runs SQL and waits on its
//! latch, nowhere else.

use super::chores::Chores;
use super::deliveries::Deliveries;
use super::rounds::{Round, Work};
use super::stand_by::{self, Footing};
use super::{extension_lock as extension, launcher, reload, transaction};
use crate::background::board::{BOARD, Departure, Duty, Phase, Slot};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::webhooks::network::Network;
use pgrx::bgworkers::{BackgroundWorker, SignalWakeFlags};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::c_int;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Entry point of a worker; the argument is the index of its slot.
#[pg_guard]
#[unsafe(no_mangle)]
pub extern "C-unwind" fn customer_success_worker_main(argument: pg_sys::Datum) {
    let Some(slot) = BOARD.get().slots().get(argument.value()) else {
        return;
    };
    let database = BackgroundWorker::get_extra().parse::<u32>().unwrap_or(0);
    if slot.database.load(Ordering::Acquire) != database
        || !slot.pass(Phase::Starting, Phase::Running)
    {
        return;
    }
    // SAFETY: the callback gets the slot's index and runs on every way out of this process but a crash.
    unsafe { pg_sys::before_shmem_exit(Some(vacate), argument) };
    slot.occupy();
    let duty = slot.duty();
    // The network thread first: it must be born while signals are still blocked.
    let network = (duty == Duty::Deliveries).then(Network::start).transpose();
    BackgroundWorker::attach_signal_handlers(SignalWakeFlags::SIGHUP | SignalWakeFlags::SIGTERM);
    BackgroundWorker::connect_worker_to_spi_by_oid(Some(pg_sys::Oid::from(database)), None);
    match transaction::run(c"starting", || begin(duty)) {
        Some(true) => {}
        Some(false) => return slot.set_departure(Departure::NoExtension),
        None => return,
    }
    slot.is_serving.store(true, Ordering::Release);
    BOARD.get().wake_launcher();
    if let Err(departure) = stand_by::until_ready(slot) {
        return slot.set_departure(departure);
    }
    match network {
        Ok(Some(network)) => {
            if let Some(deliveries) = Deliveries::begin(network) {
                live(slot, deliveries);
            }
        }
        Ok(None) => live(slot, Chores::begin()),
        Err(error) => pgrx::log!("customer_success: no network thread: {error}"),
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn vacate(_code: c_int, argument: pg_sys::Datum) {
    if let Some(slot) = BOARD.get().slots().get(argument.value()) {
        slot.vacate();
        BOARD.get().wake_launcher();
    }
}

/// False where the database has no extension.
fn begin(duty: Duty) -> Result<bool, Fault> {
    // A lock that someone holds on the extension does not hold up anything for long.
    sql::run("set lock_timeout = '2s'", &[])?;
    if !extension::hold() {
        return Ok(false);
    }
    sql::run("set role cs_worker", &[])?;
    sql::run(
        "select set_config('application_name', $1, false)",
        &[launcher::worker_name(duty).into()],
    )?;
    // A crash then repeats a delivery under the same id, or a score, at worst; it never loses one.
    sql::run("set synchronous_commit = off", &[])?;
    Ok(true)
}

fn live<W: Work>(slot: &Slot, mut work: W) {
    let mut stays = true;
    let mut footing = Footing::of_now();
    // Who has lost it leaves, and its successor stands by.
    while stays && !slot.leave.load(Ordering::Acquire) && !footing.is_lost() {
        if reload::if_asked() {
            work.reload();
        }
        slot.vitals.beat();
        match work.round() {
            Round::Idle => stays = BackgroundWorker::wait_latch(Some(work.rest())),
            Round::Busy => stays = BackgroundWorker::wait_latch(Some(Duration::ZERO)),
            Round::NoExtension => return slot.set_departure(Departure::NoExtension),
            Round::Broken => return,
        }
    }
    slot.set_departure(Departure::Asked);
    work.farewell();
}
