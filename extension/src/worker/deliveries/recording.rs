//! Owns a round's writing: what came of tries, for the queue, for the receiver's breaker and for the playbook.

use super::{Deliveries, be_brief, extension};
use crate::pg::fault::Fault;
use crate::webhooks::breakers::{self, BreakerNote};
use crate::webhooks::delivery::{FinishedDelivery, Unsent};
use crate::webhooks::lanes::{Change, LaneName, Verdict};
use crate::webhooks::outcomes::{self, Recorded};
use crate::worker::transaction::Failure;
use pgrx::Uuid;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// How long an outcome waits that could not be recorded, for example because someone holds the row's lock.
const RECORD_AGAIN_AFTER: i64 = 1_000_000;
/// A lane of which nothing moved is left alone for so long, in µs.
const STUCK: i64 = 1_000_000;
/// A receiver that asks for more time gets so much at most; a delivery of its own waits longer.
const LONGEST_ASKED: Duration = Duration::from_secs(60 * 60);

/// Outcomes that could not be recorded yet.
#[derive(Default)]
pub struct Unrecorded {
    outcomes: Vec<Recorded>,
    again_at: Option<i64>,
}

impl Unrecorded {
    /// When it is tried again, in µs since 1970.
    pub const fn again_at(&self) -> Option<i64> {
        self.again_at
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }
}

/// What tries say: of the lane at once; what is to be recorded is returned.
pub fn settle(worker: &mut Deliveries, finished: Vec<FinishedDelivery>, now: i64) -> Vec<Recorded> {
    let (mut recorded, mut notes, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for it in finished {
        let Some(held) = worker.in_hand.peek(it.id()) else {
            continue;
        };
        let (claim, is_noted, created_at) = (held.claim, held.is_noted, held.created_at);
        if let Some(why) = it.unsent {
            give_back(worker, it.id(), why, now);
            if is_noted {
                recorded.push(Recorded::put_back(claim));
            }
            continue;
        }
        let name = it.lane();
        notes.extend(tell_lane(worker, &name, &it, now));
        let outcome = Recorded::of(it, &worker.settings.delays, created_at, now);
        if outcome.is_gone {
            gone.push(claim.playbook());
        }
        let vitals = &worker.slot.vitals;
        let counter = match outcome.is_completed() {
            true => &vitals.completed,
            false => &vitals.failed,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        recorded.push(outcome);
    }
    if !gone.is_empty() {
        worker.switch_offs.add(gone);
        worker.network.recall();
    }
    note_breakers(notes);
    recorded
}

fn give_back(worker: &mut Deliveries, id: Uuid, why: Unsent, now: i64) {
    let Some(held) = worker.in_hand.release(id) else {
        return;
    };
    let position = worker.lanes.dismiss(&held.lane, id, held.bytes, now);
    let lane = worker.lanes.lane_mut(&held.lane, now);
    if let Some(position) = position {
        lane.give_back(position);
    }
    lane.breaker.note_unsent();
    if why == Unsent::Late {
        lane.note_stuck(now + STUCK);
    }
    worker.lanes.list(held.lane, now);
}

fn tell_lane(
    worker: &mut Deliveries,
    name: &LaneName,
    finished: &FinishedDelivery,
    now: i64,
) -> Option<BreakerNote> {
    let attempt = finished.attempt();
    let verdict = match (attempt.is_receivers_failure(), attempt.spares_receiver) {
        (true, _) => Verdict::Failing,
        (false, false) if !attempt.is_unresolved => Verdict::Well,
        _ => Verdict::Neither,
    };
    let lane = worker.lanes.lane_mut(name, now);
    lane.note_finished(1, now);
    if let Some(asked) = attempt.retry_after.filter(|_| verdict == Verdict::Failing) {
        let asked = i64::try_from(asked.min(LONGEST_ASKED).as_micros()).unwrap_or(0);
        lane.rests_until = lane.rests_until.max(now + asked);
    }
    let change = lane.breaker.note(verdict, now)?;
    let probe_at = lane.breaker.probe_at();
    let open = probe_at.filter(|_| change == Change::Opened);
    let failures = lane.breaker.failures();
    worker.lanes.list(name.clone(), now);
    if open.is_some() {
        worker.network.recall();
    }
    let answered = || {
        attempt
            .status
            .map(|status| format!("the receiver answered {status}"))
    };
    Some(BreakerNote {
        lane: name.clone(),
        open: open.map(|probe_at| (probe_at, failures)),
        error: attempt.error.clone().or_else(answered),
    })
}

/// They are for people to see; one that is not written is no harm.
fn note_breakers(notes: Vec<BreakerNote>) {
    if notes.is_empty() {
        return;
    }
    extension::run(c"noting breakers", || {
        be_brief()?;
        notes.iter().try_for_each(breakers::note)
    });
}

/// Records outcomes. What cannot be recorded now is tried again later.
pub fn write(worker: &mut Deliveries, outcomes: Vec<Recorded>, now: i64) {
    let mut outcomes = outcomes;
    if worker.unrecorded.again_at.is_some_and(|at| at <= now) {
        outcomes.append(&mut worker.unrecorded.outcomes);
        worker.unrecorded.again_at = None;
    }
    if outcomes.is_empty() {
        return;
    }
    let (done, left) = match write_some(worker, &outcomes) {
        Ok(()) => (outcomes, Vec::new()),
        Err(Failure::Lasting(_)) => write_each(worker, outcomes),
        Err(_) => write_free(worker, outcomes),
    };
    for it in done {
        let Some(held) = worker.in_hand.release(it.claim.id()) else {
            continue;
        };
        worker
            .lanes
            .dismiss(&held.lane, it.claim.id(), held.bytes, now);
    }
    if !left.is_empty() {
        worker.unrecorded.outcomes.extend(left);
        worker.unrecorded.again_at = Some(now + RECORD_AGAIN_AFTER);
    }
}

fn write_some(worker: &Deliveries, outcomes: &[Recorded]) -> Result<(), Failure> {
    extension::attempt(c"recording deliveries", None, || record(worker, outcomes))
}

fn record(worker: &Deliveries, outcomes: &[Recorded]) -> Result<(), Fault> {
    be_brief()?;
    outcomes::record(outcomes, worker.token)
}

type Split = (Vec<Recorded>, Vec<Recorded>);

/// One row that cannot be recorded fails alone.
fn write_each(worker: &Deliveries, outcomes: Vec<Recorded>) -> Split {
    let is_done = |one: &Recorded| match write_some(worker, std::slice::from_ref(one)) {
        Ok(()) => true,
        Err(failure) => {
            failure.log(c"recording a delivery");
            false
        }
    };
    outcomes.into_iter().partition(is_done)
}

/// Records those whose rows are not locked.
fn write_free(worker: &Deliveries, outcomes: Vec<Recorded>) -> Split {
    let free = extension::run(c"looking for locked deliveries", || {
        outcomes::find_unlocked(&outcomes)
    });
    let free = free.unwrap_or_default();
    let (free, mut held): (Vec<_>, Vec<_>) = outcomes
        .into_iter()
        .partition(|one| free.contains(&one.claim.id()));
    if free.is_empty() || write_some(worker, &free).is_ok() {
        return (free, held);
    }
    held.extend(free);
    (Vec::new(), held)
}
