//! Owns the worker that sends what is in the outbox: it claims deliveries, hands them to the network thread, which does the
//! HTTP, and records what comes of them.

use super::extension_lock as extension;
use super::rounds::{Round, Work};
use super::switch_offs::SwitchOffs;
use super::transaction::{self, Failure};
use crate::pg::fault::Fault;
use crate::pg::{setting, sql};
use crate::webhooks::address::AllowedHosts;
use crate::webhooks::delivery::FinishedDelivery;
use crate::webhooks::mail::MailSettings;
use crate::webhooks::network::{CAPACITY, Network};
use crate::webhooks::queue::{self, BATCH, Claimed};
use crate::webhooks::retry::Delays;
use crate::webhooks::settings;
use pgrx::bgworkers::BackgroundWorker;
use std::collections::HashMap;
use std::time::{Duration, Instant};

const FAREWELL: Duration = Duration::from_secs(4);
/// How long an outcome waits that could not be recorded, for example because someone holds the row's lock.
const RECORD_AGAIN_AFTER: Duration = Duration::from_secs(1);

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

/// The worker.
pub struct Deliveries {
    network: Network,
    /// Deliveries under way per host.
    busy: HashMap<String, i32>,
    under_way: usize,
    settings: Settings,
    /// Sent, but not yet recorded.
    unrecorded: Vec<FinishedDelivery>,
    record_again_at: Instant,
    switch_offs: SwitchOffs,
}

impl Deliveries {
    /// Puts back what a worker that has ended had claimed; `None` where that fails.
    pub fn begin(network: Network) -> Option<Self> {
        extension::run(c"giving deliveries back", queue::release_claims)?;
        network.configure(MailSettings::read());
        Some(Self {
            network,
            busy: HashMap::new(),
            under_way: 0,
            settings: Settings::read(),
            unrecorded: Vec::new(),
            record_again_at: Instant::now(),
            switch_offs: SwitchOffs::default(),
        })
    }
}

impl Work for Deliveries {
    fn reload(&mut self) {
        self.settings = Settings::read();
        self.network.configure(MailSettings::read());
    }

    fn round(&mut self) -> Round {
        if self.network.has_ended() {
            return Round::Broken;
        }
        let done = self
            .network
            .take_finished(usize::try_from(BATCH).unwrap_or(1));
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
            queue::claim_due(&self.busy, room, &self.settings.allowed).map(Some)
        });
        let claimed = match claimed {
            Some(Some(claimed)) => claimed,
            Some(None) => return Round::NoExtension,
            None => return Round::Idle,
        };
        // A full batch: there is probably more.
        let is_full = claimed.len() >= usize::try_from(BATCH).unwrap_or(1);
        self.hand_over(claimed);
        self.switch_offs.step();
        if was_done || is_full {
            Round::Busy
        } else {
            Round::Idle
        }
    }

    /// Claims nothing more, waits a little for what is under way, records it, and gives the rest back.
    fn farewell(mut self) {
        self.network.close();
        let deadline = Instant::now() + FAREWELL;
        while self.under_way > 0 && Instant::now() < deadline && !self.network.has_ended() {
            let done = self.network.take_finished(usize::MAX);
            if done.is_empty() {
                BackgroundWorker::wait_latch(Some(Duration::from_millis(50)));
            }
            self.record(done);
        }
        let rest = self.network.take_finished(usize::MAX);
        self.record(rest);
        if self.under_way > 0 || !self.unrecorded.is_empty() {
            extension::run(c"giving deliveries back", queue::release_claims);
        }
    }
}

impl Deliveries {
    fn hand_over(&mut self, claimed: Vec<Claimed>) {
        let mut refused = Vec::new();
        for one in claimed {
            match one {
                Claimed::Refused(done) => refused.push(done),
                Claimed::Ready(job) => {
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

    fn record(&mut self, done: Vec<FinishedDelivery>) {
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

    /// What cannot be recorded now is tried again later.
    fn write(&mut self, mut done: Vec<FinishedDelivery>) {
        if Instant::now() >= self.record_again_at {
            done.append(&mut self.unrecorded);
        }
        if done.is_empty() {
            return;
        }
        let unrecorded = match self.write_some(&done) {
            Ok(()) => return,
            Err(Failure::Lasting(_)) => self.write_each(done),
            Err(_) => self.write_free(done),
        };
        if !unrecorded.is_empty() {
            self.record_again_at = Instant::now() + RECORD_AGAIN_AFTER;
            self.unrecorded.extend(unrecorded);
        }
    }

    fn write_some(&mut self, done: &[FinishedDelivery]) -> Result<(), Failure> {
        let delays = &self.settings.delays;
        let gone = extension::attempt(c"recording deliveries", None, || {
            be_brief()?;
            queue::record_outcomes(done, delays)
        })?;
        self.switch_offs.add(gone);
        Ok(())
    }

    /// One row that cannot be recorded fails alone. Returns those that failed.
    fn write_each(&mut self, done: Vec<FinishedDelivery>) -> Vec<FinishedDelivery> {
        let is_unwritten = |one: &FinishedDelivery| match self.write_some(std::slice::from_ref(one))
        {
            Ok(()) => false,
            Err(failure) => {
                failure.log(c"recording a delivery");
                true
            }
        };
        let mut is_unwritten = is_unwritten;
        done.into_iter().filter(|one| is_unwritten(one)).collect()
    }

    /// Records those whose rows are not locked; returns the others.
    fn write_free(&mut self, done: Vec<FinishedDelivery>) -> Vec<FinishedDelivery> {
        let free = extension::run(c"looking for locked deliveries", || {
            queue::find_unlocked(&done)
        });
        let free = free.unwrap_or_default();
        let (free, mut held): (Vec<_>, Vec<_>) =
            done.into_iter().partition(|one| free.contains(&one.id()));
        if !free.is_empty() && self.write_some(&free).is_err() {
            held.extend(free);
        }
        held
    }
}

/// No lock is waited for so long that other deliveries would be late.
fn be_brief() -> Result<(), Fault> {
    sql::run("set local lock_timeout = '50ms'", &[])
}
