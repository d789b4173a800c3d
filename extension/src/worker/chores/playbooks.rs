//! Owns the chore of what fires by time: the passes of playbooks, a step at a time, the tenants in turn and of each its playbooks
//! in turn. A playbook that cannot be looked at rests alone.

use super::super::extension_lock as extension;
use super::super::rest::Rest;
use super::super::transaction::Failure;
use super::failures::{self, Step, Subject};
use super::turns::Turns;
use super::{LONGEST_STEP, PATIENCE, be_brief, within_a_step};
use crate::playbooks::clock::{DuePasses, PassStep, find_due_passes, run_pass_step};
use pgrx::Uuid;
use std::collections::{HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

/// How often it is asked which passes are due: a moment of a timetable is kept so much later at most.
const EVERY: Duration = Duration::from_secs(5);
/// How often a playbook looks that looks every minute.
const MINUTE: Duration = Duration::from_secs(60);
/// Runs in one transaction.
const MOST: i64 = 250;
/// How many times fewer after a step that failed or was long, and more after another one.
const STEEPNESS: i64 = 4;
/// A step that took longer is followed by a smaller one, so that the next tenant's turn comes soon.
const LONG: Duration = Duration::from_millis(100);

/// The passes under way.
pub struct PlaybookPasses {
    look_at: Instant,
    under_way: HashMap<Uuid, VecDeque<Pass>>,
    /// When each playbook that looks every minute began to, the last time.
    began: HashMap<Uuid, Instant>,
    /// By playbook: its tenant, and how long it is left alone.
    failing: HashMap<Uuid, (Uuid, Rest)>,
    /// Tenants of which it cannot be said what is due.
    failed: HashSet<Uuid>,
}

struct Pass {
    playbook: Uuid,
    after: Option<Uuid>,
    most: i64,
}

impl PlaybookPasses {
    /// To be looked for at once.
    pub fn new() -> Self {
        Self {
            look_at: Instant::now(),
            under_way: HashMap::new(),
            began: HashMap::new(),
            failing: HashMap::new(),
            failed: HashSet::new(),
        }
    }

    /// Makes a step of the tenant whose turn it is; false where nothing is to be done now.
    pub fn step(&mut self, turns: &mut Turns) -> bool {
        let began = Instant::now();
        if began >= self.look_at {
            self.look(began);
        }
        let is_ready = |pass: &Pass| is_rested(&self.failing, pass.playbook, began);
        let waiting = self.under_way.iter();
        let waiting = waiting.filter(|(_, passes)| passes.iter().any(is_ready));
        let waiting = waiting.map(|(tenant, _)| *tenant).collect::<Vec<_>>();
        let Some(tenant) = turns.next(&waiting, began) else {
            return false;
        };
        let passes = self.under_way.entry(tenant).or_default();
        let next = passes.iter().position(is_ready);
        if let Some(pass) = next.and_then(|place| passes.remove(place)) {
            let rest = self.make_step(tenant, pass);
            let passes = self.under_way.entry(tenant).or_default();
            passes.extend(rest);
            if passes.is_empty() {
                self.under_way.remove(&tenant);
            }
        }
        turns.charge(tenant, began.elapsed(), Instant::now());
        true
    }

    fn look(&mut self, now: Instant) {
        let found = extension::run(c"looking for passes of playbooks", || {
            be_brief()?;
            find_due_passes()
        });
        self.look_at = Instant::now() + EVERY;
        let Some(found) = found else { return };
        self.forget_others(&found);
        for due in &found.due {
            if due.is_minutely {
                let began = self.began.get(&due.playbook);
                if began.is_some_and(|began| now.duration_since(*began) < MINUTE) {
                    continue;
                }
            }
            let passes = self.under_way.entry(due.tenant).or_default();
            if passes.iter().any(|pass| pass.playbook == due.playbook) {
                continue;
            }
            if due.is_minutely {
                self.began.insert(due.playbook, now);
            }
            passes.push_back(Pass {
                playbook: due.playbook,
                after: None,
                most: MOST,
            });
        }
        self.under_way.retain(|_, passes| !passes.is_empty());
    }

    /// Forgets playbooks that no longer wait, and what was wrong with them, and writes down which tenants fail.
    fn forget_others(&mut self, found: &DuePasses) {
        let failed = found.failed.iter().map(|(tenant, _)| *tenant);
        let failed = failed.collect::<HashSet<_>>();
        let due = found.due.iter().map(|due| due.playbook);
        let due = due.collect::<HashSet<_>>();
        self.began.retain(|playbook, _| due.contains(playbook));
        self.failing.retain(|playbook, (tenant, _)| {
            let stays = due.contains(playbook) || failed.contains(tenant);
            if !stays {
                failures::forget_failure(subject(*tenant, Some(*playbook)));
            }
            stays
        });
        for tenant in self.failed.difference(&failed) {
            failures::forget_failure(subject(*tenant, None));
        }
        for (tenant, error) in &found.failed {
            failures::note(subject(*tenant, None), error);
        }
        self.failed = failed;
    }

    /// Returns what is left of the pass.
    fn make_step(&mut self, tenant: Uuid, mut pass: Pass) -> Option<Pass> {
        let began = Instant::now();
        let step = || run_pass_step(tenant, pass.playbook, pass.after, pass.most);
        let done = within_a_step(c"pass of a playbook", LONGEST_STEP, step);
        let took = began.elapsed();
        match done {
            Ok(step) => {
                if self.failing.remove(&pass.playbook).is_some() {
                    failures::forget_failure(subject(tenant, Some(pass.playbook)));
                }
                pass.most = match took < LONG {
                    true => (pass.most * STEEPNESS).min(MOST),
                    false => (pass.most / STEEPNESS).max(1),
                };
                match step {
                    PassStep::Done => return None,
                    PassStep::More(after) => pass.after = after,
                }
            }
            Err(Failure::TooLong(_)) if pass.most > 1 => {
                pass.most = (pass.most / STEEPNESS).max(1);
            }
            Err(failure) => self.on_failure(tenant, pass.playbook, &failure, took),
        }
        Some(pass)
    }

    fn on_failure(&mut self, tenant: Uuid, playbook: Uuid, failure: &Failure, took: Duration) {
        let (_, rest) = self
            .failing
            .entry(playbook)
            .or_insert_with(|| (tenant, Rest::default()));
        rest.begin(Instant::now(), took);
        if rest.tries() >= PATIENCE || !matches!(failure, Failure::Passing(_)) {
            failures::note(subject(tenant, Some(playbook)), failure.message());
        }
    }
}

fn is_rested(failing: &HashMap<Uuid, (Uuid, Rest)>, playbook: Uuid, now: Instant) -> bool {
    failing
        .get(&playbook)
        .is_none_or(|(_, rest)| rest.is_over(now))
}

const fn subject(tenant: Uuid, playbook: Option<Uuid>) -> Subject {
    Subject {
        playbook,
        ..Subject::of_tenant(tenant, Step::Playbooks)
    }
}
