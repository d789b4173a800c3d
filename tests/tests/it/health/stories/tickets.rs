//! Support: how much for whom, and for how long.

use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// "Sixty people write thirteen tickets a month, as ever: answered in a day that is a relationship, left for four it is a problem."
#[test]
fn large_support() {
    let mut stage = Stage::with_steady_neighbour();
    let [quick, slow] = [1, 4].map(|days| {
        let account = stage.account(Some(60));
        // 36 of 60 people.
        stage.logins(&account, 0, 200, 2, 36);
        stage.healthy_rest(&account, 0, 200);
        // Three tickets a week, closed on days d with these remainders, opened some days earlier: 13 in 30 days.
        let closed = r#"1, jsonb_build_object('ticket_id', d, 'status', 'Closed', 'csat', 4)"#;
        stage.daily_if(
            &account,
            "support_tickets",
            0,
            190,
            closed,
            "d % 7 in (1, 3, 5)",
        );
        let opened = "1, jsonb_build_object('ticket_id', d - $days, 'status', 'open')"
            .replace("$days", &days.to_string());
        let condition = format!("(d - {days}) % 7 in (1, 3, 5)");
        stage.daily_if(
            &account,
            "support_tickets",
            days,
            190 + days,
            &opened,
            &condition,
        );
        account
    });

    // Half a point each: 6.5; s = sqrt(60 / 50) = 1.0954: 5.934; load 50.83. Trend: 6.5 * 7 / 30 = 1.5167 a week of the usual
    // 1.5: 98.89. None is urgent: 100. csat 4: 75. .5 * 50.83 + .2 * 98.89 + 20 + 7.5 = 72.69. (73 + 300) / 4 = 93.25.
    stage.assert(&quick, &Expected::full([100, 100, 73, 100], 93, "Healthy"));
    // Whole: 13 / 1.0954 = 11.87: load 0; trend 3.033 of 3: 98.89. 19.78 + 20 + 7.5 = 47.28. (47 + 300) / 4 = 86.75.
    // So it was for both.
    stage.assert(&slow, &Expected::full([100, 100, 47, 100], 87, "Healthy"));
}

/// "Nobody is healthy who has waited a week for an answer on a fire."
#[test]
fn urgent_untouched() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 0, 300);
    stage.ticket(
        &account,
        90,
        1,
        r#"{"ticket_id": "fire", "severity": "Critical", "status": "Open"}"#,
    );

    stage.assert_ago(&account, 91, &Expected::full([100; 4], 100, "Healthy"));
    // 27 hours: 4 points are load 75; .93 a week is less than the 1 that is always usual: 100; not yet late: 100.
    // (50 * 75 + 20 * 100 + 20 * 100) / 90 = 86.11. (86 + 300) / 4 = 96.5.
    stage.assert_ago(
        &account,
        89,
        &Expected::full([100, 100, 86, 100], 97, "Healthy"),
    );
    // 7 days to the second: late, 65: (3750 + 2000 + 1300) / 90 = 78.33. (78 + 300) / 4 = 94.5.
    stage.assert_at(
        &account,
        "2025-02-26 09:00:00+00",
        &Expected::full([100, 100, 78, 100], 95, "Healthy"),
    );
    // And 3 hours.
    stage.assert_ago(
        &account,
        83,
        &Expected::capped(
            [100, 100, 78, 100],
            95,
            "An urgent ticket has been open for 7 days",
        ),
    );
    // 90 days: its points have left the window: (50 * 100 + 20 * 100 + 20 * 65) / 90 = 92.22. (92 + 300) / 4 = 98.
    // It was 98 and Healthy.
    stage.assert(
        &account,
        &Expected::capped(
            [100, 100, 92, 100],
            98,
            "An urgent ticket has been open for 90 days",
        ),
    );
}
