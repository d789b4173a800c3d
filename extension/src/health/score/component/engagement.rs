//! Owns engagement: do people keep coming? Pure.

use super::left_out;
use super::recency::{recency, score_recency};
use crate::health::score::clock::WINDOW_DAYS;
use crate::health::score::evidence::Evidence;
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::sentence::{percent, short};
use crate::health::score::yardstick::Yardstick;

/// Days with logins in a full window that give 100.
const DAYS: f64 = 12.0;
/// Share of the seats that gives 100.
const SHARE: f64 = 0.6;

/// Frequency, breadth and recency of logins.
pub fn score_engagement(
    evidence: &Evidence,
    seats: Option<f64>,
    yardstick: &Yardstick,
) -> Component {
    let (logins, clock) = (
        evidence.of(MetricKind::Logins),
        yardstick.clock(MetricKind::Logins),
    );
    let over_window = |part: Part| {
        part.over(clock.window_start(), clock.moment())
            .rows(logins.rows)
    };
    let parts = [
        over_window(frequency(50.0)),
        over_window(breadth(30.0)),
        recency(20.0),
    ];
    if let Some(why) = left_out(logins) {
        let absent = parts.map(|part| part.absent(why.clone()));
        return Component::new("engagement", absent.into());
    }
    let [frequency, breadth, recency] = parts;
    let last = logins.last;
    let last = last.map(|at| (clock.days_since(at), at, clock.moment()));
    Component::new(
        "engagement",
        vec![
            score_frequency(frequency, evidence, yardstick),
            score_breadth(breadth, evidence, seats),
            score_recency(recency, last),
        ],
    )
}

const fn frequency(weight: f64) -> Part {
    Part::new("frequency", weight, |part| {
        let (days, target) = (short(part.raw), short(part.target));
        format!("on {days} days of {WINDOW_DAYS}; {target} give 100")
    })
}

fn score_frequency(part: Part, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let days = f64::from(evidence.visits.days.count_ones());
    let target = DAYS * yardstick.share(MetricKind::Logins, evidence);
    part.target(target).scored(days, lin(days, 0.0, target))
}

const fn breadth(weight: f64) -> Part {
    Part::new("breadth", weight, |part| {
        let (share, seats) = (percent(part.raw), short(part.baseline));
        format!(
            "{share} of {seats} seats signed in; {} give 100",
            percent(SHARE)
        )
    })
}

fn score_breadth(part: Part, evidence: &Evidence, seats: Option<f64>) -> Part {
    let Some(seats) = seats else {
        return part.absent("the number of seats is not known");
    };
    let Some(people) = evidence.people() else {
        return part.absent("logins do not say who signed in");
    };
    let rows = match (evidence.visits.user_rows, evidence.visits.active_users) {
        (0, Some(_)) => 1,
        (named, _) => named,
    };
    let share = people / seats;
    part.baseline(Some(seats))
        .target(SHARE)
        .rows(rows)
        .scored(share, lin(share, 0.0, SHARE))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn frequency_and_breadth_are_read_in_a_sentence() {
        let part = frequency(50.0).target(12.0).scored(3.0, 25.0);
        assert_eq!(part.reading(), "on 3 days of 30; 12 give 100");
        let part = breadth(30.0).baseline(Some(120.0)).scored(0.25, 41.7);
        assert_eq!(part.reading(), "25 % of 120 seats signed in; 60 % give 100");
    }
}
