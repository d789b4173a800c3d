//! Owns the worker that sends what is in the outbox: it hears of deliveries from those who commit them, reads them lane by lane, hands
//! them to the network thread, which does the HTTP, and records what comes of them.
//!
//! It owns the queue of its database alone. So what it has in memory need not be written down first: a crash can only repeat a
//! delivery under the same id. What takes longer than a moment is noted, for people to see and for a crash to count.

mod in_hand;
mod reading;
mod recording;
mod settings;
mod silence;
mod switch_offs;

use super::extension_lock as extension;
use super::rest::Rest;
use super::rounds::{Round, Work};
use super::transaction;
use crate::background::board::{BOARD, Duty, Slot};
use crate::webhooks::delivery::FinishedDelivery;
use crate::webhooks::lanes::{Breaker, Lanes};
use crate::webhooks::mail::MailSettings;
use crate::webhooks::network::Network;
use crate::webhooks::{breakers, outcomes, queue};
use in_hand::InHand;
use pgrx::bgworkers::BackgroundWorker;
use pgrx::{Uuid, pg_sys};
use recording::Unrecorded;
use settings::Settings;
use silence::Silence;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use switch_offs::SwitchOffs;

const FAREWELL: Duration = Duration::from_secs(4);
/// The most tries whose outcome is recorded in one statement, and rows read in one.
const BATCH: usize = 1_000;
/// The most that is let go in one statement.
const RELEASED_AT_ONCE: i32 = 1_000;
/// At least so often it looks whether the extension is still there.
const LOOKS_EVERY: Duration = Duration::from_secs(1);

/// The worker.
pub struct Deliveries {
    network: Network,
    slot: &'static Slot,
    settings: Settings,
    lanes: Lanes,
    in_hand: InHand,
    unrecorded: Unrecorded,
    switch_offs: SwitchOffs,
    silence: Silence,
    /// Of all tries of this worker.
    token: Uuid,
    finds_lanes: bool,
    releases: bool,
    reorders: bool,
    let_go_rest: Rest,
    /// Nothing was let go yet since it began.
    is_new: bool,
    looked_at: Option<Instant>,
}

impl Deliveries {
    /// Puts back what a worker that has ended had under way; `None` where that fails.
    pub fn begin(network: Network) -> Option<Self> {
        // SAFETY: fixed once the process is connected.
        let database = unsafe { pg_sys::MyDatabaseId.to_u32() };
        let slot = BOARD.get().slot_of(database, Duty::Deliveries)?;
        extension::run(c"starting", queue::look_up_only)?;
        extension::run(c"giving deliveries back", queue::release_claims)?;
        let stored = extension::run(c"reading breakers", breakers::read)?;
        network.configure(MailSettings::read());
        let (mut lanes, now) = (Lanes::default(), now());
        for it in stored {
            lanes.lane_mut(&it.lane, now).breaker = Breaker::opened(it.probe_at, it.failures);
        }
        Some(Self {
            network,
            slot,
            settings: Settings::read(),
            lanes,
            in_hand: InHand::default(),
            unrecorded: Unrecorded::default(),
            switch_offs: SwitchOffs::default(),
            silence: Silence::default(),
            token: crate::pg::uuid_v7::new(),
            finds_lanes: true,
            releases: true,
            reorders: true,
            let_go_rest: Rest::default(),
            is_new: true,
            looked_at: None,
        })
    }
}

/// µs since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_micros()).unwrap_or(i64::MAX))
}

impl Work for Deliveries {
    fn reload(&mut self) {
        self.settings = Settings::read();
        self.network.configure(MailSettings::read());
        // What was refused for a setting may be sent now.
        self.finds_lanes = true;
    }

    fn round(&mut self) -> Round {
        if self.network.has_ended() {
            return Round::Broken;
        }
        let now = now();
        self.hear(now);
        let finished = self.network.take_finished(BATCH);
        let was_full = finished.len() == BATCH;
        self.settle(finished, now);
        self.switch_offs.step();
        let is_let_go = self.let_go();
        let is_read = match self.read(now) {
            Ok(is_read) => is_read,
            Err(round) => return round,
        };
        let load = self.lanes.bytes();
        self.slot.vitals.set_load(self.in_hand.len(), load);
        match was_full || is_let_go || is_read {
            true => Round::Busy,
            false => Round::Idle,
        }
    }

    fn rest(&self) -> Duration {
        // What this worker writes itself wakes nobody.
        if !self.slot.marks.is_quiet() {
            return Duration::ZERO;
        }
        let now = now();
        let moments = [
            self.lanes.next_moment().filter(|at| *at > now),
            self.in_hand.next_note(),
            self.unrecorded.again_at(),
        ];
        let next = moments.into_iter().flatten().min();
        let until = next.map_or(i64::MAX, |next| next.saturating_sub(now));
        let until = Duration::from_micros(u64::try_from(until).unwrap_or(0));
        until.clamp(Duration::from_millis(1), LOOKS_EVERY)
    }

    /// Reads nothing more, waits a little for what is under way, records it, and gives the rest back.
    fn farewell(mut self) {
        self.network.close();
        let deadline = Instant::now() + FAREWELL;
        while !self.in_hand.is_empty() && Instant::now() < deadline && !self.network.has_ended() {
            let finished = self.network.take_finished(usize::MAX);
            if finished.is_empty() {
                BackgroundWorker::wait_latch(Some(Duration::from_millis(50)));
            }
            self.settle(finished, now());
        }
        let rest = self.network.take_finished(usize::MAX);
        self.settle(rest, now());
        if !self.in_hand.is_empty() || !self.unrecorded.is_empty() {
            extension::run(c"giving deliveries back", queue::release_claims);
        }
    }
}

impl Deliveries {
    /// What commits have told.
    fn hear(&mut self, now: i64) {
        let told = self.slot.marks.take();
        self.finds_lanes |= self.lanes.hear(&told, now);
        self.reorders |= told.is_ordered;
        if told.is_released {
            self.releases = true;
            // Something may have been switched off, too.
            self.network.recall();
        }
    }

    /// Lets go what nothing holds any more. True where there is more to do at once.
    fn let_go(&mut self) -> bool {
        let began = Instant::now();
        if !self.settings.is_enabled || !self.let_go_rest.is_over(began) {
            return false;
        }
        let mut count = 0;
        let is_thorough = self.is_new;
        if self.releases {
            let released = extension::run(c"releasing deliveries", || {
                be_brief()?;
                outcomes::release(RELEASED_AT_ONCE, is_thorough)
            });
            count += released.unwrap_or(0);
            self.releases = released.is_none_or(|it| it > 0);
            self.is_new &= self.releases;
            self.reorders |= count > 0;
        }
        if self.reorders {
            let freed = extension::run(c"putting deliveries in order", || {
                be_brief()?;
                outcomes::free_first_in_line()
            });
            count += freed.unwrap_or(0);
            self.reorders = freed.is_none();
        }
        // Who holds a row, or whatever else stands in the way, is not asked again at once.
        match self.releases && count == 0 || self.reorders {
            true => self.let_go_rest.begin(began, began.elapsed()),
            false => self.let_go_rest.end(),
        }
        count > 0
    }

    /// What came back: recorded, or to be read again.
    fn settle(&mut self, finished: Vec<FinishedDelivery>, now: i64) {
        let notes = recording::settle(self, finished, now);
        recording::write(self, notes, now);
    }
}

/// No lock is waited for so long that other deliveries would be late.
fn be_brief() -> Result<(), crate::pg::fault::Fault> {
    crate::pg::sql::run("set local lock_timeout = '50ms'", &[])
}

/// Runs `body` while the extension is there; `Err` says how the round ends.
fn while_there<T>(body: impl FnOnce() -> Result<T, crate::pg::fault::Fault>) -> Result<T, Round> {
    let done = transaction::run(c"reading deliveries", || match extension::hold() {
        true => body().map(Some),
        false => Ok(None),
    });
    match done {
        Some(Some(done)) => Ok(done),
        Some(None) => Err(Round::NoExtension),
        None => Err(Round::Idle),
    }
}
