//! Customers who change how they work with us, and do not leave.

use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// "We renamed our own buttons: the customers did nothing, so their health must not move."
#[test]
fn rename() {
    let mut stage = Stage::empty("UTC");
    let [account, _, _] = [(); 3].map(|()| {
        let account = stage.account(Some(10));
        stage.healthy_logins(&account, -30, 200);
        stage.daily(&account, "api_calls", -30, 200, "20, '{}'::jsonb");
        // Everybody's f0 to f4 are called Report 0 to Report 4 since day 14.
        stage.features(&account, 15, 200, "1");
        for feature in 0..5 {
            let fact = format!("1, jsonb_build_object('feature', 'Report {feature}')");
            stage.daily(&account, "feature_usage", -30, 15, &fact);
        }
        stage.ticket(
            &account,
            199,
            1,
            r#"{"ticket_id": 1, "severity": "low", "status": "closed"}"#,
        );
        account
    });

    // 14 days after, without aliases: all ten names were used in the window and are the catalogue: breadth 100. Each was used
    // in 2 of the last 4 weeks: stickiness 0. Adoption 50 + 0 + 20 = 70; (3 * 100 + 70) / 4 = 92.5.
    stage.assert_ago(
        &account,
        1,
        &Expected::full([100, 100, 100, 70], 93, "Healthy"),
    );
    // 35 days after nobody has used an old name for 30 days: they have left the catalogue (they kept adoption at 75 until day 60).
    stage.assert_ago(&account, -20, &Expected::full([100; 4], 100, "Healthy"));

    // With aliases nothing has happened, on no day. Names are the same in whatever case and with blanks around.
    stage.publish(
        r#"{"feature_aliases": {"F0 ": "report 0", "f1": "Report 1", "f2": "Report 2", "f3": "Report 3", "f4": " REPORT 4"}}"#,
    );
    for days in [30, 1, 0, -20] {
        stage.assert_ago(&account, days, &Expected::full([100; 4], 100, "Healthy"));
    }
}

/// "They wired us into their own tools: losing the pages is success, once somebody has said so."
#[test]
fn moved_to_the_api() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    stage.healthy_logins(&account, 90, 300);
    stage.features(&account, 90, 300, "1");
    stage.daily(&account, "api_calls", -10, 90, "600, '{}'::jsonb");
    let alone = |usage, raw, coverage| Expected {
        engagement: None,
        adoption: None,
        coverage,
        confidence: "medium",
        ..Expected::full([usage, 0, 100, 0], raw, "Healthy")
    };
    let no_seats = "0 % of 10 seats are used";

    // The last day of the old way.
    stage.assert_ago(&account, 90, &Expected::full([100; 4], 100, "Healthy"));

    // 35 days into the new one the pages are silent, as if the customer were leaving. Level 20 * 100 of 100 = 20; trend the same
    // (calls where there were none); the last call today. Usage 8 + 6 + 30 = 44. Engagement and adoption 0 (no depth without
    // logins). (44 + 0 + 100 + 0) / 4 = 36.
    stage.assert_ago(
        &account,
        55,
        &Expected::full([44, 0, 100, 0], 36, "Critical"),
    );

    // 83 days: logins and uses were nothing in most of the 12 weeks, so their trend is unknown: .4 * 20 + 30 + 30 = 68.
    // (68 + 0 + 100 + 0) / 4 = 42, and there it stayed for ever.
    stage.assert_ago(&account, 7, &Expected::full([68, 0, 100, 0], 42, "At Risk"));

    // 84 days, and calls at their target (18,000 of 500 in 30 days): pages are no longer used. Usage is of calls alone, which
    // came as before: 100; (100 + 100) / 2. But nobody of 10 seats signs in.
    let held = Expected {
        raw: 100,
        cap: Some(no_seats),
        ..alone(100, 79, "0.50")
    };
    let held = Expected {
        risk_level: "At Risk",
        ..held
    };
    stage.assert_ago(&account, 6, &held);
    stage.assert(&account, &held);

    // Somebody has said that this is how they work.
    stage.run(r#"update cs.accounts set crm_attributes = crm_attributes || '{"api_only": true}' where tenant_id = '$tenant' and name = 'Persona'"#);
    stage.assert(&account, &alone(100, 100, "0.50"));

    // One login, and logins are in use again. Level (30 * 2.5 + 20 * 100) / 50 = 41.5; trend 100 (logins where the usual week
    // had none); usage 16.6 + 30 + 30 = 76.6. Engagement: 1 of 12 days, 1 of 10 people: 4.17 + 5 + 20 = 29.17.
    // Uses of features stay out. (77 + 29 + 100) / 3 = 68.67.
    stage.record(
        &account,
        "logins",
        r#"values (1, '{"user_id": "u1"}'::jsonb, timestamptz '2025-05-20 11:00:00+00')"#,
    );
    stage.assert(
        &account,
        &Expected {
            engagement: Some(29),
            risk_level: "At Risk",
            ..alone(77, 69, "0.75")
        },
    );
}

/// "Of course a launch makes tickets: we closed every one in a day, and they thanked us."
#[test]
fn launch_burst() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(200));
    // 4 of 120 people a day, all of them in 30 days.
    stage.logins(&account, -50, 200, 4, 120);
    stage.features(&account, -50, 200, "3");
    // 24 normal tickets on days 15 to 10, each closed a day later.
    stage.record(
        &account,
        "support_tickets",
        "select 1,
                jsonb_build_object('ticket_id', n, 'severity', 'normal', 'status', case row when 0 then 'open' else 'closed' end)
                || case row when 1 then '{\"csat\": \"5\"}'::jsonb else '{}' end,
                timestamptz '2025-05-20 09:00:00+00' - (10 + n / 4 - row) * interval '1 day'
           from generate_series(0, 23) as n, generate_series(0, 1) as row",
    );

    // Each is half a point: 12; s = sqrt(200 / 50) = 2: load (10 - 6) / 8 = 50. Trend: 12 * 7 / 30 = 2.8 a week against s: 1.4,
    // so 60. None is open, csat 5: .5 * 50 + .2 * 60 + 20 + 10 = 67. (3 * 100 + 67) / 4 = 91.75.
    // Counted whole and without size, support was 30 and the score 83.
    stage.assert(
        &account,
        &Expected::full([100, 100, 67, 100], 92, "Healthy"),
    );
    // 40 days on it is history.
    stage.assert_ago(&account, -40, &Expected::full([100; 4], 100, "Healthy"));
}
