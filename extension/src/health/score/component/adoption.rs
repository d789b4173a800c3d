//! Owns adoption: how deep? Pure.

use super::NEVER;
use crate::health::score::clock::days_between;
use crate::health::score::evidence::{Evidence, used};
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::yardstick::Yardstick;

/// Share of the catalogue that gives 100.
const BREADTH: f64 = 0.6;
/// Share of features used week after week that gives 100.
const STICKINESS: f64 = 0.7;
/// Weeks, of four, that make a habit.
const HABIT: u32 = 3;

/// Breadth, stickiness and depth of feature usage.
pub fn judge(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let (metric, clock) = (
        evidence.of(MetricKind::FeatureUsage),
        yardstick.clock(MetricKind::FeatureUsage),
    );
    let part = |name, weight, days| {
        Part::new(name, weight)
            .over(clock.ago(days), clock.reference())
            .rows(metric.rows)
    };
    let parts = [
        part("breadth", 50.0, 30),
        part("stickiness", 30.0, 28),
        part("depth", 20.0, 30),
    ];
    if !metric.is_observed {
        return Component::new("adoption", parts.map(|part| part.absent(NEVER)).into());
    }
    let [wide, sticky, deep] = parts;
    Component::new(
        "adoption",
        vec![
            breadth(wide, evidence, yardstick),
            stickiness(sticky, evidence, yardstick),
            depth(deep, evidence, yardstick),
        ],
    )
}

fn breadth(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let catalogue = &yardstick.norms.catalogue;
    let mut of_window = evidence
        .features
        .iter()
        .filter(|(_, bits)| *bits & used::WINDOW != 0)
        .peekable();
    if catalogue.is_empty() {
        return part.absent("there is no catalogue of features");
    }
    if evidence.of(MetricKind::FeatureUsage).window.is_some() && of_window.peek().is_none() {
        return part.absent("usage does not name features");
    }
    let known = of_window.filter(|(feature, _)| catalogue.contains(feature));
    let share = ratio(known.count(), catalogue.len());
    part.baseline(Some(ratio(catalogue.len(), 1)))
        .target(BREADTH)
        .scored(share, lin(share, 0.0, BREADTH))
}

fn stickiness(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let clock = yardstick.clock(MetricKind::FeatureUsage);
    let history = evidence
        .first_seen
        .map_or(0.0, |first| days_between(first, clock.reference()));
    if history < 28.0 {
        return part.absent("under 28 days of history");
    }
    let weeks = evidence
        .features
        .values()
        .map(|bits| (bits & used::WEEKS).count_ones())
        .filter(|weeks| *weeks > 0)
        .collect::<Vec<_>>();
    let share = if weeks.is_empty() {
        f64::from(evidence.feature_weeks.count_ones()) / 4.0
    } else {
        ratio(
            weeks.iter().filter(|weeks| **weeks >= HABIT).count(),
            weeks.len(),
        )
    };
    part.target(STICKINESS)
        .scored(share, lin(share, 0.0, STICKINESS))
}

fn depth(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let Some(depth) = evidence.depth() else {
        return part.absent("no logins in the window");
    };
    match yardstick.norms.depth {
        Some(usual) if usual > 0.0 => part
            .baseline(Some(usual))
            .target(usual)
            .scored(depth, lin(depth / usual, 0.0, 1.0)),
        _ => part.absent("the tenant's accounts use no features"),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "features are fewer than a double can count"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
