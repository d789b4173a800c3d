//! Owns when a receiver is left alone: after ten failures in a row, or seven of the last ten, deliveries to it wait; one is tried
//! at the end of each rest, and if that arrives all go again. Pure.

use std::collections::VecDeque;
use std::time::Duration;

const IN_A_ROW: u32 = 10;
const REMEMBERED: usize = 20;
const LEAST: usize = 10;
const FAILED_OF_TEN: usize = 7;
const FIRST_REST: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(120);

/// What a try says of the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It answers.
    Well,
    /// It does not, or is overloaded.
    Failing,
    /// Nothing: the fault is not the receiver's, or not its whole.
    Neither,
}

/// What the breaker did because of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The receiver is left alone, or longer.
    Opened,
    /// It is called again.
    Closed,
}

/// The breaker of a lane. Moments are µs since 1970.
#[derive(Debug, Default)]
pub struct Breaker {
    lately: VecDeque<bool>,
    in_a_row: u32,
    probe_at: Option<i64>,
    rests: u32,
    is_probing: bool,
}

impl Breaker {
    /// As it was before the worker was started anew.
    pub fn opened(probe_at: i64, failures: u32) -> Self {
        Self {
            in_a_row: failures.max(IN_A_ROW),
            probe_at: Some(probe_at),
            rests: failures.saturating_sub(IN_A_ROW),
            ..Self::default()
        }
    }

    /// When the next delivery may be tried; `None`: the receiver is not left alone.
    pub const fn probe_at(&self) -> Option<i64> {
        self.probe_at
    }

    /// Failures one after the other.
    pub const fn failures(&self) -> u32 {
        self.in_a_row
    }

    /// Whether nothing may be sent now, one try excepted where its moment has come.
    pub fn is_shut(&self, now: i64) -> bool {
        self.probe_at
            .is_some_and(|probe_at| probe_at > now || self.is_probing)
    }

    /// A delivery leaves.
    pub const fn note_sent(&mut self) {
        self.is_probing = self.probe_at.is_some();
    }

    /// It came back without having left.
    pub const fn note_unsent(&mut self) {
        self.is_probing = false;
    }

    /// Its try is over.
    pub fn note(&mut self, verdict: Verdict, now: i64) -> Option<Change> {
        self.is_probing = false;
        match verdict {
            Verdict::Neither => None,
            Verdict::Well => {
                self.remember(true);
                self.in_a_row = 0;
                let was_open = self.probe_at.take().is_some();
                if was_open {
                    self.lately.clear();
                    self.rests = 0;
                }
                was_open.then_some(Change::Closed)
            }
            Verdict::Failing => {
                self.remember(false);
                self.in_a_row += 1;
                let failed = self.lately.iter().filter(|it| !**it).count();
                let is_bad =
                    self.lately.len() >= LEAST && failed * 10 >= self.lately.len() * FAILED_OF_TEN;
                let ends_a_rest = self.probe_at.is_none_or(|probe_at| probe_at <= now);
                if (self.in_a_row < IN_A_ROW && !is_bad) || !ends_a_rest {
                    return None;
                }
                let rest = FIRST_REST * 2_u32.saturating_pow(self.rests.min(10));
                self.probe_at = Some(now + micros(rest.min(LONGEST_REST)));
                self.rests += 1;
                Some(Change::Opened)
            }
        }
    }

    fn remember(&mut self, is_well: bool) {
        self.lately.push_back(is_well);
        if self.lately.len() > REMEMBERED {
            self.lately.pop_front();
        }
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const SECOND: i64 = 1_000_000;

    fn fail(breaker: &mut Breaker, times: u32, now: i64) -> Option<Change> {
        (0..times)
            .map(|_| breaker.note(Verdict::Failing, now))
            .last()
            .flatten()
    }

    #[test]
    fn ten_failures_in_a_row_open_it_and_nine_do_not() {
        let mut breaker = Breaker::default();
        assert_eq!(fail(&mut breaker, 9, 0), None);
        assert!(!breaker.is_shut(0));
        assert_eq!(fail(&mut breaker, 1, 0), Some(Change::Opened));
        assert!(breaker.is_shut(SECOND - 1) && !breaker.is_shut(SECOND));
    }

    #[test]
    fn seven_of_ten_open_it_and_six_do_not() {
        for (failed, is_open) in [(6, false), (7, true)] {
            let mut breaker = Breaker::default();
            for number in 0..10 {
                let verdict = match number % 10 < failed {
                    true => Verdict::Failing,
                    false => Verdict::Well,
                };
                breaker.note(verdict, 0);
                // In the order failed, failed, …, well a row of ten cannot come about.
            }
            breaker.note(Verdict::Failing, 0);
            assert_eq!(breaker.probe_at().is_some(), is_open, "{failed}");
        }
    }

    #[test]
    fn what_is_not_the_receivers_fault_changes_nothing() {
        let mut breaker = Breaker::default();
        for _ in 0..100 {
            assert_eq!(breaker.note(Verdict::Neither, 0), None);
        }
        assert_eq!(breaker.failures(), 0);
    }

    #[test]
    fn one_try_at_a_time_decides_and_rests_grow_to_a_bound() {
        let mut breaker = Breaker::default();
        fail(&mut breaker, 10, 0);
        // What was under way when it opened does not lengthen the rest.
        assert_eq!(fail(&mut breaker, 5, 10), None);
        let mut now = 0;
        let mut rests = Vec::new();
        for _ in 0..10 {
            let probe_at = breaker.probe_at().unwrap();
            rests.push((probe_at - now) / SECOND);
            now = probe_at;
            assert!(!breaker.is_shut(now));
            breaker.note_sent();
            assert!(breaker.is_shut(now), "one at a time");
            assert_eq!(breaker.note(Verdict::Failing, now), Some(Change::Opened));
        }
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 64, 120, 120, 120]);
        now = breaker.probe_at().unwrap();
        breaker.note_sent();
        assert_eq!(breaker.note(Verdict::Well, now), Some(Change::Closed));
        assert!(!breaker.is_shut(now));
        assert_eq!(fail(&mut breaker, 9, now), None);
    }

    #[test]
    fn it_goes_on_where_it_was() {
        let breaker = Breaker::opened(5 * SECOND, 14);
        assert!(breaker.is_shut(0) && !breaker.is_shut(5 * SECOND));
        assert_eq!(breaker.failures(), 14);
    }
}
