//! Whole scores: personas, what is usual, and what holds for every account: bounded, monotone, the same whatever the
//! order of rows.

use super::*;
use crate::health::score::calendar::Calendar;
use crate::health::score::clock::Clock;
use crate::health::score::metric::{KINDS, MetricKind, UsageMetadata, UsageRow};
use crate::health::score::overall::Confidence;
use crate::health::score::zone::plain_tests::Utc;
use proptest::prelude::*;

#[test]
fn dark_for_35_days_after_a_healthy_time() {
    let rows = (35..120)
        .flat_map(|day| {
            [
                plain(MetricKind::Logins, day, 4),
                feature(day, 1, 10),
                plain(MetricKind::ApiCalls, day, 50),
            ]
        })
        .collect::<Vec<_>>();
    let dark = score(&rows);
    assert_eq!(components(&dark), [Some(0), Some(0), Some(50), Some(0)]);
    assert_eq!(dark.raw, Some(13));
}

#[test]
fn api_only() {
    let rows = (0..120)
        .map(|day| plain(MetricKind::ApiCalls, day, 50))
        .collect::<Vec<_>>();
    let score = score(&rows);
    assert_eq!(components(&score), [Some(100), None, Some(100), None]);
    assert_eq!((score.raw, score.coverage), (Some(100), 0.5));
    assert_eq!(score.confidence, Confidence::Medium);
}

#[test]
fn a_tenant_without_tickets_has_three_components() {
    let rows = (0..120).flat_map(|day| {
        [
            plain(MetricKind::Logins, day, 4),
            feature(day, 1, 10),
            plain(MetricKind::ApiCalls, day, 50),
        ]
    });
    let yardstick = Yardstick {
        has_tickets: false,
        ..yardstick()
    };
    let score = score_by(&rows.collect::<Vec<_>>(), None, &yardstick);
    assert_eq!(score.components[2].score, None);
    assert_eq!((score.coverage, score.confidence), (0.75, Confidence::High));
}

#[test]
fn five_days_old_is_measured_by_a_week() {
    let rows = (0..5)
        .map(|day| plain(MetricKind::Logins, day, 2))
        .collect::<Vec<_>>();
    let young = score_by(
        &rows,
        None,
        &Yardstick {
            norms: Norms::default(),
            has_tickets: false,
            ..yardstick()
        },
    );
    // 10 of 40 * 7 / 30 logins, and 5 of 12 * 7 / 30 days
    assert_eq!(part(&young, 0, "level"), Some(100.0));
    assert_eq!(part(&young, 0, "trend"), None);
    assert_eq!(part(&young, 1, "frequency"), Some(100.0));
    assert_eq!(young.confidence, Confidence::Low);
    assert_eq!(young.components[2].score, None);
}

#[test]
fn nothing_at_all_has_no_score_whatever_others_send() {
    let mut yardstick = yardstick();
    for has_tickets in [true, false] {
        yardstick.has_tickets = has_tickets;
        let none = score_by(&[], None, &yardstick);
        assert_eq!((none.raw, none.coverage), (None, 0.0));
    }
}

#[test]
fn a_row_of_nothing_is_no_visit() {
    let rows = [
        plain(MetricKind::Logins, 20, 1),
        plain(MetricKind::Logins, 1, 0),
    ];
    let score = score(&rows);
    assert!((part(&score, 1, "recency").unwrap() - 1000.0 / 27.0).abs() < 1e-9);
    // one day of 12 * 20 / 30
    assert_eq!(part(&score, 1, "frequency"), Some(12.5));
}

#[test]
fn breadth_takes_people_over_seats() {
    let login = |day: i64, user: u64| {
        let metadata = UsageMetadata {
            user: Some(user),
            ..UsageMetadata::default()
        };
        row(MetricKind::Logins, day * 24, 1, metadata)
    };
    let rows = [login(1, 7), login(2, 8), login(3, 7), login(40, 9)];
    let breadth = |seats| part(&score_by(&rows, seats, &yardstick()), 1, "breadth");
    assert_eq!(breadth(None), None);
    let engagement = &score_by(&rows, Some(2.0), &yardstick()).components[1];
    assert_eq!(engagement.parts[1].rows, 3);
    assert_eq!(breadth(Some(2.0)), Some(100.0));
    assert!((breadth(Some(10.0)).unwrap() - 100.0 / 3.0).abs() < 1e-9);
}

#[test]
fn counted_people_replace_named_ones() {
    let counted = |day: i64, people: f64| {
        let metadata = UsageMetadata {
            active_users: Some(people),
            ..UsageMetadata::default()
        };
        row(MetricKind::Logins, day * 24, 5, metadata)
    };
    let rows = [counted(9, 60.0), counted(2, 30.0)];
    let score = score_by(&rows, Some(100.0), &yardstick());
    assert_eq!(part(&score, 1, "breadth"), Some(50.0));
    assert_eq!(score.components[1].parts[1].rows, 1);
}

#[test]
fn only_the_catalogues_features_count_for_breadth() {
    let rows = [
        feature(1, 0, 1),
        feature(2, 1, 1),
        feature(3, 99, 1),
        feature(50, 2, 1),
    ];
    // two of ten
    assert!((part(&score(&rows), 3, "breadth").unwrap() - 100.0 / 3.0).abs() < 1e-9);
    assert_eq!(
        part(
            &score(&[plain(MetricKind::FeatureUsage, 1, 5)]),
            3,
            "breadth"
        ),
        None
    );
}

#[test]
fn a_habit_is_three_weeks_of_four() {
    let rows = [
        feature(1, 1, 1),
        feature(8, 1, 1),
        feature(15, 1, 1),
        feature(1, 2, 1),
        feature(22, 2, 1),
        feature(60, 3, 1),
    ];
    assert!((part(&score(&rows), 3, "stickiness").unwrap() - 500.0 / 7.0).abs() < 1e-9);
    let nameless = [1, 8, 60].map(|day| plain(MetricKind::FeatureUsage, day, 1));
    assert!((part(&score(&nameless), 3, "stickiness").unwrap() - 500.0 / 7.0).abs() < 1e-9);
    assert_eq!(part(&score(&rows[..5]), 3, "stickiness"), None);
}

#[test]
fn what_is_measured_from_a_dead_feeds_last_row_is_not_punished() {
    let rows = (10..120)
        .map(|day| plain(MetricKind::Logins, day, 2))
        .collect::<Vec<_>>();
    let mut yardstick = yardstick();
    yardstick.clocks[0] = clock(NOON - 10 * DAY);
    yardstick.is_out[0] = true;
    let score = score_by(&rows, None, &yardstick);
    assert_eq!(score.components[0].score, Some(100));
    assert!(score.is_stale);
}

/// Logins until 100 days ago, calls as many as it takes ever since; what was found out about the logins.
fn moved_on(unused_since: Option<i64>) -> Score {
    let rows = (0..90).map(|day| plain(MetricKind::ApiCalls, day, 50));
    let rows = rows.chain((100..130).map(|day| plain(MetricKind::Logins, day, 3)));
    let yardstick = yardstick();
    let mut evidence = Evidence::default();
    rows.for_each(|row| evidence.add_row(&row, &yardstick.clocks));
    evidence.metrics[0].unused_since = unused_since;
    compute_score(&evidence, Some(20.0), &EVEN, &yardstick)
}

#[test]
fn who_moved_to_something_else_is_measured_by_that() {
    let missed = moved_on(None);
    assert_eq!(components(&missed), [Some(76), Some(0), Some(100), None]);
    assert_eq!(missed.confidence, Confidence::High);
    let gone = moved_on(Some((NOON - 16 * DAY).div_euclid(DAY)));
    assert_eq!(components(&gone), [Some(100), None, Some(100), None]);
    assert_eq!(
        (gone.confidence, gone.is_stale),
        (Confidence::Medium, false)
    );
    assert_eq!(gone.facts.seat_share, Some(0.0));
    let why = gone.components[1].parts[0].absent.as_deref().unwrap();
    assert!(why.starts_with("no longer used since 2024-08-"), "{why}");
}

#[test]
fn days_that_do_not_count_neither_empty_a_window_nor_age_a_login() {
    let until = |newest: i64| {
        let rows =
            (newest..120).flat_map(|day| [plain(MetricKind::Logins, day, 2), feature(day, 1, 5)]);
        rows.collect::<Vec<_>>()
    };
    let before = score(&until(0));
    let today = NOON.div_euclid(DAY);
    let quiet = Calendar::without(&Utc, [(today - 12, today + 1)]);
    let yardstick = Yardstick {
        clocks: std::array::from_fn(|_| Clock::new(&Utc, quiet.clone(), NOON)),
        account_clock: Clock::new(&Utc, quiet, NOON),
        ..yardstick()
    };
    let after = score_by(&until(13), None, &yardstick);
    assert_eq!(components(&after), components(&before));
    assert_eq!(after.raw, before.raw);
    // But tickets age.
    let mut rows = until(13);
    rows.push(row(
        MetricKind::SupportTickets,
        24 * 11,
        1,
        UsageMetadata {
            ticket: Some(1),
            severity: Some("urgent"),
            status: Some("open"),
            ..UsageMetadata::default()
        },
    ));
    let score = score_by(&rows, None, &yardstick);
    assert_eq!(score.facts.urgent_open_days, Some(11.0));
    assert_eq!(part(&score, 2, "open_urgent"), Some(65.0));
}

fn any_row() -> impl Strategy<Value = UsageRow<'static>> {
    let metadata = (
        proptest::option::of(0_u64..4),
        proptest::option::of(0_u32..12),
        proptest::option::of(0_u64..3),
        proptest::sample::select(vec![
            None,
            Some("urgent"),
            Some("High"),
            Some("low"),
            Some("?"),
        ]),
        proptest::sample::select(vec![None, Some("open"), Some("Closed"), Some(" ")]),
        proptest::option::of(1_u32..=5),
        proptest::option::of(1_u32..40),
    );
    (0_usize..4, 0_i64..3600, 0_u32..30, metadata, any::<u64>()).prop_map(
        |(kind, hours, value, (user, feature, ticket, severity, status, csat, seats), id)| {
            UsageRow {
                kind: KINDS[kind],
                stamp: (NOON - hours * DAY / 24, u128::from(id)),
                value: Quantity::whole(value),
                metadata: UsageMetadata {
                    user,
                    active_users: csat.map(f64::from),
                    seats: seats.map(f64::from),
                    feature,
                    ticket,
                    severity,
                    status,
                    opened_at: None,
                    resolved_at: None,
                    csat: csat.map(Quantity::whole),
                },
            }
        },
    )
}

fn any_rows() -> impl Strategy<Value = Vec<UsageRow<'static>>> {
    proptest::collection::vec(any_row(), 0..60)
}

proptest! {
    #[test]
    fn every_part_is_from_0_to_100(rows in any_rows(), seats in proptest::option::of(1.0..50.0)) {
        let score = score_by(&rows, seats, &yardstick());
        for component in &score.components {
            prop_assert!(component.score.is_none_or(|it| (0..=100).contains(&it)));
            for part in component.parts.iter().flat_map(|it| std::iter::once(it).chain(&it.details)) {
                prop_assert!(part.score.is_none_or(|it| (0.0..=100.0).contains(&it)), "{part:?}");
                prop_assert_eq!(part.score.is_none(), part.absent.is_some());
            }
        }
        prop_assert_eq!(score.raw.is_none(), score.coverage == 0.0);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, shuffled) in any_rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle())),
    ) {
        prop_assert_eq!(score(&rows), score(&shuffled));
    }

    #[test]
    fn more_logins_now_never_lower_usage_and_engagement(rows in any_rows(), hours in 0_i64..600, value in 1_u32..20) {
        // Already known, and without named people, so that no part appears or changes its meaning.
        let mut before = rows;
        before.push(plain(MetricKind::Logins, 140, 1));
        let mut after = before.clone();
        after.push(row(MetricKind::Logins, hours, value, UsageMetadata::default()));
        let (before, after) = (score(&before), score(&after));
        for name in ["level", "recency"] {
            prop_assert!(part(&after, 0, name) >= part(&before, 0, name));
        }
        for name in ["frequency", "recency"] {
            prop_assert!(part(&after, 1, name) >= part(&before, 1, name));
        }
    }

    #[test]
    fn another_ticket_never_calms(rows in any_rows(), hours in 0_i64..700) {
        // The first row of all makes an account known; compare accounts that are.
        let mut before = rows;
        before.push(plain(MetricKind::Logins, 140, 1));
        let mut after = before.clone();
        after.push(row(MetricKind::SupportTickets, hours, 1, UsageMetadata { severity: Some("high"), ..UsageMetadata::default() }));
        prop_assert!(part(&score(&after), 2, "load") <= part(&score(&before), 2, "load"));
    }
}
