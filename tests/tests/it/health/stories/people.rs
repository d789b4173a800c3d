//! How many people use what was bought, and since when.

use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// "Three happy people in a contract for 150 are a renewal for three."
#[test]
fn few_seats() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(150));
    stage.logins(&account, 0, 120, 2, 3);
    stage.healthy_rest(&account, 0, 120);
    // 3 of 150 are 2 %, a thirtieth of .6: breadth 3.33; engagement 50 + 1 + 20 = 71. (71 + 300) / 4 = 92.75.
    let parts = [100, 71, 100, 100];

    // First seen 27 days earlier (less than 28 of history): there is still time to sign in.
    stage.assert_at(
        &account,
        "2025-02-17 09:00:00+00",
        &Expected {
            confidence: "medium",
            ..Expected::full(parts, 93, "Healthy")
        },
    );
    // 28 days to the second. It was 93 and Healthy for good.
    let held = Expected::capped(parts, 93, "2 % of 150 seats are used");
    stage.assert_at(&account, "2025-02-18 09:00:00+00", &held);
    stage.assert(&account, &held);

    // With nine seats nobody asks.
    let small = stage.account(Some(9));
    stage.logins(&small, 0, 120, 2, 1);
    stage.healthy_rest(&small, 0, 120);
    // 1 of 9 is 11.1 %: breadth 18.52; engagement 50 + 5.56 + 20 = 75.56. (76 + 300) / 4 = 94.
    stage.assert(&small, &Expected::full([100, 76, 100, 100], 94, "Healthy"));
}

/// "Two people can be a whole customer: if one of them goes I want to see it, not to be alarmed."
#[test]
fn two_seats() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(2));
    stage.daily(
        &account,
        "logins",
        0,
        170,
        r#"1, '{"user_id": "stays"}'::jsonb"#,
    );
    stage.daily(
        &account,
        "logins",
        31,
        170,
        r#"1, '{"user_id": "leaves"}'::jsonb"#,
    );
    stage.some_features(&account, 0, 170, 3, "1");

    // Both: 60 logins, 90 of 100 uses: (30 * 100 + 50 * 90) / 80 = 93.75; usage 37.5 + 60 = 97.5. Adoption: 3 of 5 features
    // are .6; 1.5 uses a login, of (2.5 + 1.5) / 2: 75; so 50 + 30 + 15 = 95. (98 + 100 + 100 + 95) / 4 = 98.25.
    stage.assert_ago(
        &account,
        31,
        &Expected::full([98, 100, 100, 95], 98, "Healthy"),
    );
    // One: 30 logins: (30 * 75 + 50 * 90) / 80 = 84.375; trend 7 of 14 logins is 0, uses 100: 50 * 100 / 80 = 62.5.
    // Usage 33.75 + 18.75 + 30 = 82.5. Engagement: half of the seats is 83.33: 50 + 25 + 20 = 95. Adoption: 3 uses a login.
    // (83 + 95 + 100 + 100) / 4 = 94.5.
    stage.assert(&account, &Expected::full([83, 95, 100, 100], 95, "Healthy"));
}

/// "In week two a score is a guess: show me that it is one."
#[test]
fn week_two() {
    let mut stage = Stage::with_steady_neighbour();
    let began = |stage: &mut Stage, days: i32| {
        let account = stage.account(Some(10));
        let moments = format!(
            "timestamptz '2025-05-20 12:00:00+00' - d * interval '1 day' from generate_series(1, {days}) as d"
        );
        let logins = format!("select 1, jsonb_build_object('user_id', d % 2), {moments}");
        stage.record(&account, "logins", &logins);
        let uses = format!(r#"select 2, '{{"feature": "f0"}}'::jsonb, {moments}"#);
        stage.record(&account, "feature_usage", &uses);
        account
    };
    let ten = began(&mut stage, 10);
    let fourteen = began(&mut stage, 14);

    // L = 10, a third. Level: 10 of 13.33 logins, 20 of 33.33 uses: (30 * 75 + 50 * 60) / 80 = 65.625; no trend; recency 100:
    // (40 * 65.625 + 30 * 100) / 70 = 80.36. Engagement: 10 of 4 days, 2 of 10 people: 50 + 10 + 20 = 80.
    // Adoption: 1 of 5 features is a third of .6; no stickiness yet; 2 uses a login of the middle of 2, 2 and 2.5: 100;
    // (50 * 33.33 + 20 * 100) / 70 = 52.38. (80 + 80 + 100 + 52) / 4 = 78.
    let expected = Expected::full([80, 80, 100, 52], 78, "At Risk");
    stage.assert(
        &ten,
        &Expected {
            confidence: "low",
            ..expected.clone()
        },
    );
    // L = 14: the same in proportion, and no longer a guess.
    stage.assert(
        &fourteen,
        &Expected {
            confidence: "medium",
            ..expected
        },
    );
}
