//! Owns whose turn it is: among tenants that wait, the one that had least of the worker's time lately. So who has little to do
//! never waits behind who has much. Pure.

use super::super::rest::Rest;
use pgrx::Uuid;
use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Time that was spent counts half after this long.
const HALF_LIFE: Duration = Duration::from_secs(30);
/// Less spent time than this, in seconds, is forgotten.
const NOTHING: f64 = 0.001;

/// The turns of all tenants.
#[derive(Default)]
pub struct Turns(HashMap<Uuid, Turn>);

struct Turn {
    spent: f64,
    as_of: Instant,
    rest: Rest,
}

impl Turns {
    /// The tenant whose turn it is; `None` where all that wait are resting.
    pub fn next(&self, waiting: &[Uuid], now: Instant) -> Option<Uuid> {
        let spent = |tenant: &Uuid| self.0.get(tenant).map_or(0.0, |turn| turn.spent_by(now));
        waiting
            .iter()
            .filter(|tenant| self.is_rested(**tenant, now))
            .min_by(|a, b| spent(a).total_cmp(&spent(b)))
            .copied()
    }

    /// Adds the time that a step of a tenant took.
    pub fn charge(&mut self, tenant: Uuid, took: Duration, now: Instant) {
        let turn = self.turn(tenant, now);
        turn.spent = turn.spent_by(now) + took.as_secs_f64();
        turn.as_of = now;
    }

    /// After a step that failed and took this long, the tenant rests, longer each time; returns how many have failed in a row.
    pub fn rest(&mut self, tenant: Uuid, took: Duration, now: Instant) -> u32 {
        let rest = &mut self.turn(tenant, now).rest;
        rest.begin(now, took);
        rest.tries()
    }

    /// A step of the tenant succeeded.
    pub fn succeeded(&mut self, tenant: Uuid) {
        if let Some(turn) = self.0.get_mut(&tenant) {
            turn.rest.end();
        }
    }

    /// Forgets tenants that had no time lately.
    pub fn tidy(&mut self, now: Instant) {
        self.0
            .retain(|_, turn| turn.rest.tries() > 0 || turn.spent_by(now) > NOTHING);
    }

    fn is_rested(&self, tenant: Uuid, now: Instant) -> bool {
        self.0
            .get(&tenant)
            .is_none_or(|turn| turn.rest.is_over(now))
    }

    fn turn(&mut self, tenant: Uuid, now: Instant) -> &mut Turn {
        self.0.entry(tenant).or_insert_with(|| Turn {
            spent: 0.0,
            as_of: now,
            rest: Rest::default(),
        })
    }
}

impl Turn {
    fn spent_by(&self, now: Instant) -> f64 {
        let age = now.saturating_duration_since(self.as_of).as_secs_f64();
        self.spent * 0.5_f64.powf(age / HALF_LIFE.as_secs_f64())
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn tenant(number: u8) -> Uuid {
        Uuid::from_bytes([number; 16])
    }

    #[test]
    fn a_tenant_with_little_to_do_comes_before_one_with_much() {
        let mut turns = Turns::default();
        let now = Instant::now();
        let (heavy, light) = (tenant(1), tenant(2));
        turns.charge(heavy, Duration::from_secs(1), now);
        assert_eq!(turns.next(&[heavy, light], now), Some(light));
        turns.charge(light, Duration::from_millis(5), now);
        assert_eq!(turns.next(&[heavy, light], now), Some(light));
        assert_eq!(turns.next(&[heavy], now), Some(heavy));
        assert_eq!(turns.next(&[], now), None);
    }

    #[test]
    fn equals_share_the_time_whatever_a_step_takes() {
        let mut turns = Turns::default();
        let mut now = Instant::now();
        let both = [tenant(1), tenant(2)];
        let steps = [Duration::from_millis(10), Duration::from_millis(400)];
        let mut had = [Duration::ZERO; 2];
        for _ in 0..400 {
            let next = turns.next(&both, now).unwrap();
            let which = usize::from(next == both[1]);
            had[which] += steps[which];
            now += steps[which];
            turns.charge(next, steps[which], now);
        }
        let share = had[0].as_secs_f64() / (had[0] + had[1]).as_secs_f64();
        assert!((0.4..0.6).contains(&share), "{share}");
    }

    #[test]
    fn spent_time_fades_and_is_forgotten() {
        let mut turns = Turns::default();
        let now = Instant::now();
        turns.charge(tenant(1), Duration::from_secs(1), now);
        turns.tidy(now + HALF_LIFE);
        assert_eq!(turns.0.len(), 1);
        turns.tidy(now + HALF_LIFE * 12);
        assert!(turns.0.is_empty());
    }

    #[test]
    fn who_fails_rests_while_others_go_on() {
        let mut turns = Turns::default();
        let now = Instant::now();
        let (bad, good) = (tenant(1), tenant(2));
        assert_eq!(turns.rest(bad, Duration::ZERO, now), 1);
        turns.charge(good, Duration::from_secs(60), now);
        assert_eq!(turns.next(&[bad, good], now), Some(good));
        assert_eq!(turns.next(&[bad], now), None);
        assert_eq!(
            turns.next(&[bad, good], now + Duration::from_secs(2)),
            Some(bad)
        );
        turns.tidy(now + HALF_LIFE * 100);
        assert_eq!(turns.rest(bad, Duration::ZERO, now), 2);
        turns.succeeded(bad);
        assert_eq!(turns.next(&[bad, good], now), Some(bad));
    }
}
