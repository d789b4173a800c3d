//! Owns what a score knows beside its parts, for caps and criteria to ask about. Pure.

use super::best_quarter::share_of_best_quarter;
use super::evidence::Evidence;
use super::metric::MetricKind;
use super::parts::Component;
use super::tickets::TicketLoad;
use super::yardstick::Yardstick;

/// Days of history without which nothing is said of seats.
const SEAT_HISTORY_DAYS: f64 = 28.0;

/// What a score knows beside its parts: what is kept is what caps have seen.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ScoreFacts {
    /// For how many days the oldest urgent ticket has been open.
    pub urgent_open_days: Option<f64>,
    /// People of the window in percent of the seats.
    pub seat_share: Option<f64>,
    /// The score of usage's trend.
    pub usage_trend: Option<f64>,
    /// Use in percent of the account's best quarter.
    pub usage_of_best: Option<f64>,
    /// The seats that breadth uses.
    pub seats: Option<f64>,
}

impl ScoreFacts {
    /// Each with its name, which is that of a criteria field.
    pub const fn named(&self) -> [(&'static str, Option<f64>); 5] {
        [
            ("urgent_open_days", self.urgent_open_days),
            ("seat_share", self.seat_share),
            ("usage_trend", self.usage_trend),
            ("usage_of_best", self.usage_of_best),
            ("seats", self.seats),
        ]
    }
}

/// Collects them once the components are computed.
pub fn collect_facts(
    evidence: &Evidence,
    (seats, tickets): (Option<f64>, &TicketLoad),
    usage: &Component,
    yardstick: &Yardstick,
) -> ScoreFacts {
    let trend = usage.parts.iter().find(|part| part.name == "trend");
    ScoreFacts {
        urgent_open_days: tickets.oldest_urgent,
        seat_share: seat_share(evidence, seats, yardstick).map(round),
        usage_trend: trend.and_then(|part| part.score).map(round),
        usage_of_best: share_of_best_quarter(evidence, yardstick).map(round),
        seats,
    }
}

fn seat_share(evidence: &Evidence, seats: Option<f64>, yardstick: &Yardstick) -> Option<f64> {
    let logins = evidence.of(MetricKind::Logins);
    let seats = seats?;
    if !logins.is_observed() || yardstick.history_days(evidence) < SEAT_HISTORY_DAYS {
        return None;
    }
    if logins.unused_since.is_some() {
        return Some(0.0);
    }
    Some((100.0 * evidence.people()? / seats).min(100.0))
}

/// Without what is lost to binary fractions, which must not decide over a cap.
fn round(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
