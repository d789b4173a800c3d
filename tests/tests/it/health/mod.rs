//! Health scores: against a second implementation in plain SQL (the twin) over random accounts, and against numbers
//! worked out by hand.

mod compare;
mod personas;
mod stage;

use cs_tests::stack;
use postgres::Transaction;

use compare::{assert_same_parts, assert_same_scores, tell};

/// The twin, and the random accounts.
const TWIN: [&str; 3] = [
    include_str!("primitives.sql"),
    include_str!("twin.sql"),
    include_str!("population.sql"),
];

/// Makes a random tenant; `call` is what follows the first argument of `twin.populate`. Returns the tenant's id.
fn populate(work: &mut Transaction<'_>, slug: &str, call: &str) -> String {
    work.query_one(
        &format!("select twin.populate('{slug}', {call})::text"),
        &[],
    )
    .unwrap()
    .get(0)
}

fn told(work: &mut Transaction<'_>, condition: &str) -> i64 {
    let query = format!("select count(*) from told where {condition}");
    work.query_one(&query, &[]).unwrap().get(0)
}

/// What `refresh_health` writes for a tenant, against the twin at the same moment.
fn refreshed_as_told(work: &mut Transaction<'_>, tenant: &str) {
    tell(work, tenant, "now()");
    work.batch_execute(&format!(
        "select cs.refresh_health(array(select id from cs.accounts where tenant_id = '{tenant}'))"
    ))
    .unwrap();
    // Churned accounts keep their last score, and these have none.
    assert_same_scores(
        work,
        "refresh_health",
        "told.status <> 'Churned'",
        &format!(
            "select score.*
               from cs.health_scores as score
              where score.tenant_id = '{tenant}' and score.is_current and score.source = 'computed'"
        ),
    );
}

/// What `compute_health` says of these accounts (a query of their ids) at a moment, against the twin as told.
fn computed_as_told(work: &mut Transaction<'_>, accounts: &str, moment: &str) {
    assert_same_scores(
        work,
        &format!("compute_health at {moment}"),
        &format!("told.account_id in ({accounts})"),
        &format!(
            "select chosen.account_id, score.*
               from ({accounts}) as chosen (account_id)
              cross join lateral cs.compute_health(chosen.account_id, {moment}) as score
              where score.overall_score is not null"
        ),
    );
}

/// Ids are random, so the first are any.
fn any_accounts(tenant: &str, many: u32) -> String {
    format!("select id from cs.accounts where tenant_id = '{tenant}' order by id limit {many}")
}

#[test]
fn ten_thousand_accounts_score_as_the_twin_says() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    // One transaction, so that now() is one moment.
    let mut work = client.transaction().unwrap();
    TWIN.iter()
        .for_each(|part| work.batch_execute(part).unwrap());
    let tenant = populate(
        &mut work,
        "many",
        "twin.zone_of_last_change(now()), now(), 10000, 0.5",
    );

    refreshed_as_told(&mut work, &tenant);
    // A population in which nothing happens would prove nothing.
    for score in ["usage", "engagement", "support", "adoption"] {
        for condition in ["= 0", "between 1 and 99", "= 100"] {
            let many = told(&mut work, &format!("{score}_score {condition}"));
            assert!(many >= 100, "{score} {condition}: {many} accounts");
        }
    }
    assert_same_parts(&mut work, &any_accounts(&tenant, 200), "now()");

    let past = "now() - interval '40 days'";
    tell(&mut work, &tenant, past);
    computed_as_told(&mut work, &any_accounts(&tenant, 100), past);
}

/// Does an outage of a feed, its last row at this moment with rows on so many days, score as the twin says?
fn outage_as_told(feed: &str, end: &str, days: &str, is_out: bool) {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    let mut work = client.transaction().unwrap();
    TWIN.iter()
        .for_each(|part| work.batch_execute(part).unwrap());
    let zone = "twin.zone_of_last_change(now())";
    let end = end.replace("$zone", zone);
    let call = format!("{zone}, now(), 300, 0.25, '{feed}', {end}, {days}");
    let tenant = populate(&mut work, "outage", &call);

    refreshed_as_told(&mut work, &tenant);
    assert_eq!(told(&mut work, "stale_feed") > 0, is_out);
    assert_same_parts(&mut work, &any_accounts(&tenant, 100), "now()");
}

#[test]
fn an_outage_of_logins_scores_as_the_twin_says() {
    outage_as_told("logins", "now() - interval '5 days'", "null", true);
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
fn moments_beside_a_change_of_clocks_score_as_the_twin_says() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    for (number, (zone, moment)) in [
        // The window begins, a week ago, at a time of day that did not exist.
        ("Europe/Berlin", "2025-04-06 00:30:00+00"),
        // A week ago is a time of day that came twice; and so is the moment itself, its first time.
        ("America/Los_Angeles", "2025-11-09 09:30:00+00"),
        ("America/Los_Angeles", "2025-11-02 08:30:00+00"),
        // A change of half an hour, four weeks ago.
        ("Australia/Lord_Howe", "2025-05-03 15:15:00+00"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut work = client.transaction().unwrap();
        TWIN.iter()
            .for_each(|part| work.batch_execute(part).unwrap());
        let moment = format!("timestamptz '{moment}'");
        let call = format!("'{zone}', {moment}, 150, 0.{}", number + 1);
        let tenant = populate(&mut work, "clocks", &call);
        tell(&mut work, &tenant, &moment);
        let all = any_accounts(&tenant, 150);
        computed_as_told(&mut work, &all, &moment);
        assert_same_parts(&mut work, &all, &moment);
    }
}
