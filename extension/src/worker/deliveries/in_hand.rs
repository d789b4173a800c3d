//! Owns what has been handed to the network thread and is not yet recorded.

use crate::webhooks::delivery::{Claim, Started};
use crate::webhooks::lanes::LaneName;
use pgrx::Uuid;
use std::collections::{HashMap, VecDeque};

/// A try that takes longer is noted in the queue, in µs.
const MOMENT: i64 = 250_000;

/// A delivery in hand. Moments are µs since 1970.
pub struct Held {
    /// Which.
    pub claim: Claim,
    /// Its lane.
    pub lane: LaneName,
    /// Its size.
    pub bytes: usize,
    /// When it was queued.
    pub created_at: i64,
    /// Whether the queue says that it is under way.
    pub is_noted: bool,
    started: Started,
}

/// All of them.
#[derive(Default)]
pub struct InHand {
    by_id: HashMap<Uuid, Held>,
    /// In the order in which they were taken.
    unnoted: VecDeque<(i64, Uuid)>,
}

impl InHand {
    /// Takes one.
    pub fn take(
        &mut self,
        claim: Claim,
        lane: LaneName,
        bytes: usize,
        created_at: i64,
        started: Started,
        now: i64,
    ) {
        let held = Held {
            claim,
            lane,
            bytes,
            created_at,
            is_noted: false,
            started,
        };
        self.by_id.insert(claim.id(), held);
        self.unnoted.push_back((now, claim.id()));
    }

    /// One of them.
    pub fn peek(&self, id: Uuid) -> Option<&Held> {
        self.by_id.get(&id)
    }

    /// Lets one go.
    pub fn release(&mut self, id: Uuid) -> Option<Held> {
        self.by_id.remove(&id)
    }

    /// What has been under way for a moment, to be noted; at most so many.
    pub fn take_to_note(&mut self, most: usize, now: i64) -> Vec<Claim> {
        let mut noted = Vec::new();
        let mut waiting = Vec::new();
        while noted.len() < most {
            match self.unnoted.front() {
                Some((since, _)) if since + MOMENT <= now => {}
                _ => break,
            }
            let Some((_, id)) = self.unnoted.pop_front() else {
                break;
            };
            let Some(held) = self.by_id.get_mut(&id) else {
                continue;
            };
            if held.started.is_set() {
                held.is_noted = true;
                noted.push(held.claim);
            } else {
                waiting.push((now, id));
            }
        }
        self.unnoted.extend(waiting);
        noted
    }

    /// When something is to be noted next.
    pub fn next_note(&self) -> Option<i64> {
        self.unnoted.front().map(|(since, _)| since + MOMENT)
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }
}
