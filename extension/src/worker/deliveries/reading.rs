//! Owns a round's reading: what is due is handed to the network, or held where something is in its way.

use super::{BATCH, Deliveries, LOOKS_EVERY, be_brief, recording, while_there};
use crate::pg::fault::Fault;
use crate::webhooks::delivery::Claim;
use crate::webhooks::lanes::{LaneName, Position, Reading};
use crate::webhooks::outcomes::{self, Recorded};
use crate::webhooks::queue::{self, Due, Obstacle};
use crate::worker::rounds::Round;
use std::collections::HashMap;
use std::time::Instant;

/// More lanes than this at once are found by and by.
const MOST_LANES: i32 = 20_000;
/// A payload may be this large; with less room nothing is read.
const LARGEST: usize = 1024 * 1024;

/// What could not be held is read again after so many µs.
const AGAIN_AFTER: i64 = 1_000_000;

/// A delivery that is not sent, why, and where it stands.
type Obstructed = (Claim, &'static str, LaneName, Position);

/// What a reading found.
struct Found {
    due: Vec<Due>,
    readings: Vec<Reading>,
    next: HashMap<LaneName, Option<i64>>,
    lanes: Option<Vec<LaneName>>,
}

impl Deliveries {
    /// Reads what is due. True where there is probably more; `Err` says how the round ends.
    pub(super) fn read(&mut self, now: i64) -> Result<bool, Round> {
        let to_note = self.in_hand.take_to_note(BATCH, now);
        let finds_lanes = self.finds_lanes && self.settings.is_enabled;
        let readings = self.plan(now);
        let is_rested = self.looked_at.is_none_or(|it| it.elapsed() >= LOOKS_EVERY);
        if to_note.is_empty() && !finds_lanes && readings.is_empty() && !is_rested {
            return Ok(false);
        }
        self.looked_at = Some(Instant::now());
        let (allowed, token) = (&self.settings.allowed, self.token);
        let found = while_there(|| {
            be_brief()?;
            if !to_note.is_empty() {
                outcomes::note_under_way(&to_note, token)?;
            }
            look(readings, finds_lanes, now, allowed)
        });
        let found = match found {
            Ok(found) => found,
            Err(round) => {
                // Nothing was seen: everything that was planned is still to be read.
                self.finds_lanes = true;
                return Err(round);
            }
        };
        if let Some(lanes) = found.lanes {
            self.finds_lanes = false;
            self.lanes.find(lanes, now);
        }
        let is_more = !found.readings.is_empty() || finds_lanes;
        self.note_read(&found.readings, &found.due, &found.next, now);
        self.hand_over(found.due, now);
        Ok(is_more && self.lanes.has_listed())
    }

    fn plan(&mut self, now: i64) -> Vec<Reading> {
        let room = self.settings.memory.saturating_sub(self.lanes.bytes());
        if !self.settings.is_enabled || room < LARGEST.min(self.settings.memory) {
            return Vec::new();
        }
        self.lanes.plan(BATCH, room, now)
    }

    /// How far each lane has been read.
    fn note_read(
        &mut self,
        readings: &[Reading],
        due: &[Due],
        next: &HashMap<LaneName, Option<i64>>,
        now: i64,
    ) {
        let mut last = HashMap::new();
        for it in due {
            last.insert(&it.lane, it.position);
        }
        for reading in readings {
            let last = last.get(&reading.lane).copied();
            let lane = self.lanes.lane_mut(&reading.lane, now);
            match (next.get(&reading.lane), last) {
                (Some(next), _) => lane.read_whole(now, *next),
                (None, Some(last)) => lane.read_to(last),
                (None, None) => {}
            }
            self.lanes.list(reading.lane.clone(), now);
        }
    }

    fn hand_over(&mut self, due: Vec<Due>, now: i64) {
        let (mut held, mut ended, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        for it in due {
            let (claim, lane) = (it.claim, it.lane);
            if !self.lanes.admit(&lane, claim.id(), it.position, it.bytes) {
                continue;
            }
            let obstacle = match self.switch_offs.contains(claim.playbook()) {
                true => it.obstacle.or(Some(Obstacle::Playbook)),
                false => it.obstacle,
            };
            match obstacle.map(|it| (it, it.held())) {
                Some((_, Some(why))) => {
                    self.lanes.dismiss(&lane, claim.id(), it.bytes, now);
                    held.push((claim, why, lane, it.position));
                    continue;
                }
                Some((_, None)) => {
                    ended.push(Recorded::ended(claim, "the playbook was deleted"));
                }
                None => {}
            }
            let started = match &it.delivery {
                Ok(delivery) => delivery.started(),
                Err(_) => Default::default(),
            };
            self.in_hand
                .take(claim, lane.clone(), it.bytes, it.created_at, started, now);
            if obstacle.is_some() {
                continue;
            }
            match it.delivery {
                Ok(delivery) => {
                    let lane = self.lanes.lane_mut(&lane, now);
                    lane.breaker.note_sent();
                    refused.extend(self.network.hand_over(delivery));
                }
                Err(why) => refused.push(why),
            }
        }
        self.hold(held, now);
        if !refused.is_empty() {
            self.settle(refused, now);
        }
        recording::write(self, ended, now);
    }

    fn hold(&mut self, held: Vec<Obstructed>, now: i64) {
        if held.is_empty() {
            return;
        }
        let notes = held.iter().map(|(claim, why, ..)| (*claim, *why));
        let notes = notes.collect::<Vec<_>>();
        let is_done = super::extension::run(c"holding deliveries", || {
            be_brief()?;
            outcomes::hold(&notes)
        });
        let copies = notes.iter().filter(|(_, why)| *why == "copy").count();
        if is_done.is_some() && copies > 0 {
            self.silence.note();
        }
        if is_done.is_none() {
            // What is locked is read again later.
            for (_, _, name, position) in held {
                let lane = self.lanes.lane_mut(&name, now);
                lane.give_back(position);
                lane.note_stuck(now + AGAIN_AFTER);
                self.lanes.list(name, now);
            }
        }
        // Who goes first in a line may be another now.
        self.reorders = true;
    }
}

fn look(
    readings: Vec<Reading>,
    finds_lanes: bool,
    now: i64,
    allowed: &crate::webhooks::address::AllowedHosts,
) -> Result<Found, Fault> {
    let due = match readings.is_empty() {
        true => Vec::new(),
        false => queue::read_due(&readings, now, allowed)?,
    };
    let mut count = HashMap::<&LaneName, (usize, usize)>::new();
    for it in &due {
        let (rows, bytes) = count.entry(&it.lane).or_default();
        *rows += 1;
        *bytes += it.bytes;
    }
    let is_whole = |it: &&Reading| {
        let (rows, bytes) = count.get(&it.lane).copied().unwrap_or_default();
        rows < it.rows && bytes < it.bytes
    };
    let whole = readings.iter().filter(is_whole);
    let whole = whole.map(|it| it.lane.clone()).collect::<Vec<_>>();
    let next = match whole.is_empty() {
        true => Vec::new(),
        false => queue::next_moments(&whole, now)?,
    };
    drop(count);
    Ok(Found {
        due,
        readings,
        next: next.into_iter().collect(),
        lanes: match finds_lanes {
            true => Some(queue::find_lanes(MOST_LANES)?),
            false => None,
        },
    })
}
