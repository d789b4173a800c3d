//! Owns a worker: the main thread of the process that serves one database. It runs SQL and waits on its latch, nowhere else;
//! a network thread does the HTTP.

use super::chores::Chores;
use super::{extension_lock as extension, transaction};
use crate::background::board::{BOARD, Departure, Phase, Slot};
use crate::background::wake;
use crate::pg::fault::Fault;
use crate::pg::{setting, sql};
use crate::webhooks::address::AllowedHosts;
use crate::webhooks::delivery::Done;
use crate::webhooks::network::{CAPACITY, Network};
use crate::webhooks::queue::{self, BATCH, Claimed};
use crate::webhooks::retry::Delays;
use crate::webhooks::settings;
use pgrx::bgworkers::{BackgroundWorker, SignalWakeFlags};
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::collections::HashMap;
use std::ffi::c_int;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A wake may be missed (two-phase commit, replication), and retries become due by themselves.
const POLL: Duration = Duration::from_secs(1);
const FAREWELL: Duration = Duration::from_secs(4);

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
    wake::mark_worker();
    // The network thread first: it must be born while signals are still blocked.
    let network = Network::start();
    BackgroundWorker::attach_signal_handlers(SignalWakeFlags::SIGHUP | SignalWakeFlags::SIGTERM);
    BackgroundWorker::connect_worker_to_spi_by_oid(Some(pg_sys::Oid::from(database)), None);
    match network {
        Ok(network) => serve(slot, network),
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

fn serve(slot: &Slot, network: Network) {
    match transaction::run(c"starting", begin) {
        Some(true) => {}
        Some(false) => return slot.set_departure(Departure::NoExtension),
        None => return,
    }
    let mut worker = Worker {
        network,
        busy: HashMap::new(),
        under_way: 0,
        settings: Settings::read(),
        unrecorded: Vec::new(),
        chores: Chores::new(),
    };
    let mut stays = true;
    while stays && !slot.leave.load(Ordering::Acquire) {
        if BackgroundWorker::sighup_received() {
            // SAFETY: main thread, outside a transaction.
            unsafe { pg_sys::ProcessConfigFile(pg_sys::GucContext::PGC_SIGHUP) }
            worker.settings = Settings::read();
        }
        match worker.round() {
            Round::Idle => stays = BackgroundWorker::wait_latch(Some(POLL)),
            Round::Busy => stays = BackgroundWorker::wait_latch(Some(Duration::ZERO)),
            Round::NoExtension => return slot.set_departure(Departure::NoExtension),
            Round::NetworkLost => return,
        }
    }
    slot.set_departure(Departure::Asked);
    worker.farewell();
}

/// False where the database has no extension.
fn begin() -> Result<bool, Fault> {
    // A lock that someone holds, on the extension or on a delivery, does not hold up the others for long.
    sql::run("set lock_timeout = '2s'", &[])?;
    if !extension::hold() {
        return Ok(false);
    }
    sql::run("set role cs_worker", &[])?;
    sql::run("set application_name = 'customer_success worker'", &[])?;
    // A crash then repeats a delivery under the same id at worst; it never loses one.
    sql::run("set synchronous_commit = off", &[])?;
    queue::give_back()?;
    Ok(true)
}

/// The settings a round needs, read once per reload.
struct Settings {
    is_enabled: bool,
    allowed: AllowedHosts,
    delays: Delays,
}

impl Settings {
    /// The check hooks have accepted these texts; one that still cannot be read falls back to its default.
    fn read() -> Self {
        Self {
            is_enabled: settings::WEBHOOKS_ENABLED.get(),
            allowed: AllowedHosts::parse(&setting::text(&settings::ALLOWED_HOSTS))
                .unwrap_or_default(),
            delays: Delays::parse(&setting::text(&settings::RETRY_DELAYS)).unwrap_or_default(),
        }
    }
}

enum Round {
    Idle,
    Busy,
    NoExtension,
    NetworkLost,
}

struct Worker {
    network: Network,
    /// Deliveries under way per host.
    busy: HashMap<String, i32>,
    under_way: usize,
    settings: Settings,
    /// Sent, but not yet recorded.
    unrecorded: Vec<Done>,
    chores: Chores,
}

impl Worker {
    fn round(&mut self) -> Round {
        if self.network.is_over() {
            return Round::NetworkLost;
        }
        let done = self.network.take_done(usize::try_from(BATCH).unwrap_or(1));
        let was_done = !done.is_empty();
        self.record(done);
        let claimed = transaction::run(c"claiming deliveries", || {
            if !extension::hold() {
                return Ok(None);
            }
            if !self.settings.is_enabled {
                return Ok(Some(Vec::new()));
            }
            let room = i32::try_from(CAPACITY - self.under_way).unwrap_or(0);
            queue::claim(&self.busy, room, &self.settings.allowed).map(Some)
        });
        let claimed = match claimed {
            Some(Some(claimed)) => claimed,
            Some(None) => return Round::NoExtension,
            None => return Round::Idle,
        };
        // A full batch: there is probably more.
        let is_full = claimed.len() >= usize::try_from(BATCH).unwrap_or(1);
        self.hand_over(claimed);
        let has_chores = self.chores.step();
        if was_done || is_full || has_chores {
            Round::Busy
        } else {
            Round::Idle
        }
    }

    fn hand_over(&mut self, claimed: Vec<Claimed>) {
        let mut refused = Vec::new();
        for one in claimed {
            match one {
                Claimed::Refused(done) => refused.push(done),
                Claimed::Job(job) => {
                    let host = job.host.clone();
                    if let Some(lost) = self.network.hand_over(job) {
                        refused.push(lost);
                    } else {
                        *self.busy.entry(host).or_default() += 1;
                        self.under_way += 1;
                    }
                }
            }
        }
        self.write(refused);
    }

    fn record(&mut self, done: Vec<Done>) {
        for one in &done {
            self.under_way = self.under_way.saturating_sub(1);
            if let Some(count) = self.busy.get_mut(&one.host) {
                *count -= 1;
                if *count <= 0 {
                    self.busy.remove(&one.host);
                }
            }
        }
        self.write(done);
    }

    /// Where a batch cannot be recorded, each is tried alone, so that one bad row fails alone. What still fails,
    /// for example because someone holds the row's lock, is tried again with the next batch.
    fn write(&mut self, done: Vec<Done>) {
        let mut done = done;
        done.append(&mut self.unrecorded);
        let delays = &self.settings.delays;
        let is_written = |some: &[Done]| {
            extension::run(c"recording deliveries", || queue::record(some, delays)).is_some()
        };
        if done.is_empty() || is_written(&done) {
            return;
        }
        let (_, unrecorded): (Vec<_>, Vec<_>) = done
            .into_iter()
            .partition(|one| is_written(std::slice::from_ref(one)));
        self.unrecorded = unrecorded;
    }

    /// Claims nothing more, waits a little for what is under way, records it, and gives the rest back.
    fn farewell(mut self) {
        self.network.close();
        let deadline = Instant::now() + FAREWELL;
        while self.under_way > 0 && Instant::now() < deadline && !self.network.is_over() {
            let done = self.network.take_done(usize::MAX);
            if done.is_empty() {
                BackgroundWorker::wait_latch(Some(Duration::from_millis(50)));
            }
            self.record(done);
        }
        let rest = self.network.take_done(usize::MAX);
        self.record(rest);
        if self.under_way > 0 || !self.unrecorded.is_empty() {
            extension::run(c"giving deliveries back", queue::give_back);
        }
    }
}
