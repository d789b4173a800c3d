//! Owns usage: is the product consumed as before? Pure.

use super::recency::{recency, score_recency};
use super::{NEVER, left_out};
use crate::health::score::clock::WINDOW_DAYS;
use crate::health::score::evidence::Evidence;
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::sentence::short;
use crate::health::score::yardstick::{Yardstick, short_history};

/// Weights of the kinds within level and trend.
pub const LEVEL_WEIGHTS: [(MetricKind, f64); 3] = [
    (MetricKind::Logins, 30.0),
    (MetricKind::FeatureUsage, 50.0),
    (MetricKind::ApiCalls, 20.0),
];
/// Share of the usual weekly rate that gives 0.
const DECLINED: f64 = 0.5;

/// Level, trend and recency.
pub fn score_usage(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let by_kind = |score_kind: fn(&Evidence, &Yardstick, MetricKind) -> Part| {
        LEVEL_WEIGHTS.map(|(kind, weight)| {
            let part = score_kind(evidence, yardstick, kind);
            part.of_metric(kind.label(), weight)
        })
    };
    Component::new(
        "usage",
        vec![
            level(40.0).made_of(by_kind(score_level).into(), NEVER),
            trend(30.0).made_of(
                by_kind(score_trend).into(),
                "too little history to compare with",
            ),
            score_last_use(evidence, yardstick),
        ],
    )
}

const fn level(weight: f64) -> Part {
    Part::new("level", weight, |part| {
        let (sum, target) = (short(part.raw), short(part.target));
        format!("{sum} in {WINDOW_DAYS} days; {target} give 100")
    })
}

fn score_level(evidence: &Evidence, yardstick: &Yardstick, kind: MetricKind) -> Part {
    let (metric, clock) = (evidence.of(kind), yardstick.clock(kind));
    let part = level(0.0)
        .over(clock.window_start(), clock.moment())
        .rows(metric.rows);
    if let Some(why) = left_out(metric) {
        return part.absent(why);
    }
    let target = yardstick.targets[kind.index()] * yardstick.share(kind, evidence);
    let sum = metric.window.as_f64();
    part.target(target).scored(sum, lin(sum, 0.0, target))
}

const fn trend(weight: f64) -> Part {
    Part::new("trend", weight, |part| {
        let weekly = short(part.raw);
        match part.baseline {
            Some(usual) if usual > 0.0 => format!(
                "{weekly} a week; the usual {} gives 100, {} gives 0",
                short(usual),
                short(usual * DECLINED)
            ),
            _ => format!("{weekly} a week; there was none before"),
        }
    })
}

fn score_trend(evidence: &Evidence, yardstick: &Yardstick, kind: MetricKind) -> Part {
    let (metric, clock) = (evidence.of(kind), yardstick.clock(kind));
    let blocks = yardstick.counting_blocks(kind, evidence);
    let part = trend(0.0)
        .over(clock.blocks_start(blocks), clock.moment())
        .rows(metric.rows_since(blocks));
    if let Some(why) = left_out(metric) {
        return part.absent(why);
    }
    let sums = metric.blocks.map(|sum| sum.as_f64());
    let baseline = yardstick.baseline(kind, evidence, &sums);
    let weekly = yardstick.weekly(kind, evidence, metric.window.as_f64());
    let part = part.baseline(baseline);
    match (compare_rates(weekly, baseline), baseline) {
        (Some(score), Some(usual)) => part.target(usual).scored(weekly, score),
        (_, None) => part.absent(short_history()),
        (None, _) => part.absent("none now and none before"),
    }
}

/// The current weekly rate against the usual one: as much gives 100. What was never there and now is counts as growth;
/// nothing against nothing says nothing.
fn compare_rates(current: f64, baseline: Option<f64>) -> Option<f64> {
    match baseline? {
        0.0 => (current > 0.0).then_some(100.0),
        usual => Some(lin(current / usual, DECLINED, 1.0)),
    }
}

fn score_last_use(evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let measured = LEVEL_WEIGHTS
        .into_iter()
        .map(|(kind, _)| kind)
        .filter(|kind| evidence.of(*kind).is_measured())
        .collect::<Vec<_>>();
    let part = recency(30.0);
    if measured.is_empty() {
        return part.absent(NEVER);
    }
    let latest = measured
        .into_iter()
        .filter_map(|kind| {
            let last = evidence.of(kind).last?;
            let clock = yardstick.clock(kind);
            Some((clock.days_since(last), last, clock.moment()))
        })
        .min_by(|one, other| one.0.total_cmp(&other.0));
    score_recency(part, latest)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_trend_needs_something_to_compare_with() {
        assert_eq!(compare_rates(5.0, None), None);
        assert_eq!(compare_rates(0.0, Some(0.0)), None);
        assert_eq!(compare_rates(5.0, Some(0.0)), Some(100.0));
        assert_eq!(compare_rates(0.0, Some(8.0)), Some(0.0));
        assert_eq!(compare_rates(4.0, Some(8.0)), Some(0.0));
        assert_eq!(compare_rates(6.0, Some(8.0)), Some(50.0));
        assert_eq!(compare_rates(9.0, Some(8.0)), Some(100.0));
    }

    #[test]
    fn level_and_trend_are_read_in_a_sentence() {
        let part = level(40.0).target(37.5).scored(20.0, 53.3);
        assert_eq!(part.reading(), "20 in 30 days; 37.5 give 100");
        let part = |usual| trend(30.0).baseline(Some(usual)).scored(6.0, 50.0);
        assert_eq!(
            part(8.0).reading(),
            "6 a week; the usual 8 gives 100, 4 gives 0"
        );
        assert_eq!(part(0.0).reading(), "6 a week; there was none before");
    }
}
