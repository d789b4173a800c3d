//! Customers whose scores are worked out by hand, for the engine and for its twin.

use super::expected::Expected;
use super::stage::{AS_OF, Stage};

#[test]
fn dark_for_35_days_is_critical() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 35, 120);
    // Calm because nobody is there: support is capped at 50. 50 / 4 = 12.5.
    stage.assert(&account, &Expected::full([0, 0, 50, 0], 13, "Critical"));
}

#[test]
fn a_customer_that_only_calls_the_api_is_not_punished() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.daily(&account, "api_calls", 0, 120, "20, '{}'::jsonb");
    stage.assert(
        &account,
        &Expected {
            engagement: None,
            adoption: None,
            coverage: "0.50",
            confidence: "medium",
            ..Expected::full([100, 0, 100, 0], 100, "Healthy")
        },
    );
}

#[test]
fn without_a_support_feed_the_other_three_count() {
    let mut stage = Stage::empty("UTC");
    let neighbour = stage.account(Some(10));
    stage.healthy(&neighbour, 0, 120);
    let account = stage.account(Some(10));
    stage.daily(
        &account,
        "logins",
        0,
        120,
        "1, jsonb_build_object('user_id', 'u' || d % 3)",
    );
    stage.features(&account, 0, 120, "1");
    // Usage: level (30 * 75 + 50 * 100) / 80 = 90.625, so .4 * 90.625 + 30 + 30 = 96.25.
    // Engagement: 3 of 10 seats are half of .6, so 50 + 15 + 20 = 85. Adoption is full: depth 5, median 3.75.
    // (96 + 85 + 100) / 3 = 93.67.
    stage.assert(
        &account,
        &Expected {
            support: None,
            coverage: "0.75",
            ..Expected::full([96, 85, 0, 100], 94, "Healthy")
        },
    );
}

#[test]
fn five_days_old_is_measured_by_scaled_targets() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    let days =
        format!("timestamptz '{AS_OF}' - d * interval '1 day' from generate_series(1, 5) as d");
    stage.record(
        &account,
        "logins",
        &format!("select 1, jsonb_build_object('user_id', d % 2), {days}"),
    );
    stage.record(
        &account,
        "feature_usage",
        &format!("select 2, jsonb_build_object('feature', 'f0'), {days}"),
    );
    // L = 7. Level: 5 of 9.33 logins, 10 of 23.33 uses: (30 * 53.57 + 50 * 42.86) / 80 = 46.875; no trend; recency 100:
    // (40 * 46.875 + 30 * 100) / 70 = 69.64. Engagement: 5 of 2.8 days, 2 of 10 seats, 1 day ago: 50 + 10 + 20 = 80.
    // Adoption: 1 of 5 features is a third of .6; depth 2 of the median 2.25: (50 * 33.33 + 20 * 88.89) / 70 = 49.21.
    // (70 + 80 + 100 + 49) / 4 = 74.75.
    stage.assert(
        &account,
        &Expected {
            confidence: "low",
            ..Expected::full([70, 80, 100, 49], 75, "At Risk")
        },
    );
}

#[test]
fn a_steady_customer_is_at_100() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 0, 120);
    stage.ticket(
        &account,
        12,
        1,
        r#"{"ticket_id": 7, "severity": "Low", "status": " Resolved", "csat": 5}"#,
    );
    stage.assert(&account, &Expected::full([100; 4], 100, "Healthy"));
}

#[test]
fn half_the_usage_has_no_trend_left() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 30, 120);
    stage.daily(
        &account,
        "logins",
        0,
        30,
        "1, jsonb_build_object('user_id', 'u' || d % 6)",
    );
    stage.features(&account, 0, 30, "0.5");
    stage.daily(&account, "api_calls", 0, 30, "10, '{}'::jsonb");
    // Level: 30 * 75 % + 50 * 75 % + 20 * 60 % = 72; 7 logins a week of once 14 are 0; so .4 * 72 + 0 + 30 = 58.8.
    // (59 + 100 + 100 + 100) / 4 = 89.75; without caps that was 90 and Healthy.
    stage.assert(
        &account,
        &Expected::capped(
            [59, 100, 100, 100],
            90,
            "Usage is at half or less of what was usual",
        ),
    );
}

#[test]
fn when_the_champion_leaves_engagement_shows_it() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy_logins(&account, 30, 120);
    stage.healthy_rest(&account, 0, 120);
    // One person is left, who comes every fifth day.
    stage.record(
        &account,
        "logins",
        &format!(
            r#"select 2, '{{"user_id": "u5"}}'::jsonb, timestamptz '{AS_OF}' - d * interval '5 days' - interval '3 hours'
                 from generate_series(0, 5) as d"#
        ),
    );
    // Usage: level 30 * 30 % + 50 + 20 = 79, trend 0 + 50 + 20 = 70, so .4 * 79 + .3 * 70 + 30 = 82.6.
    // Engagement: 6 of 12 days, 1 of 10 seats: 25 + 5 + 20 = 50. (83 + 50 + 100 + 100) / 4 = 83.25; without caps that was Healthy.
    stage.assert(
        &account,
        &Expected::capped([83, 50, 100, 100], 83, "10 % of 10 seats are used"),
    );
}

#[test]
fn a_storm_of_tickets_sinks_support_alone() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 0, 120);
    for (days_ago, metadata) in [
        // It turned critical; the latest row counts, once.
        (
            6,
            r#"{"ticket_id": "A", "severity": "normal", "status": "open"}"#,
        ),
        (
            5,
            r#"{"ticket_id": "A", "severity": "Critical", "status": "open", "csat": 1}"#,
        ),
        (
            3,
            r#"{"ticket_id": "B", "severity": " URGENT ", "status": "New", "opened_at": "2025-05-16", "csat": 3}"#,
        ),
        // Neither resolved ones nor those of yesterday nor those that are not urgent wait too long.
        (
            10,
            r#"{"ticket_id": "C", "severity": "critical", "status": "RESOLVED"}"#,
        ),
        (
            1,
            r#"{"ticket_id": "D", "severity": "critical", "status": "open"}"#,
        ),
        (
            9,
            r#"{"ticket_id": "E", "severity": "high", "status": "open"}"#,
        ),
    ] {
        stage.ticket(&account, days_ago, 1, metadata);
    }
    // Points 4 * 4 + 2 = 18: load 0; 4.2 a week where there were none: trend 0; two wait: 30; mean csat 2: 25.
    // .2 * 30 + .1 * 25 = 8.5. (100 + 100 + 9 + 100) / 4 = 77.25.
    stage.assert(&account, &Expected::full([100, 100, 9, 100], 77, "At Risk"));
}

#[test]
fn an_outage_of_a_feed_is_not_punished() {
    let mut stage = Stage::empty("UTC");
    for seats in [10, 10] {
        let account = stage.account(Some(seats));
        stage.healthy_logins(&account, 5, 125);
        stage.healthy_rest(&account, 0, 120);
        stage.ticket(
            &account,
            20,
            1,
            r#"{"ticket_id": "N-1", "severity": "low", "status": "closed"}"#,
        );
    }
    let account = stage.account(Some(10));
    stage.healthy_logins(&account, 5, 125);
    stage.healthy_rest(&account, 0, 120);
    stage.assert(
        &account,
        &Expected {
            is_stale: true,
            ..Expected::full([100; 4], 100, "Healthy")
        },
    );
}

#[test]
fn silence_of_one_customer_on_a_live_feed_counts() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(Some(10));
    stage.healthy_logins(&account, 5, 125);
    stage.healthy_rest(&account, 0, 120);
    // Usage: 50 logins are 11.67 a week of 14: trend (30 * 66.67 + 50 * 100 + 20 * 100) / 100 = 90, so 40 + 27 + 30.
    // Engagement: 5.125 days ago is 92.13: 50 + 30 + 18.43. (97 + 98 + 100 + 100) / 4 = 98.75.
    stage.assert(&account, &Expected::full([97, 98, 100, 100], 99, "Healthy"));
}

#[test]
fn windows_and_days_begin_by_the_tenants_clock() {
    let mut stage = Stage::empty("America/Los_Angeles");
    let account = stage.account(None);
    // Clocks went forward on March 9: 30 days before noon on March 25 is noon on February 23, 719 hours earlier.
    stage.record(
        &account,
        "logins",
        "values (10, '{}'::jsonb, timestamptz '2025-02-23 12:00:00-08'),
                (8, '{}', '2025-02-23 12:00:00.000001-08'),
                (1, '{}', '2025-03-19 23:59:59.999999-07'),
                (1, '{}', '2025-03-20 00:00:00-07')",
    );
    // L = 719 / 24 = 29.958. Usage: level 10 of 39.94 = 25.03, recency (30 - 5.5) / 27 = 90.74:
    // (40 * 25.03 + 30 * 90.74) / 70 = 53.19. Engagement: 3 of 11.98 days = 25.03: (50 * 25.03 + 20 * 90.74) / 70 = 43.81.
    // (53 + 44) / 2 = 48.5.
    stage.assert_at(
        &account,
        "2025-03-25 12:00:00-07",
        &Expected {
            usage: Some(53),
            engagement: Some(44),
            support: None,
            adoption: None,
            raw: 49,
            overall: 49,
            coverage: "0.50",
            confidence: "medium",
            risk_level: "At Risk",
            is_stale: false,
            cap: None,
        },
    );
}
