//! Owns how the use of an account compares with its own best quarter: a slow decline, which no baseline of weeks shows.
//! Pure.

use super::clock::{QUARTER_WEEKS, WEEKS, length};
use super::component::usage::LEVEL_WEIGHTS;
use super::evidence::Evidence;
use super::formula::weighted;
use super::quantity::Quantity;
use super::yardstick::Yardstick;

/// Days of history without which nothing is said.
pub const HISTORY_DAYS: f64 = 26.0 * 7.0;

/// The median week of the last quarter, in percent of the highest such median that ended within a year; over the kinds
/// in use, by weight.
pub fn share_of_best_quarter(evidence: &Evidence, yardstick: &Yardstick) -> Option<f64> {
    if yardstick.history_days(evidence) < HISTORY_DAYS {
        return None;
    }
    weighted(LEVEL_WEIGHTS.map(|(kind, weight)| {
        let metric = evidence.of(kind);
        let share = metric.is_measured().then(|| share_of_best(&metric.weeks));
        (weight, share.flatten())
    }))
}

/// `None` where there never was a quarter with more than nothing.
fn share_of_best(weeks: &[Quantity]) -> Option<f64> {
    let sum = |week: usize| weeks.get(week).map_or(0.0, |sum| sum.as_f64());
    // Of an odd number the median is the middle one, which needs no sorting of the others.
    let quarter = |end: usize| {
        let mut sums: [f64; QUARTER_WEEKS] = std::array::from_fn(|week| sum(end + week));
        *sums
            .select_nth_unstable_by(QUARTER_WEEKS / 2, f64::total_cmp)
            .1
    };
    let best = (0..=WEEKS - QUARTER_WEEKS).map(quarter).fold(0.0, f64::max);
    (best > 0.0).then(|| length(100) * quarter(0) / best)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn weeks(sums: impl IntoIterator<Item = u32>) -> Vec<Quantity> {
        sums.into_iter().map(Quantity::whole).collect()
    }

    #[test]
    fn a_quarter_is_the_median_of_thirteen_weeks() {
        assert_eq!(share_of_best(&weeks([8; 20])), Some(100.0));
        // Six weeks of nothing are not the median; seven are.
        let lately = |idle: usize| {
            let sums = std::iter::repeat_n(0, idle).chain([8; 40]);
            share_of_best(&weeks(sums))
        };
        assert_eq!(lately(6), Some(100.0));
        assert_eq!(lately(7), Some(0.0));
        assert_eq!(share_of_best(&weeks([0; 64])), None);
        assert_eq!(share_of_best(&[]), None);
    }

    #[test]
    fn a_slow_decline_shows() {
        // 4 % a week, for 64 weeks.
        let sums = (0..64).map(|week| Quantity::from_f64(100.0 * 1.04_f64.powi(week)));
        let share = share_of_best(&sums.collect::<Vec<_>>()).unwrap();
        assert!((share - 100.0 / 1.04_f64.powi(51)).abs() < 1.0, "{share}");
    }

    #[test]
    fn the_best_quarter_ends_at_most_51_weeks_back() {
        let busy = |from: usize| {
            let sums = (0..80).map(|week| {
                if (from..from + 13).contains(&week) {
                    20
                } else {
                    10
                }
            });
            share_of_best(&weeks(sums))
        };
        assert_eq!(busy(51), Some(50.0));
        // Of those that end in time, the best holds six of these weeks: its median is an ordinary one.
        assert_eq!(busy(58), Some(100.0));
    }
}
