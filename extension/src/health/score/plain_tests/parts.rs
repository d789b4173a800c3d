//! The edges of each part.

use super::*;
use crate::health::score::metric::{MetricKind, UsageMetadata, UsageRow};
use crate::health::score::overall::Confidence;

fn ticket(
    hours_ago: i64,
    ticket: u64,
    value: u32,
    metadata: UsageMetadata<'static>,
) -> UsageRow<'static> {
    let metadata = UsageMetadata {
        ticket: Some(ticket),
        ..metadata
    };
    row(MetricKind::SupportTickets, hours_ago, value, metadata)
}

fn urgent(status: &'static str) -> UsageMetadata<'static> {
    UsageMetadata {
        severity: Some("urgent"),
        status: Some(status),
        ..UsageMetadata::default()
    }
}

/// An account that has been there for this many days, and is not silent.
fn known_for(days: i64) -> Vec<UsageRow<'static>> {
    vec![
        plain(MetricKind::ApiCalls, days, 1),
        plain(MetricKind::ApiCalls, 0, 1),
    ]
}

fn with(known: Vec<UsageRow<'static>>, rows: impl IntoIterator<Item = UsageRow<'static>>) -> Score {
    score(&known.into_iter().chain(rows).collect::<Vec<_>>())
}

fn close(found: Option<f64>, wanted: f64) -> bool {
    found.is_some_and(|found| (found - wanted).abs() < 1e-9)
}

#[test]
fn level_weighs_what_was_ever_observed() {
    // 20 of 40 logins and 100 of 100 features; API calls never.
    let rows = [
        plain(MetricKind::Logins, 40, 1),
        plain(MetricKind::Logins, 5, 20),
        plain(MetricKind::FeatureUsage, 5, 100),
    ];
    assert!(close(
        part(&score(&rows), 0, "level"),
        (30.0 * 50.0 + 50.0 * 100.0) / 80.0
    ));
    // Once observed and silent is a real 0.
    let silent = [
        plain(MetricKind::Logins, 40, 1),
        plain(MetricKind::FeatureUsage, 5, 100),
    ];
    assert!(close(
        part(&score(&silent), 0, "level"),
        50.0 * 100.0 / 80.0
    ));
}

#[test]
fn targets_shrink_with_a_new_account_but_not_below_a_week() {
    for (age, full) in [(3, 7.0_f64), (7, 7.0), (15, 15.0), (30, 30.0), (200, 30.0)] {
        let rows = [
            plain(MetricKind::Logins, age, 1),
            plain(MetricKind::Logins, 0, 9),
        ];
        let sum = if age < 30 { 10.0 } else { 9.0 };
        let wanted = (100.0 * sum / (40.0 * full / 30.0)).min(100.0);
        assert!(close(part(&score(&rows), 0, "level"), wanted), "{age} days");
    }
}

#[test]
fn a_trend_needs_four_whole_weeks_before_the_window() {
    // One a week before, and twice that now.
    let weekly = |weeks: i64| (0..weeks).map(|week| plain(MetricKind::Logins, 36 + 7 * week, 7));
    let now = || [plain(MetricKind::Logins, 1, 60)];
    let trend = |days, weeks| {
        let first = [plain(MetricKind::Logins, days, 7)];
        part(
            &score(
                &first
                    .into_iter()
                    .chain(weekly(weeks))
                    .chain(now())
                    .collect::<Vec<_>>(),
            ),
            0,
            "trend",
        )
    };
    assert_eq!(trend(57, 3), None);
    assert_eq!(trend(58, 4), Some(100.0));
}

#[test]
fn recency_is_full_for_three_days_and_gone_after_thirty() {
    for (days, wanted) in [
        (0, 100.0),
        (3, 100.0),
        (4, 2600.0 / 27.0),
        (29, 100.0 / 27.0),
        (30, 0.0),
        (90, 0.0),
    ] {
        let rows = [
            plain(MetricKind::Logins, 100, 1),
            plain(MetricKind::Logins, days, 1),
        ];
        assert!(close(part(&score(&rows), 0, "recency"), wanted), "{days}");
        assert!(close(part(&score(&rows), 1, "recency"), wanted), "{days}");
    }
}

#[test]
fn load_is_full_up_to_two_points_and_gone_at_ten() {
    for (value, wanted) in [(0, 100.0), (2, 100.0), (6, 50.0), (10, 0.0), (40, 0.0)] {
        let score = with(
            known_for(100),
            [ticket(200, 1, value, UsageMetadata::default())],
        );
        assert!(close(part(&score, 2, "load"), wanted), "{value}");
    }
}

#[test]
fn a_trend_of_tickets_compares_with_one_point_a_week_at_least() {
    // Nothing usual: 30 / 7 points in 30 days are one a week.
    assert_eq!(part(&with(known_for(100), []), 2, "trend"), Some(100.0));
    let points = |value| {
        with(
            known_for(100),
            [ticket(200, 1, value, UsageMetadata::default())],
        )
    };
    assert_eq!(part(&points(4), 2, "trend"), Some(100.0));
    assert!(close(part(&points(6), 2, "trend"), 60.0));
    assert_eq!(part(&points(9), 2, "trend"), Some(0.0));
    assert_eq!(part(&with(known_for(50), []), 2, "trend"), None);
}

#[test]
fn each_open_urgent_ticket_takes_35_down_to_nothing() {
    for (open, wanted) in [(0, 100.0), (1, 65.0), (2, 30.0), (3, 0.0), (9, 0.0)] {
        let rows = (0..10).map(|id| {
            let status = if id < open { "Open" } else { " Resolved" };
            ticket(200, id, 0, urgent(status))
        });
        assert!(
            close(part(&with(known_for(100), rows), 2, "open_urgent"), wanted),
            "{open}"
        );
    }
    assert_eq!(part(&with(known_for(100), []), 2, "open_urgent"), None);
}

#[test]
fn satisfaction_runs_from_one_to_five() {
    for (csat, wanted) in [(1, 0.0), (3, 50.0), (5, 100.0)] {
        let metadata = UsageMetadata {
            csat: Some(Quantity::whole(csat)),
            ..UsageMetadata::default()
        };
        assert!(close(
            part(
                &with(known_for(100), [ticket(10, 1, 0, metadata)]),
                2,
                "csat"
            ),
            wanted
        ));
    }
}

#[test]
fn support_of_a_silent_account_is_capped_and_says_so() {
    let silent = score(&[plain(MetricKind::ApiCalls, 60, 1)]);
    assert_eq!(silent.components[2].score, Some(50));
    assert!(silent.components[2].limit.is_some());
    assert_eq!(score(&known_for(60)).components[2].limit, None);
    assert!(silent.components[2].is_held());
}

#[test]
fn depth_compares_with_the_usual() {
    let depth = |uses| {
        let rows = [
            plain(MetricKind::Logins, 5, 10),
            plain(MetricKind::FeatureUsage, 5, uses),
        ];
        part(&score(&rows), 3, "depth")
    };
    assert!(close(depth(10), 40.0));
    assert!(close(depth(25), 100.0));
    assert!(close(depth(90), 100.0));
    assert_eq!(
        part(&score(&[plain(MetricKind::FeatureUsage, 5, 9)]), 3, "depth"),
        None
    );
    let unusual = Yardstick {
        norms: Norms {
            depth: Some(0.0),
            ..yardstick().norms
        },
        ..yardstick()
    };
    let rows = [
        plain(MetricKind::Logins, 5, 10),
        plain(MetricKind::FeatureUsage, 5, 9),
    ];
    assert_eq!(part(&score_by(&rows, None, &unusual), 3, "depth"), None);
}

#[test]
fn silence_after_adoption_is_a_real_zero() {
    let score = score(&[feature(60, 1, 5), plain(MetricKind::Logins, 5, 1)]);
    for name in ["breadth", "stickiness", "depth"] {
        assert_eq!(part(&score, 3, name), Some(0.0), "{name}");
    }
}

#[test]
fn confidence_asks_for_weights_and_history() {
    let confidence = |days: i64, components: &[MetricKind]| {
        let rows = components
            .iter()
            .flat_map(|kind| [plain(*kind, days, 1), plain(*kind, 0, 1)]);
        score(&rows.collect::<Vec<_>>()).confidence
    };
    let three = [MetricKind::Logins];
    let two = [MetricKind::ApiCalls];
    assert_eq!(confidence(28, &three), Confidence::High);
    assert_eq!(confidence(27, &three), Confidence::Medium);
    assert_eq!(confidence(14, &three), Confidence::Medium);
    assert_eq!(confidence(13, &three), Confidence::Low);
    assert_eq!(confidence(28, &two), Confidence::Medium);
    assert_eq!(confidence(28, &[]), Confidence::Low);
}
