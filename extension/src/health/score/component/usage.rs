//! Owns usage: is the product consumed as before? Pure.

use super::NEVER;
use crate::health::score::evidence::Evidence;
use crate::health::score::formula::{lin, trend};
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::yardstick::Yardstick;

/// Weights of the kinds within level and trend.
const KINDS: [(MetricKind, f64); 3] = [
    (MetricKind::Logins, 30.0),
    (MetricKind::FeatureUsage, 50.0),
    (MetricKind::ApiCalls, 20.0),
];
/// Recency in days: nothing left, and as good as can be.
const GONE: f64 = 30.0;
const FRESH: f64 = 3.0;

/// Level, trend and recency.
pub fn judge(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let of_all = |judge: fn(&Evidence, &Yardstick, MetricKind) -> Part| {
        KINDS.map(|(kind, weight)| Part {
            weight,
            metric: Some(kind.label()),
            ..judge(evidence, yardstick, kind)
        })
    };
    Component::new(
        "usage",
        vec![
            Part::new("level", 40.0).made_of(of_all(level).into(), NEVER),
            Part::new("trend", 30.0)
                .made_of(of_all(change).into(), "too little history to compare with"),
            recency(evidence, yardstick),
        ],
    )
}

fn level(evidence: &Evidence, yardstick: &Yardstick, kind: MetricKind) -> Part {
    let (metric, clock) = (evidence.of(kind), yardstick.clock(kind));
    let part = Part::new("level", 0.0)
        .over(clock.window_start(), clock.reference())
        .rows(metric.rows);
    if !metric.is_observed {
        return part.absent(NEVER);
    }
    let target = yardstick.targets[kind.index()] * yardstick.share(kind, evidence);
    let sum = metric.window.as_f64();
    part.target(target).scored(sum, lin(sum, 0.0, target))
}

fn change(evidence: &Evidence, yardstick: &Yardstick, kind: MetricKind) -> Part {
    let (metric, clock) = (evidence.of(kind), yardstick.clock(kind));
    let part = Part::new("trend", 0.0)
        .over(clock.ago(114), clock.reference())
        .rows(metric.rows + metric.block_rows);
    if !metric.is_observed {
        return part.absent(NEVER);
    }
    let sums = metric.blocks.map(|sum| sum.as_f64());
    let baseline = yardstick.baseline(kind, evidence, &sums);
    let weekly = yardstick.weekly(kind, evidence, metric.window.as_f64());
    let part = part.baseline(baseline);
    match (trend(weekly, baseline), baseline) {
        (Some(score), Some(usual)) => part.target(usual).scored(weekly, score),
        (_, None) => part.absent("under four weeks of history before the window"),
        (None, _) => part.absent("nothing now and nothing usual"),
    }
}

fn recency(evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let observed = KINDS
        .into_iter()
        .map(|(kind, _)| kind)
        .filter(|kind| evidence.of(*kind).is_observed)
        .collect::<Vec<_>>();
    let part = Part::new("recency", 30.0);
    if observed.is_empty() {
        return part.absent(NEVER);
    }
    let latest = observed
        .into_iter()
        .filter_map(|kind| {
            let last = evidence.of(kind).last?;
            Some((yardstick.clock(kind).days_since(last), last))
        })
        .min_by(|one, other| one.0.total_cmp(&other.0));
    let part = part.target(FRESH);
    match latest {
        Some((days, last)) => part
            .over(last, yardstick.clock(MetricKind::Logins).reference())
            .rows(1)
            .scored(days, lin(days, GONE, FRESH)),
        None => Part {
            score: Some(0.0),
            ..part
        },
    }
}
