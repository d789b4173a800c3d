//! Owns engagement: do people keep coming? Pure.

use super::NEVER;
use crate::health::score::evidence::Evidence;
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::yardstick::Yardstick;

/// Days with logins in a full window that give 100.
const DAYS: f64 = 12.0;
/// Share of the seats that gives 100.
const SHARE: f64 = 0.6;

/// Frequency, breadth and recency of logins.
pub fn judge(evidence: &Evidence, seats: Option<f64>, yardstick: &Yardstick) -> Component {
    Component::new(
        "engagement",
        vec![
            frequency(evidence, yardstick),
            breadth(evidence, seats, yardstick),
            recency(evidence, yardstick),
        ],
    )
}

fn over_window(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let clock = yardstick.clock(MetricKind::Logins);
    part.over(clock.window_start(), clock.reference())
        .rows(evidence.of(MetricKind::Logins).rows)
}

fn frequency(evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let part = over_window(Part::new("frequency", 50.0), evidence, yardstick);
    if !evidence.of(MetricKind::Logins).is_observed {
        return part.absent(NEVER);
    }
    let days = f64::from(evidence.visits.days.count_ones());
    let target = DAYS * yardstick.share(MetricKind::Logins, evidence);
    part.target(target).scored(days, lin(days, 0.0, target))
}

fn breadth(evidence: &Evidence, seats: Option<f64>, yardstick: &Yardstick) -> Part {
    let part = over_window(Part::new("breadth", 30.0), evidence, yardstick);
    if !evidence.of(MetricKind::Logins).is_observed {
        return part.absent(NEVER);
    }
    let Some(seats) = seats.or(evidence.seats.map(|(_, seats)| seats)) else {
        return part.absent("the number of seats is not known");
    };
    let Some(people) = people(evidence) else {
        return part.absent("logins do not tell who signed in");
    };
    let share = people / seats;
    part.baseline(Some(seats))
        .target(SHARE)
        .scored(share, lin(share, 0.0, SHARE))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "people are fewer than a double can count"
)]
fn people(evidence: &Evidence) -> Option<f64> {
    if !evidence.visits.users.is_empty() {
        return Some(evidence.visits.users.len() as f64);
    }
    match evidence.visits.active_users {
        Some((_, people)) => Some(people),
        None => (!evidence.of(MetricKind::Logins).window.is_some()).then_some(0.0),
    }
}

fn recency(evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let (metric, clock) = (
        evidence.of(MetricKind::Logins),
        yardstick.clock(MetricKind::Logins),
    );
    let part = Part::new("recency", 20.0);
    if !metric.is_observed {
        return part.absent(NEVER);
    }
    let part = part.target(3.0);
    match metric.last {
        Some(last) => {
            let days = clock.days_since(last);
            part.over(last, clock.reference())
                .rows(1)
                .scored(days, lin(days, 30.0, 3.0))
        }
        None => Part {
            score: Some(0.0),
            ..part
        },
    }
}
