//! Owns adoption: how deep? Pure.

use super::left_out;
use crate::health::score::clock::{LATEST_WEEKS, WEEK_DAYS, length};
use crate::health::score::evidence::{Evidence, used};
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::sentence::{percent, short};
use crate::health::score::yardstick::Yardstick;

/// Share of the catalogue that gives 100.
const BREADTH: f64 = 0.6;
/// Share of features used week after week that gives 100.
const STICKINESS: f64 = 0.7;
/// Weeks, of the latest ones, that make a habit.
const HABIT: u32 = 3;
/// Days of history without which nothing is said of habits.
const HABIT_DAYS: usize = LATEST_WEEKS * WEEK_DAYS;

/// Breadth, stickiness and depth of feature usage.
pub fn score_adoption(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let (metric, clock) = (
        evidence.of(MetricKind::FeatureUsage),
        yardstick.clock(MetricKind::FeatureUsage),
    );
    let logins = yardstick.clock(MetricKind::Logins);
    let parts = [
        breadth(50.0)
            .over(clock.window_start(), clock.moment())
            .rows(metric.rows),
        stickiness(30.0)
            .over(clock.ago(HABIT_DAYS), clock.moment())
            .rows(evidence.feature_week_rows),
        depth(20.0)
            .over(
                clock.window_start().min(logins.window_start()),
                clock.moment().max(logins.moment()),
            )
            .rows(metric.rows + evidence.of(MetricKind::Logins).rows),
    ];
    if let Some(why) = left_out(metric) {
        let absent = parts.map(|part| part.absent(why.clone()));
        return Component::new("adoption", absent.into());
    }
    let [breadth, stickiness, depth] = parts;
    Component::new(
        "adoption",
        vec![
            score_breadth(breadth, evidence, yardstick),
            score_stickiness(stickiness, evidence, yardstick),
            score_depth(depth, evidence, yardstick),
        ],
    )
}

const fn breadth(weight: f64) -> Part {
    Part::new("breadth", weight, |part| {
        let (share, catalogue) = (percent(part.raw), short(part.baseline));
        format!(
            "{share} of {catalogue} features in use; {} give 100",
            percent(BREADTH)
        )
    })
}

fn score_breadth(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
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
    let share = length(known.count()) / length(catalogue.len());
    part.baseline(Some(length(catalogue.len())))
        .target(BREADTH)
        .scored(share, lin(share, 0.0, BREADTH))
}

const fn stickiness(weight: f64) -> Part {
    Part::new("stickiness", weight, |part| {
        format!(
            "{} in use in {HABIT} of the last {LATEST_WEEKS} weeks; {} give 100",
            percent(part.raw),
            percent(STICKINESS)
        )
    })
}

fn score_stickiness(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let clock = yardstick.clock(MetricKind::FeatureUsage);
    let history = evidence
        .first_seen
        .map_or(0.0, |first| clock.days_since(first));
    if history < length(HABIT_DAYS) {
        return part.absent(format!("under {HABIT_DAYS} days of history"));
    }
    let weeks = evidence
        .features
        .values()
        .map(|bits| (bits & used::WEEKS).count_ones())
        .filter(|weeks| *weeks > 0)
        .collect::<Vec<_>>();
    let share = if weeks.is_empty() {
        f64::from(evidence.feature_weeks.count_ones()) / length(LATEST_WEEKS)
    } else {
        let habits = weeks.iter().filter(|weeks| **weeks >= HABIT);
        length(habits.count()) / length(weeks.len())
    };
    part.target(STICKINESS)
        .scored(share, lin(share, 0.0, STICKINESS))
}

const fn depth(weight: f64) -> Part {
    Part::new("depth", weight, |part| {
        let (depth, usual) = (short(part.raw), short(part.baseline));
        format!("{depth} uses a login; the usual {usual} gives 100")
    })
}

fn score_depth(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
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

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn each_part_is_read_in_a_sentence() {
        assert_eq!(
            breadth(50.0)
                .baseline(Some(5.0))
                .scored(0.2, 33.3)
                .reading(),
            "20 % of 5 features in use; 60 % give 100"
        );
        assert_eq!(
            stickiness(30.0).scored(0.5, 71.4).reading(),
            "50 % in use in 3 of the last 4 weeks; 70 % give 100"
        );
        assert_eq!(
            depth(20.0).baseline(Some(2.5)).scored(1.0, 40.0).reading(),
            "1 uses a login; the usual 2.5 gives 100"
        );
    }
}
