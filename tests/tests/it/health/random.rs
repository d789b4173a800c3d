//! Random accounts: what the engine says of each, in whole and in parts, is what the twin says.

use super::compare::assert_same_parts;
use super::tenants::{any_accounts, computed_as_told, database, populate, refreshed_as_told, told};
use crate::support::is_long;

/// How many accounts are looked at one by one: these, or in long runs ten times as many.
fn looked(many: u32) -> u32 {
    if is_long() { 10 * many } else { many }
}

const ZONE: &str = "twin.zone_of_last_change(now())";

#[test]
fn many_accounts_score_as_the_twin_says() {
    let size = if is_long() { 7000 } else { 700 };
    let (_database, mut client) = database();
    // One transaction, so that now() is one moment.
    let mut work = client.transaction().unwrap();
    let tenant = populate(&mut work, ZONE, "now()", size, 0.5, "'{}'");

    refreshed_as_told(&mut work, &tenant);
    // A population in which nothing happens would prove nothing.
    for score in ["usage", "engagement", "support", "adoption"] {
        for condition in ["= 0", "between 1 and 99", "= 100"] {
            let many = told(&mut work, &format!("{score}_score {condition}"));
            assert!(
                many >= i64::from(size) / 100,
                "{score} {condition}: {many} accounts"
            );
        }
    }
    assert_same_parts(&mut work, &any_accounts(&tenant, looked(30)), "now()");
    computed_as_told(
        &mut work,
        &tenant,
        &any_accounts(&tenant, looked(20)),
        "now() - interval '40 days'",
    );
}

#[test]
fn accounts_of_a_rich_model_score_as_the_twin_says() {
    let size = if is_long() { 1500 } else { 400 };
    let (_database, mut client) = database();
    for (zone, seed) in [("'Pacific/Auckland'", 0.61), ("'America/Havana'", 0.62)] {
        let mut work = client.transaction().unwrap();
        let variant = "jsonb_build_object('model', $model)";
        let tenant = populate(&mut work, zone, "now()", size / 2, seed, variant);
        refreshed_as_told(&mut work, &tenant);
        let unused = "select count(*) from twin.feats where unused_since is not null";
        for (what, many) in [
            ("seat_share = 0", told(&mut work, "seat_share = 0")),
            ("capped", told(&mut work, "overall_score < raw_score")),
            ("best", told(&mut work, "usage_of_best < 100")),
            ("unused", work.query_one(unused, &[]).unwrap().get(0)),
        ] {
            assert!(many >= 3, "{what}: {many} accounts");
        }
        // Inside quiet days, at their ends, and where none are.
        let day = format!("date_trunc('day', now(), {zone})");
        for moment in [
            "now() - interval '8 days'",
            &format!("{day} - interval '9 days'"),
            &format!("{day} - interval '6 days'"),
            "now() - interval '22 days 5 hours'",
            "now() - interval '50 days'",
        ] {
            computed_as_told(
                &mut work,
                &tenant,
                &any_accounts(&tenant, looked(10)),
                moment,
            );
        }
    }
}

#[test]
fn rows_changed_and_taken_away_score_as_the_twin_says() {
    let (_database, mut client) = database();
    let mut work = client.transaction().unwrap();
    let variant = "jsonb_build_object('model', $model)";
    let tenant = populate(&mut work, "'Asia/Tokyo'", "now()", 150, 0.66, variant);
    refreshed_as_told(&mut work, &tenant);
    work.batch_execute(&format!(
        "update cs.usage_metrics
         set metric_value = metric_value * 2 + 1, recorded_at = recorded_at - interval '5 days 3 hours'
         where tenant_id = '{tenant}' and hashtext(id::text) % 7 = 0;
         update cs.usage_metrics
         set metric_type = case metric_type when 'logins' then 'api_calls' else 'logins' end::cs.metric_type
         where tenant_id = '{tenant}' and hashtext(id::text) % 13 = 2;
         delete from cs.usage_metrics where tenant_id = '{tenant}' and hashtext(id::text) % 11 = 1"
    ))
    .unwrap();
    refreshed_as_told(&mut work, &tenant);
    computed_as_told(
        &mut work,
        &tenant,
        &any_accounts(&tenant, looked(10)),
        "now() - interval '15 days'",
    );
}

/// Does an outage of a feed, its last row at this moment with rows on that many days, score as the twin says?
fn outage_as_told(feed: &str, end: &str, days: &str, is_out: bool) {
    let (_database, mut client) = database();
    let mut work = client.transaction().unwrap();
    let end = end.replace("$zone", ZONE);
    let variant =
        format!("jsonb_build_object('feed', '{feed}', 'feed_end', {end}, 'feed_days', {days})");
    let tenant = populate(&mut work, ZONE, "now()", 120, 0.25, &variant);

    refreshed_as_told(&mut work, &tenant);
    assert_eq!(told(&mut work, "stale_feed") > 0, is_out);
    assert_same_parts(&mut work, &any_accounts(&tenant, looked(20)), "now()");
}

#[test]
fn an_outage_of_logins_scores_as_the_twin_says() {
    outage_as_told("logins", "now() - interval '5 days'", "null", true);
}

#[test]
fn a_long_outage_of_logins_scores_as_the_twin_says() {
    outage_as_told("logins", "now() - interval '65 days 3 hours'", "null", true);
}

#[test]
fn an_outage_of_tickets_from_its_first_moment_scores_as_the_twin_says() {
    outage_as_told("support_tickets", "twin.ago(now(), 7, $zone)", "null", true);
}

#[test]
fn tickets_a_microsecond_before_an_outage_score_as_the_twin_says() {
    let end = "twin.ago(now(), 7, $zone) + interval '1 microsecond'";
    outage_as_told("support_tickets", end, "null", false);
}

#[test]
fn an_outage_of_feature_usage_scores_as_the_twin_says() {
    let end = "now() - interval '6 days 20 hours'";
    outage_as_told("feature_usage", end, "null", true);
}

#[test]
fn a_feed_that_came_on_ten_days_can_be_out() {
    outage_as_told("api_calls", "twin.ago(now(), 3, $zone)", "10", true);
}

#[test]
fn a_feed_that_came_on_nine_days_is_only_silent() {
    outage_as_told("api_calls", "twin.ago(now(), 3, $zone)", "9", false);
}

#[test]
fn outages_that_ended_and_what_was_said_of_them_score_as_the_twin_says() {
    let (_database, mut client) = database();
    let gap = |metric: &str, from: u32, to: i32| {
        format!(
            "jsonb_build_object('metric', '{metric}', 'from', now() - interval '{from} days 7 hours', 'to', now() - interval '{to} days 2 hours')"
        )
    };
    let silence = |metric: &str, since: u32, until: &str| {
        format!(
            "jsonb_build_object('metric', '{metric}', 'since', now() - interval '{since} days', 'until', {until})"
        )
    };
    for (number, model) in ["'{}'::jsonb", "$model"].into_iter().enumerate() {
        let mut work = client.transaction().unwrap();
        let gaps = [
            // Two of one type, so near that the days of the first must not count for the second; one that quiet days touch.
            gap("logins", 50, 41),
            gap("logins", 33, 27),
            gap("feature_usage", 64, 44),
            // Accepted while it lasted; taken back before it ended; accepted and still lasting.
            gap("api_calls", 40, 20),
            gap("support_tickets", 45, 30),
            gap("feature_usage", 12, -1),
        ];
        let silences = [
            silence("api_calls", 25, "null"),
            silence("support_tickets", 40, "now() - interval '35 days'"),
            silence("feature_usage", 4, "now() - interval '2 days'"),
            silence("logins", 70, "null"),
        ];
        let variant = format!(
            "jsonb_build_object('model', {model}, 'gaps', jsonb_build_array({}), 'silences', jsonb_build_array({}))",
            gaps.join(", "),
            silences.join(", ")
        );
        let seed = 0.71 + f64::from(u8::try_from(number).unwrap()) / 100.0;
        let size = if is_long() { 400 } else { 120 };
        let tenant = populate(&mut work, "'Europe/London'", "now()", size, seed, &variant);
        refreshed_as_told(&mut work, &tenant);
        assert!(told(&mut work, "stale_feed") > 0);
        for days in [1, 3, 6, 26, 31, 37, 44] {
            let moment = format!("now() - interval '{days} days'");
            computed_as_told(
                &mut work,
                &tenant,
                &any_accounts(&tenant, looked(10)),
                &moment,
            );
        }
    }
}

#[test]
fn moments_beside_a_change_of_clocks_score_as_the_twin_says() {
    let (_database, mut client) = database();
    for (number, (zone, moment)) in [
        // The window begins, a week ago, at a time of day that did not exist.
        ("Europe/Berlin", "2025-04-06 00:30:00+00"),
        // A week ago is a time of day that came twice; and so is the moment itself, its first time.
        ("America/Los_Angeles", "2025-11-09 09:30:00+00"),
        ("America/Los_Angeles", "2025-11-02 08:30:00+00"),
        // A change of half an hour, four weeks ago.
        ("Australia/Lord_Howe", "2025-05-03 15:15:00+00"),
        // Midnight did not exist, a week ago and four weeks ago.
        ("America/Santiago", "2025-09-14 12:00:00+00"),
        ("Africa/Cairo", "2025-05-23 05:00:00+00"),
    ]
    .into_iter()
    .enumerate()
    {
        for model in ["'{}'::jsonb", "$model"] {
            let mut work = client.transaction().unwrap();
            let moment = format!("timestamptz '{moment}'");
            let variant = format!("jsonb_build_object('model', {model})");
            let seed = f64::from(u8::try_from(number).unwrap() + 1) / 10.0;
            let size = if is_long() { 100 } else { 25 };
            let tenant = populate(
                &mut work,
                &format!("'{zone}'"),
                &moment,
                size,
                seed,
                &variant,
            );
            computed_as_told(
                &mut work,
                &tenant,
                &any_accounts(&tenant, looked(8)),
                &moment,
            );
        }
    }
}
