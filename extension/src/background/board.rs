//! Owns what the launcher, the workers and all other backends share: a slot per database and duty, in shared memory.
//!
//! free -> starting (launcher) -> running (worker) -> left (worker, on any exit) -> free (launcher).
//! Atomics only: a slot is read in a commit callback, where nothing may fail or wait.

use super::lane_marks::LaneMarks;
use super::latch::set_shared;
use pgrx::atomics::PgAtomic;
use pgrx::pg_sys;
use pgrx::shmem::PGRXSharedMemory;
use std::sync::atomic::{
    AtomicBool, AtomicI32, AtomicI64, AtomicU32, AtomicU64, AtomicUsize, Ordering,
};
use std::time::{SystemTime, UNIX_EPOCH};

const SLOTS: usize = 128;
const REGISTRATIONS: usize = 32;

/// What a worker is for. Deliveries have a process of their own, so that none ever waits for a score to be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Duty {
    /// Sends what is in the outbox.
    Deliveries,
    /// Does everything else.
    Chores,
}

impl Duty {
    /// Both, in the order in which they are started.
    pub const ALL: [Self; 2] = [Self::Deliveries, Self::Chores];
}

/// Where a slot is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Phase {
    /// No database has it.
    Free,
    /// The launcher asked for a worker.
    Starting,
    /// A worker owns the database.
    Running,
    /// The worker is gone; the launcher has not yet seen it.
    Left,
}

/// How a worker left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Departure {
    /// Without a word, so it died.
    Died,
    /// It was asked to, and may come back.
    Asked,
    /// The database has no extension.
    NoExtension,
}

/// A worker that a database has, or is about to have.
#[derive(Default)]
pub struct Slot {
    /// Oid of the database.
    pub database: AtomicU32,
    /// A [`Duty`].
    duty: AtomicU32,
    /// A [`Phase`].
    phase: AtomicU32,
    /// A [`Departure`].
    departure: AtomicU32,
    /// Set by others: leave soon.
    pub leave: AtomicBool,
    /// Its worker has found the extension.
    pub is_serving: AtomicBool,
    /// Not to be started again before this moment, in ms since 1970.
    pub held_until_ms: AtomicI64,
    /// When the phase began, in ms since 1970.
    pub since_ms: AtomicI64,
    /// Process id of the worker.
    pub pid: AtomicI32,
    /// The worker's latch. It lies in its PGPROC, which is shared memory mapped alike in all processes.
    latch: AtomicUsize,
    /// What commits tell the worker that sends deliveries.
    pub marks: LaneMarks,
    /// What its worker tells of itself.
    pub vitals: Vitals,
}

/// What a worker tells of itself, for whoever monitors the server.
#[derive(Default)]
pub struct Vitals {
    /// When it began, in ms since 1970.
    pub began_ms: AtomicI64,
    /// When it was last seen to work or to wait, in ms since 1970.
    pub beat_ms: AtomicI64,
    /// Deliveries that were handed to the network and are not yet recorded.
    pub under_way: AtomicU32,
    /// Bytes of deliveries in its memory.
    pub bytes: AtomicU64,
    /// Deliveries completed since it began.
    pub completed: AtomicU64,
    /// Tries that failed since it began.
    pub failed: AtomicU64,
}

impl Vitals {
    /// A worker begins.
    fn begin(&self) {
        self.began_ms.store(now_ms(), Ordering::Relaxed);
        self.beat();
        self.set_load(0, 0);
        self.completed.store(0, Ordering::Relaxed);
        self.failed.store(0, Ordering::Relaxed);
    }

    /// It is alive.
    pub fn beat(&self) {
        self.beat_ms.store(now_ms(), Ordering::Relaxed);
    }

    /// What it holds at present.
    pub fn set_load(&self, under_way: usize, bytes: usize) {
        let under_way = u32::try_from(under_way).unwrap_or(u32::MAX);
        self.under_way.store(under_way, Ordering::Relaxed);
        self.bytes.store(bytes as u64, Ordering::Relaxed);
    }
}

/// Everything that is shared.
pub struct Board {
    launcher_latch: AtomicUsize,
    slots: [Slot; SLOTS],
    registrations: [AtomicU32; REGISTRATIONS],
    recheck_all: AtomicBool,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            launcher_latch: AtomicUsize::new(0),
            slots: std::array::from_fn(|_| Slot::default()),
            registrations: std::array::from_fn(|_| AtomicU32::new(0)),
            recheck_all: AtomicBool::new(false),
        }
    }
}

// SAFETY: atomics only.
unsafe impl PGRXSharedMemory for Board {}

/// The board itself; only there when the library is preloaded.
// SAFETY: the name is ours.
pub static BOARD: PgAtomic<Board> = unsafe { PgAtomic::new(c"customer_success") };
static AVAILABLE: AtomicBool = AtomicBool::new(false);

/// To be called once the board has been asked for, at preload.
pub fn announce() {
    AVAILABLE.store(true, Ordering::Relaxed);
}

/// Whether the library is preloaded, so that there is a board and a launcher.
pub fn is_available() -> bool {
    AVAILABLE.load(Ordering::Relaxed)
}

/// The wall clock in ms since 1970.
pub fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX))
}

impl Slot {
    /// Takes it for a worker that is about to be started, if it is free.
    pub fn claim(&self, database: u32, duty: Duty) -> bool {
        if !self.pass(Phase::Free, Phase::Starting) {
            return false;
        }
        self.duty.store(duty as u32, Ordering::Release);
        self.database.store(database, Ordering::Release);
        self.set_departure(Departure::Died);
        self.leave.store(false, Ordering::Release);
        self.is_serving.store(false, Ordering::Release);
        self.held_until_ms.store(0, Ordering::Release);
        true
    }

    /// Whether its worker serves a database that has the extension, and stays.
    pub fn serves(&self) -> bool {
        self.is_running()
            && self.is_serving.load(Ordering::Acquire)
            && !self.leave.load(Ordering::Acquire)
    }

    /// What its worker is for.
    pub fn duty(&self) -> Duty {
        match self.duty.load(Ordering::Acquire) == Duty::Chores as u32 {
            true => Duty::Chores,
            false => Duty::Deliveries,
        }
    }

    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        let stored = self.phase.load(Ordering::Acquire);
        let all = [Phase::Free, Phase::Starting, Phase::Running, Phase::Left];
        all.into_iter()
            .find(|it| *it as u32 == stored)
            .unwrap_or(Phase::Free)
    }

    /// Moves from one phase to the next, if it is still in the first.
    pub fn pass(&self, from: Phase, to: Phase) -> bool {
        let passed = self
            .phase
            .compare_exchange(from as u32, to as u32, Ordering::AcqRel, Ordering::Acquire)
            .is_ok();
        if passed {
            self.since_ms.store(now_ms(), Ordering::Relaxed);
        }
        passed
    }

    /// How its last worker left.
    pub fn departure(&self) -> Departure {
        let stored = self.departure.load(Ordering::Acquire);
        let all = [Departure::Asked, Departure::NoExtension];
        all.into_iter()
            .find(|it| *it as u32 == stored)
            .unwrap_or(Departure::Died)
    }

    /// Says how its worker leaves; until then it would have died.
    pub fn set_departure(&self, departure: Departure) {
        self.departure.store(departure as u32, Ordering::Release);
    }

    /// Whether a worker owns it.
    pub fn is_running(&self) -> bool {
        self.phase() == Phase::Running
    }

    /// Publishes this process as the worker of the slot.
    pub fn occupy(&self) {
        // SAFETY: both are set before a worker's main function runs.
        unsafe {
            self.latch
                .store(pg_sys::MyLatch as usize, Ordering::Release);
            self.pid.store(pg_sys::MyProcPid, Ordering::Release);
        }
        self.vitals.begin();
    }

    /// Withdraws the worker of the slot, whatever it was doing.
    pub fn vacate(&self) {
        self.latch.store(0, Ordering::Release);
        self.pid.store(0, Ordering::Release);
        self.since_ms.store(now_ms(), Ordering::Relaxed);
        self.phase.store(Phase::Left as u32, Ordering::Release);
    }

    /// Wakes the worker, if there is one.
    pub fn wake(&self) {
        wake(&self.latch);
    }
}

fn wake(latch: &AtomicUsize) {
    let latch = latch.load(Ordering::Acquire);
    if latch != 0 {
        // SAFETY: stored from MyLatch by occupy or attend; at worst somebody new in that PGPROC looks up once for nothing.
        unsafe { set_shared(latch as *mut pg_sys::Latch) }
    }
}

impl Board {
    /// All slots.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The slots of a database that are not free: at most one of each duty.
    pub fn slots_of(&self, database: u32) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(move |slot| {
            slot.phase() != Phase::Free && slot.database.load(Ordering::Acquire) == database
        })
    }

    /// The slot of a database and duty, unless free.
    pub fn slot_of(&self, database: u32, duty: Duty) -> Option<&Slot> {
        self.slots_of(database).find(|slot| slot.duty() == duty)
    }

    /// Publishes this process as the launcher.
    pub fn attend(&self) {
        // SAFETY: MyLatch is set before a worker's main function runs.
        self.launcher_latch
            .store(unsafe { pg_sys::MyLatch } as usize, Ordering::Release);
    }

    /// Whether there is a launcher.
    pub fn is_attended(&self) -> bool {
        self.launcher_latch.load(Ordering::Acquire) != 0
    }

    /// Withdraws the launcher.
    pub fn leave(&self) {
        self.launcher_latch.store(0, Ordering::Release);
    }

    /// Wakes the launcher, if there is one.
    pub fn wake_launcher(&self) {
        wake(&self.launcher_latch);
    }

    /// Asks the launcher to look at a database, even one that is known to have no extension.
    pub fn register(&self, database: u32) {
        let vacant = |place: &&AtomicU32| {
            place
                .compare_exchange(0, database, Ordering::AcqRel, Ordering::Acquire)
                .is_ok()
                || place.load(Ordering::Acquire) == database
        };
        if self.registrations.iter().find(vacant).is_none() {
            self.recheck_all.store(true, Ordering::Release);
        }
        self.wake_launcher();
    }

    /// The databases registered since, and whether too many were.
    pub fn take_registrations(&self) -> (Vec<u32>, bool) {
        let taken = self
            .registrations
            .iter()
            .map(|place| place.swap(0, Ordering::AcqRel))
            .filter(|oid| *oid != 0);
        (
            taken.collect(),
            self.recheck_all.swap(false, Ordering::AcqRel),
        )
    }
}
