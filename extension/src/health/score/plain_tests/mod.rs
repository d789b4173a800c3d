//! What the tests of the formulas share: rows as they come, and an ordinary yardstick.

mod parts;
mod tickets;
mod whole;

use super::clock::DAY;
use super::clock::plain_tests::{NOON, clock};
use super::evidence::Evidence;
use super::metric::{MetricKind, UsageMetadata, UsageRow};
use super::overall::{Score, compute_score};
use super::quantity::Quantity;
use super::yardstick::{Norms, Yardstick};

const EVEN: [f64; 4] = [25.0; 4];

pub fn yardstick() -> Yardstick {
    Yardstick {
        clocks: std::array::from_fn(|_| clock(NOON)),
        account_clock: clock(NOON),
        is_out: [false; 4],
        targets: [40.0, 100.0, 500.0],
        norms: Norms {
            catalogue: (0..10).collect(),
            depth: Some(2.5),
        },
        has_tickets: true,
    }
}

fn row(
    kind: MetricKind,
    hours_ago: i64,
    value: u32,
    metadata: UsageMetadata<'static>,
) -> UsageRow<'static> {
    let id = u128::try_from(hours_ago).unwrap_or(0) * 16 + kind.index() as u128;
    UsageRow {
        kind,
        stamp: (NOON - hours_ago * DAY / 24, id),
        value: Quantity::whole(value),
        metadata,
    }
}

pub fn plain(kind: MetricKind, days_ago: i64, value: u32) -> UsageRow<'static> {
    row(kind, days_ago * 24, value, UsageMetadata::default())
}

fn feature(days_ago: i64, feature: u32, value: u32) -> UsageRow<'static> {
    let metadata = UsageMetadata {
        feature: Some(feature),
        ..UsageMetadata::default()
    };
    row(
        MetricKind::FeatureUsage,
        days_ago * 24 + i64::from(feature) % 20,
        value,
        metadata,
    )
}

fn score_by(rows: &[UsageRow<'static>], seats: Option<f64>, yardstick: &Yardstick) -> Score {
    let mut evidence = Evidence::default();
    rows.iter()
        .for_each(|row| evidence.add_row(row, &yardstick.clocks));
    compute_score(&evidence, seats, &EVEN, yardstick)
}

fn score(rows: &[UsageRow<'static>]) -> Score {
    score_by(rows, None, &yardstick())
}

fn part(score: &Score, component: usize, name: &str) -> Option<f64> {
    let parts = &score.components[component].parts;
    parts.iter().find(|part| part.name == name).unwrap().score
}

fn components(score: &Score) -> [Option<i32>; 4] {
    std::array::from_fn(|index| score.components[index].score)
}
