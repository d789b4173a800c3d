//! Customers who leave so quietly that a target is still met.

use super::HALVED;
use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// "Four per cent a week is how good customers leave: after half a year I want to hear of it, not after the renewal."
#[test]
fn slow_decline() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    // Each of the last 28 weeks is 96 % of the one before it; earlier all days are the same.
    let shrunk = "0.96 ^ greatest(0, 28 - floor(d / 7.0))";
    for person in 0..6 {
        let fact = format!(r#"{shrunk}, '{{"user_id": "u{person}"}}'::jsonb"#);
        stage.daily(&account, "logins", 0, 400, &fact);
    }
    stage.features(&account, 0, 400, &format!("4 * {shrunk}"));
    let calls = format!("60 * {shrunk}, '{{}}'::jsonb");
    stage.daily(&account, "api_calls", 0, 400, &calls);

    // Today: with c = 1 / .96 and this week's day as 1, the window is 7 * (1 + c + c^2 + c^3) + 2 c^4 = 32.154, 7.5026 a week.
    // The middles of the 12 weeks before it are the sixth, 5 c^9 + 2 c^10 = 10.228, and the seventh, 5 c^10 + 2 c^11 = 10.654:
    // 10.441. Trend: 7.5026 / 10.441 = .71855, so 43.71, in every week alike.
    // Level: this week's day is .96^28 = .3189 of the first: 6 logins * .3189 * 32.154 = 61.5 of 40, 205 uses, 615 calls: 100.
    // Usage 40 + .3 * 43.71 + 30 = 83.11. All else is full: (83 + 300) / 4 = 95.75; it was 96 and Healthy.
    // Best quarter: the median of the last 13 weeks is the week 6 weeks ago, 22 steps down: .96^22 = 40.73 %.
    let parts = [83, 100, 100, 100];
    stage.assert(
        &account,
        &Expected::capped(parts, 96, "Use is at 40 % of its best quarter"),
    );
    // 5 weeks ago: 17 steps, .96^17 = 49.96 %.
    stage.assert_ago(
        &account,
        35,
        &Expected::capped(parts, 96, "Use is at 49 % of its best quarter"),
    );
    // 6 weeks ago: 16 steps, 52.04 %.
    stage.assert_ago(&account, 42, &Expected::full(parts, 96, "Healthy"));
}

/// "When the one who did the work is gone the rest is a matter of weeks: tell me now, while I can find a new champion."
#[test]
fn power_user_gone() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    // 6 people share one login and five uses a day; until day 20 there was one more, with 19 times as many.
    stage.logins(&account, 0, 200, 1, 6);
    stage.features(&account, 0, 200, "1");
    stage.daily(
        &account,
        "logins",
        20,
        200,
        r#"19, '{"user_id": "power"}'::jsonb"#,
    );
    stage.features(&account, 20, 200, "19");

    stage.assert_ago(&account, 20, &Expected::full([100; 4], 100, "Healthy"));
    // 5 days after: 25 days of 20 logins and 5 of 1 are 505, 117.8 a week of 140: .8417, trend 68.33, uses alike.
    // Usage 40 + 20.5 + 30 = 90.5. (91 + 300) / 4 = 97.75.
    stage.assert_ago(
        &account,
        15,
        &Expected::full([91, 100, 100, 100], 98, "Healthy"),
    );
    // 20 days after: 10 * 20 + 20 = 220 logins and 1100 uses, far above their targets; 51.3 a week of 140: trend 0.
    // Usage 40 + 0 + 30 = 70. (70 + 300) / 4 = 92.5; without caps it was 93 and Healthy.
    stage.assert(&account, &Expected::capped([70, 100, 100, 100], 93, HALVED));
}
