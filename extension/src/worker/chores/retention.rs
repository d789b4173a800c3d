//! Owns the chore of purging deliveries that are over: tenants in turn, a step at a time, and nothing in between for minutes.

use super::super::extension_lock as extension;
use super::super::transaction::Failure;
use super::turns::Turns;
use super::{LONGEST_STEP, be_brief, within_a_step};
use crate::deliveries::purge::{Ended, PurgeWalk, cutoff, find_tenants};
use crate::pg::fault::Fault;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

/// How often it is looked for what has to go.
const EVERY: Duration = Duration::from_secs(5 * 60);
/// How often everything is walked over, for what ended late.
const OVER_EVERYTHING: Duration = Duration::from_secs(24 * 60 * 60);
/// The most deliveries of a step.
const MOST: i64 = 500;
/// How many times fewer after a step that took too long.
const STEEPNESS: i64 = 4;
/// How long to leave all of it alone after a failure.
const REST: Duration = Duration::from_secs(60);

/// The walks under way, by tenant.
pub struct Retention {
    look_at: Instant,
    begin_anew_at: Instant,
    under_way: HashMap<Uuid, VecDeque<PurgeWalk>>,
    /// Until when what a tenant has of a kind has been walked over.
    walked: HashMap<(Uuid, &'static str), TimestampWithTimeZone>,
    most: i64,
}

impl Retention {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
            begin_anew_at: Instant::now() + OVER_EVERYTHING,
            under_way: HashMap::new(),
            walked: HashMap::new(),
            most: MOST,
        }
    }

    /// Makes a step of the tenant whose turn it is; false where nothing is to be done now.
    pub fn step(&mut self, turns: &mut Turns) -> bool {
        let began = Instant::now();
        if self.under_way.is_empty() && began >= self.look_at {
            self.look(began);
        }
        let waiting = self.under_way.keys().copied().collect::<Vec<_>>();
        let Some(tenant) = turns.next(&waiting, began) else {
            return false;
        };
        self.advance(tenant);
        turns.charge(tenant, began.elapsed(), Instant::now());
        true
    }

    fn look(&mut self, now: Instant) {
        self.look_at = now + EVERY;
        if now >= self.begin_anew_at {
            self.begin_anew_at = now + OVER_EVERYTHING;
            self.walked.clear();
        }
        let walked = &self.walked;
        let walks = extension::run(c"looking for deliveries to purge", || {
            be_brief()?;
            plan_walks(walked)
        });
        for walk in walks.unwrap_or_default() {
            self.under_way
                .entry(walk.tenant)
                .or_default()
                .push_back(walk);
        }
    }

    fn advance(&mut self, tenant: Uuid) {
        let walks = self.under_way.entry(tenant).or_default();
        if let Some(walk) = walks.pop_front() {
            let most = self.most;
            let step = || walk.step(most);
            match within_a_step(c"purging deliveries", LONGEST_STEP, step) {
                Ok(Some(rest)) => {
                    walks.push_front(rest);
                    self.most = (most * STEEPNESS).min(MOST);
                }
                Ok(None) => {
                    let of_kind = (tenant, walk.ended.label());
                    self.walked.insert(of_kind, walk.until);
                }
                Err(Failure::TooLong(_)) if most > 1 => {
                    walks.push_front(walk);
                    self.most = (most / STEEPNESS).max(1);
                }
                Err(failure) => {
                    failure.log(c"purging deliveries");
                    self.under_way.clear();
                    self.look_at = Instant::now() + REST;
                    return;
                }
            }
        }
        if walks.is_empty() {
            self.under_way.remove(&tenant);
        }
    }
}

fn plan_walks(
    walked: &HashMap<(Uuid, &'static str), TimestampWithTimeZone>,
) -> Result<Vec<PurgeWalk>, Fault> {
    let mut walks = Vec::new();
    for ended in Ended::ALL {
        let Some(until) = cutoff(ended)? else {
            continue;
        };
        for tenant in find_tenants()? {
            let since = walked.get(&(tenant, ended.label())).copied();
            let since = since.unwrap_or_else(TimestampWithTimeZone::negative_infinity);
            walks.push(PurgeWalk::new(tenant, ended, since, until));
        }
    }
    Ok(walks)
}
