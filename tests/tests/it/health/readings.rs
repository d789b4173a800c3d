//! Single parts of which the definition settles a detail, each worked out by hand, for the engine and for its twin.

use super::stage::Stage;

/// Two days and no more: half a ticket.
#[test]
fn a_ticket_resolved_within_48_hours_counts_half() {
    let mut stage = Stage::with_neighbour();
    // Beside three points that are open. Whole, the four more are 7: (10 - 7) / 8 = 37.5; half they are 5: 62.5.
    for (what, rows, load) in [
        (
            "48 hours to the second after the opening that its row tells",
            r#"(4, '{"ticket_id": "T", "status": "resolved", "opened_at": "2025-05-10T09:00:00Z"}'::jsonb, timestamptz '2025-05-12 09:00:00+00')"#,
            "62.5",
        ),
        (
            "and a second",
            r#"(4, '{"ticket_id": "T", "status": "resolved", "opened_at": "2025-05-10T08:59:59Z"}'::jsonb, timestamptz '2025-05-12 09:00:00+00')"#,
            "37.5",
        ),
        (
            "48 hours after its first row; closed is resolved",
            r#"(1, '{"ticket_id": "T", "status": "open"}'::jsonb, timestamptz '2025-05-10 09:00:00+00'),
               (4, '{"ticket_id": "T", "status": " Closed "}', '2025-05-12 09:00:00+00')"#,
            "62.5",
        ),
        (
            "resolved in its first row, which tells no opening",
            r#"(4, '{"ticket_id": "T", "status": "resolved"}'::jsonb, timestamptz '2025-05-12 09:00:00+00')"#,
            "37.5",
        ),
        (
            "resolved long before the row that says so",
            r#"(1, '{"ticket_id": "T", "status": "open"}'::jsonb, timestamptz '2025-05-10 09:00:00+00'),
               (4, '{"ticket_id": "T", "status": "closed", "resolved_at": "2025-05-11"}', '2025-05-17 09:00:00+00')"#,
            "62.5",
        ),
        (
            "the latest row tells another opening than the first",
            r#"(1, '{"ticket_id": "T", "status": "open", "opened_at": "2025-05-10"}'::jsonb, timestamptz '2025-05-10 09:00:00+00'),
               (4, '{"ticket_id": "T", "status": "closed", "opened_at": "2025-05-01"}', '2025-05-11 09:00:00+00')"#,
            "37.5",
        ),
        (
            "opened again",
            r#"(1, '{"ticket_id": "T", "status": "open"}'::jsonb, timestamptz '2025-05-10 09:00:00+00'),
               (4, '{"ticket_id": "T", "status": "closed"}', '2025-05-11 09:00:00+00'),
               (4, '{"ticket_id": "T", "status": "open"}', '2025-05-12 09:00:00+00')"#,
            "37.5",
        ),
        (
            "without an id, and with an opening",
            r#"(4, '{"status": "closed", "opened_at": "2025-05-11T10:00:00+02:00"}'::jsonb, timestamptz '2025-05-12 09:00:00+00')"#,
            "62.5",
        ),
        (
            "without an id and without an opening",
            r#"(4, '{"status": "closed"}'::jsonb, timestamptz '2025-05-12 09:00:00+00')"#,
            "37.5",
        ),
    ] {
        let account = stage.account(None);
        stage.ticket(
            &account,
            3,
            3,
            r#"{"ticket_id": "other", "status": "open"}"#,
        );
        stage.record(&account, "support_tickets", &format!("values {rows}"));
        stage.assert_part(&account, "support", "load", Some(load), what);
    }
}

#[test]
fn a_ticket_counts_in_the_window_of_its_latest_row() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(None);
    // It was 9 points in the window, and is one of long ago that a row of no quantity, or a later one, tells of.
    let ticket =
        |id: &str, csat: &str| format!(r#"{{"ticket_id": "{id}", "status": "open"{csat}}}"#);
    stage.ticket(&account, 20, 9, &ticket("A", r#", "csat": 1"#));
    stage.ticket(&account, 10, 0, &ticket("A", ""));
    stage.ticket(&account, 50, 9, &ticket("B", r#", "csat": "4""#));
    stage.ticket(&account, 9, 4, &ticket("B", ""));
    // 0 + 4 points: (10 - 4) / 8. Answers are kept however old: (1 + 4) / 2 = 2.5, (2.5 - 1) / 4.
    stage.assert_part(&account, "support", "load", Some("75"), "points");
    stage.assert_part(&account, "support", "csat", Some("37.5"), "answers");
}

#[test]
fn people_are_who_they_are_in_any_spelling() {
    let mut stage = Stage::with_neighbour();
    for (what, seats, facts, breadth) in [
        (
            "case, blanks, invisible characters, composed or not; blank is nobody",
            r#"10"#,
            r#"{"user_id": "Éva"} {"user_id": " éva"} {"user_id": "E\u0301VA\u200b"} {"user_id": "\t"} {"user_id": "\u200b"} {"user_id": "bo"}"#,
            Some("33.3333"),
        ),
        (
            "nobody at all, but counted: the latest count, a text",
            r#""10""#,
            r#"{"user_id": " ", "active_users": 1} {"user_id": "", "active_users": "3"}"#,
            Some("50"),
        ),
        ("nobody told", "10", "{} {}", None),
        ("seats of 0 say nothing", "0", r#"{"user_id": "a"}"#, None),
        (
            "seats of 0, and others told long ago as a text",
            "0",
            r#"{"user_id": "a", "seats": "5"} {"user_id": "a", "seats": 0}"#,
            Some("33.3333"),
        ),
    ] {
        let account = stage.account(None);
        stage.run(&format!(
            r#"update cs.accounts set crm_attributes = '{{"seats": {seats}}}' where id = '{account}'"#
        ));
        // The first on day 20, the next on day 19 and so on.
        for (number, fact) in facts.replace("} {", "}|{").split('|').enumerate() {
            let day = 20 - i32::try_from(number).unwrap();
            let fact = format!("1, '{fact}'::jsonb");
            stage.daily(&account, "logins", day, day + 1, &fact);
        }
        stage.assert_part(&account, "engagement", "breadth", breadth, what);
    }
}

#[test]
fn seats_are_told_for_ever() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(None);
    stage.logins(&account, 0, 300, 1, 3);
    let fact = r#"1, '{"seats": 10, "user_id": "u0"}'::jsonb"#;
    stage.daily(&account, "logins", 300, 301, fact);
    // 3 of 10, half of .6.
    stage.assert_part(
        &account,
        "engagement",
        "breadth",
        Some("50"),
        "300 days ago",
    );
    // Whatever the row is of: those of tickets say no more than others, and the later one wins.
    let mut tell = |metric: &str, days: i32, seats: i32, breadth: &str| {
        let fact = format!("1, '{{\"seats\": {seats}, \"status\": \"closed\"}}'::jsonb");
        stage.daily(&account, metric, days, days + 1, &fact);
        let what = format!("{metric} {days} days ago");
        stage.assert_part(&account, "engagement", "breadth", Some(breadth), &what);
    };
    tell("support_tickets", 310, 50, "50");
    tell("support_tickets", 290, 20, "25");
    tell("api_calls", 280, 8, "62.5");
    tell("feature_usage", 285, 6, "62.5");
    tell("support_tickets", 50, 25, "20");
    tell("logins", 60, 5, "20");
}

/// What is told on a quiet day is of the end of the day before it.
#[test]
fn quiet_days_do_not_pass() {
    let mut stage = Stage::with_neighbour();
    let account = stage.account(None);
    // 8 quiet days, May 11 to 18 (days 9 to 2). Last login on the first of them, last call on May 10 at nine.
    stage.publish(r#"{"quiet_periods": [{"from": "2025-05-11", "to": "2025-05-14"}, {"from": "2025-05-15", "to": "2025-05-18"}]}"#);
    stage.daily(&account, "logins", 9, 10, "8, '{}'::jsonb");
    stage.daily(&account, "api_calls", 10, 60, "4, '{}'::jsonb");
    // The end of May 10 is 1.5 days before noon on May 20, as May 11 to 18 do not pass.
    stage.assert_part(&account, "engagement", "recency", Some("100"), "1.5 days");
    // Five days later: 6.5; (30 - 6.5) / 27 = 87.037.
    stage.assert_part_ago(
        &account,
        -5,
        "engagement",
        "recency",
        Some("87.037"),
        "6.5 days",
    );
    // The window are 30 days that pass: from noon of April 12 (28 days back from May 10 at the same time: 1 day is May 19, 2 is
    // May 10). Calls on days 37 to 10 are in it, 28 of 4: 112 of 500; and 8 of 40 logins: (30 * 20 + 20 * 22.4) / 50 = 20.96.
    stage.assert_part(
        &account,
        "usage",
        "level",
        Some("20.96"),
        "a window of 38 days",
    );
}
