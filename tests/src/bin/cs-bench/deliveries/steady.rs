//! A steady stream of deliveries: so many a second, queued a few in each commit, and how long each took from its commit to its receipt.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cs_tests::tally::{self, Tally};
use uuid::Uuid;

use super::contender::{Contender, PATIENCE};

/// The stream.
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// Between two commits.
    pub pause: Duration,
    /// How many tenants there are; each commit queues for the next of them.
    pub tenants: usize,
    /// Deliveries of a commit.
    pub batch: usize,
    /// How long it flows.
    pub length: Duration,
}

/// A delivery of it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// The place of its tenant.
    pub tenant: usize,
    /// When it was committed, since the stream began.
    pub at: Duration,
    /// From its commit to its receipt.
    pub took: Duration,
}

/// What was seen of it.
pub struct Flow {
    /// Its deliveries, in order.
    pub seen: Vec<Seen>,
    /// The most that had been committed and not received at any moment looked at.
    pub most_pending: usize,
}

impl Flow {
    /// The waits of those that pass.
    pub fn waits(&self, passes: impl Fn(&Seen) -> bool) -> Vec<Duration> {
        let passing = self.seen.iter().filter(|it| passes(it));
        passing.map(|it| it.took).collect()
    }
}

/// Lets it flow, and waits until all has arrived, each once.
pub fn flow(contender: &mut dyn Contender, receiver: &Tally, stream: Stream) -> Result<Flow> {
    receiver.take()?;
    let began = Instant::now();
    let mut queued: Vec<(Uuid, usize, u64)> = Vec::new();
    let (mut next, mut look, mut most_pending) = (began, began, 0);
    while began.elapsed() < stream.length {
        let first = queued.len();
        let tenants: Vec<_> = (first..first + stream.batch)
            .map(|it| it % stream.tenants)
            .collect();
        let ids: Vec<_> = tenants.iter().map(|_| Uuid::now_v7()).collect();
        let at = contender.queue(&tenants, &ids)?;
        queued.extend(ids.into_iter().zip(tenants).map(|(id, it)| (id, it, at)));
        if look.elapsed() > Duration::from_millis(100) {
            look = Instant::now();
            most_pending = most_pending.max(queued.len().saturating_sub(receiver.count()?));
        }
        next += stream.pause;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    receiver.wait(queued.len(), PATIENCE)?;
    let arrivals = receiver.take()?;
    let ids: Vec<_> = queued.iter().map(|it| it.0).collect();
    tally::each_once(&ids, &arrivals)?;
    let arrived: HashMap<_, _> = arrivals.iter().map(|it| (it.id, it.at)).collect();
    let start = queued.first().map_or(0, |it| it.2);
    let seen: Vec<_> = queued
        .iter()
        .filter_map(|(id, tenant, at)| {
            Some(Seen {
                tenant: *tenant,
                at: Duration::from_micros(at - start),
                took: Duration::from_micros(arrived.get(id)?.saturating_sub(*at)),
            })
        })
        .collect();
    ensure!(!seen.is_empty(), "nothing flowed");
    Ok(Flow { seen, most_pending })
}
