//! Owns how often a playbook would have run: tries in the order of time, decided by the same gates as when it happens. Pure.

use super::candidates::Gates;
use crate::health::{DAY, LocalDay, Moment};
use crate::playbooks::running::gate::{RunResult, Situation, decide};
use pgrx::Uuid;
use std::collections::{HashMap, VecDeque};

/// How often a playbook may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub cooldown_minutes: i32,
    pub daily_cap: Option<i32>,
    /// In ten minutes.
    pub burst: i64,
}

/// A try to run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Try {
    pub at: Moment,
    /// The day that this was for the tenant.
    pub day: LocalDay,
    pub account: Uuid,
    pub gates: Gates,
}

const MINUTE: Moment = DAY / 1_440;

/// The runs there were so far.
#[derive(Debug, Default)]
pub struct Replay {
    last: HashMap<Uuid, Moment>,
    today: (LocalDay, i64),
    lately: VecDeque<Moment>,
}

impl Replay {
    /// What comes of a try, which is not before those so far.
    pub fn decide(&mut self, it: &Try, limits: &Limits) -> RunResult {
        if self.today.0 != it.day {
            self.today = (it.day, 0);
        }
        while self
            .lately
            .front()
            .is_some_and(|at| *at <= it.at - 10 * MINUTE)
        {
            self.lately.pop_front();
        }
        let result = decide(&Situation {
            status: it.gates.status,
            stale_feed: it.gates.stale_feed,
            uncertain: it.gates.uncertain,
            ends_chain: false,
            minutes_since_last: self.last.get(&it.account).map(|at| minutes(it.at - at)),
            cooldown_minutes: limits.cooldown_minutes,
            fired_today: self.today.1,
            daily_cap: limits.daily_cap,
            fired_lately: i64::try_from(self.lately.len()).unwrap_or(i64::MAX),
            burst: limits.burst,
        });
        if result == RunResult::Fired {
            self.last.insert(it.account, it.at);
            self.today.1 += 1;
            self.lately.push_back(it.at);
        }
        result
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a microsecond in centuries is nothing"
)]
fn minutes(time: Moment) -> f64 {
    time as f64 / MINUTE as f64
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::stages::AccountStatus;

    fn results(limits: &Limits, tries: &[(Moment, u8)]) -> Vec<RunResult> {
        let mut replay = Replay::default();
        let one = |(at, account): &(Moment, u8)| Try {
            at: at * MINUTE,
            day: at.div_euclid(1_440),
            account: Uuid::from_bytes([*account; 16]),
            gates: Gates {
                status: AccountStatus::Active,
                stale_feed: false,
                uncertain: false,
            },
        };
        tries
            .iter()
            .map(|it| replay.decide(&one(it), limits))
            .collect()
    }

    const FREE: Limits = Limits {
        cooldown_minutes: 0,
        daily_cap: None,
        burst: 1_000,
    };

    #[test]
    fn a_cooldown_is_of_an_account_and_counts_from_what_fired() {
        let limits = Limits {
            cooldown_minutes: 60,
            ..FREE
        };
        let tries = [(0, 1), (59, 1), (59, 2), (60, 1)];
        let (fired, cooldown) = (RunResult::Fired, RunResult::Cooldown);
        assert_eq!(results(&limits, &tries), [fired, cooldown, fired, fired]);
    }

    #[test]
    fn a_cap_is_of_a_day_and_a_burst_of_ten_minutes() {
        let limits = Limits {
            daily_cap: Some(2),
            ..FREE
        };
        let tries = [(1_400, 1), (1_410, 2), (1_439, 3), (1_440, 4)];
        let (fired, cap) = (RunResult::Fired, RunResult::DailyCap);
        assert_eq!(results(&limits, &tries), [fired, fired, cap, fired]);
        let limits = Limits { burst: 2, ..FREE };
        let tries = [(0, 1), (1, 2), (9, 3), (10, 4), (10, 5)];
        let burst = RunResult::Burst;
        assert_eq!(
            results(&limits, &tries),
            [fired, fired, burst, fired, burst]
        );
    }
}
