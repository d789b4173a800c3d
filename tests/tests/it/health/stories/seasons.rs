//! Customers who are not there every day, and need not be.

use super::HALVED;
use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// In season 3 logins a day by 6 of 10 people and 10 uses of five features; out of season 1 login by 3 people, 3 uses.
fn season(stage: &mut Stage, account: &str, since: i32, until: i32) {
    stage.logins(account, since, until, 3, 6);
    stage.features(account, since, until, "2");
}

fn off_season(stage: &mut Stage, account: &str, since: i32, until: i32) {
    stage.logins(account, since, until, 1, 3);
    stage.some_features(account, since, until, 3, "1");
}

/// "They file taxes in spring: a 79 with its reason asks for a call, not for an alarm."
#[test]
fn seasonal() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    off_season(&mut stage, &account, 150, 400);
    season(&mut stage, &account, 30, 150);
    off_season(&mut stage, &account, -120, 30);

    // At the end of the season: 90 logins, 300 uses, 21 and 70 a week as in the 12 weeks before.
    stage.assert_ago(&account, 30, &Expected::full([100; 4], 100, "Healthy"));

    // 30 days into the quiet time. Level: 30 of 40 logins, 90 of 100 uses: (30 * 75 + 50 * 90) / 80 = 84.375.
    // Trend: 7 of 21 and 21 of 70 a week are under half: 0. Usage .4 * 84.375 + 0 + 30 = 63.75.
    // Engagement: 30 days, 3 of 10 people are half of .6: 50 + 15 + 20 = 85. Adoption: 3 of 5 features are .6, all in use
    // every week, 3 uses a login: 100. (64 + 85 + 100 + 100) / 4 = 87.25; without caps it was 87.
    // Best quarter: of the last 13 weeks 4 are quiet, the median is of the season: 100 %.
    stage.assert(&account, &Expected::capped([64, 85, 100, 100], 87, HALVED));

    // 84 days later all 12 weeks before the window are quiet: trend 100, usage 33.75 + 30 + 30 = 93.75.
    // (94 + 85 + 100 + 100) / 4 = 94.75. Of the best quarter there are 7 of 21 logins and 21 of 70 uses:
    // (30 * 33.33 + 50 * 30) / 80 = 31.25 %.
    stage.assert_ago(
        &account,
        -84,
        &Expected::capped([94, 85, 100, 100], 95, "Use is at 31 % of its best quarter"),
    );
}

/// "Nobody works between the years; I do not want forty alarms on Epiphany, except for the ticket that is burning."
#[test]
fn holidays() {
    let mut stage = Stage::at("2025-01-20 12:00:00+00", "Europe/Berlin");
    stage.neighbour(-5, 300, 299);
    let [customer, burning] = [(); 2].map(|()| {
        let account = stage.account(Some(10));
        // From December 20 until January 6 nobody is there: days 31 to 14.
        stage.healthy(&account, 32, 300);
        stage.healthy(&account, -5, 14);
        account
    });
    // On December 19.
    stage.ticket(
        &burning,
        32,
        1,
        r#"{"ticket_id": "B-1", "severity": "critical", "status": "open"}"#,
    );

    // On January 6 (day 14), without quiet days: the window has 12 working days, December 8 to 19. Level 24 of 40 logins,
    // 60 of 100 uses, 240 of 500 calls: 30 * .6 + 50 * .6 + 20 * .48 = 57.6; 12 of 30 days: trend 0; last use 18.125 days
    // ago: 11.875 / 27 = 43.98. Usage 23.04 + 0 + 13.19 = 36.23. Engagement: 12 days, 6 of 10 people: 50 + 30 + .2 * 43.98 = 88.80.
    // Adoption: the last two weeks are empty, so no feature was used in 3 of 4: 50 + 0 + 20 = 70.
    // (36 + 89 + 100 + 70) / 4 = 73.75.
    stage.assert_ago(
        &customer,
        14,
        &Expected::full([36, 89, 100, 70], 74, "At Risk"),
    );

    stage.publish(r#"{"quiet_periods": [{"from": "2024-12-20", "to": "2025-01-02"}, {"from": "2025-01-03", "to": "2025-01-06"}]}"#);
    // Now January 6 is the end of December 19: 30 full days up to then.
    stage.assert_ago(&customer, 14, &Expected::full([100; 4], 100, "Healthy"));
    // And January 7 is the day after December 19: 29 days and this one.
    stage.assert_ago(&customer, 13, &Expected::full([100; 4], 100, "Healthy"));
    stage.assert(&customer, &Expected::full([100; 4], 100, "Healthy"));
    // The ticket ages on all days. Points 4: load 75; .93 a week: trend 100; open for 18 days: 65.
    // (50 * 75 + 20 * 100 + 20 * 65) / 90 = 78.33. (100 + 100 + 78 + 100) / 4 = 94.5.
    stage.assert_ago(
        &burning,
        14,
        &Expected::capped(
            [100, 100, 78, 100],
            95,
            "An urgent ticket has been open for 18 days",
        ),
    );
}

/// "A church that plans its weekends with us is as loyal on a Friday as on a Sunday."
#[test]
fn weekend_only() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(8));
    // Saturdays and Sundays: 5 logins by 5 of 8 people, 15 uses of five features.
    let weekend = "extract(isodow from at) > 5";
    for person in 0..5 {
        let fact = format!(r#"1, '{{"user_id": "u{person}"}}'::jsonb"#);
        stage.daily_if(&account, "logins", -5, 200, &fact, weekend);
        let fact = format!(r#"3, '{{"feature": "f{person}"}}'::jsonb"#);
        stage.daily_if(&account, "feature_usage", -5, 200, &fact, weekend);
    }

    // Tuesday: 4 weekends are in the window, 40 logins and 120 uses: level 100. 40 in 30 days are 9.33 a week of 10: trend
    // 86.67. Usage 40 + 26 + 30 = 96. Engagement: 8 of 12 days are 66.67, 5 of 8 people: 33.33 + 30 + 20 = 83.33.
    // (96 + 83 + 100 + 100) / 4 = 94.75. As before.
    stage.assert(&account, &Expected::full([96, 83, 100, 100], 95, "Healthy"));
    // Friday: the last was 5.125 days ago: 24.875 / 27 = 92.13. Usage 40 + 26 + 27.64 = 93.64,
    // engagement 33.33 + 30 + 18.43 = 81.76. (94 + 82 + 100 + 100) / 4 = 94.
    stage.assert_ago(
        &account,
        -3,
        &Expected::full([94, 82, 100, 100], 94, "Healthy"),
    );
}
