//! Random tenants, and what the engine says of them against what the twin says.

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::{Client, Transaction};

use super::TWIN;
use super::compare::{assert_same_fields, assert_same_parts, assert_same_scores, tell};

/// Quiet days of the northern winter and the southern summer, around now and then; one inside another, two that adjoin.
const QUIET: &str = "select jsonb_agg(jsonb_build_object('from', day - since, 'to', day - until))
       from (values (200, 190), (150, 148), (61, 52), (51, 47), (36, 33), (24, 21), (9, 7), (-20, -24)) as period (since, until),
            lateral (select ($moment)::date as day) as today";

/// A model with all that a model can say.
const RICH: &str = r#"jsonb_build_object(
    'quiet_periods', ($quiet),
    'feature_aliases', '{" F1": "f0", "é1": "É0", "f2": "f3", "nobody": "tenth", "f7": "less"}'::jsonb,
    'weights', '{"usage": 30, "engagement": 0, "support": 12.5, "adoption": 20}'::jsonb,
    'targets', '{"logins": 25, "feature_usage": 60, "api_calls": 900}'::jsonb,
    'thresholds', '{"critical": 35, "healthy": 65}'::jsonb,
    'caps', '[
        {"when": {"field": "urgent_open_days", "op": "gt", "value": 12.5}, "max": 31, "reason": "Open for {urgent_open_days} days"},
        {"when": {"all": [{"field": "seats", "op": "gte", "value": 8}, {"field": "seat_share", "op": "lt", "value": 40}]},
         "max": 42, "reason": "{seat_share} % of {seats} seats are used"},
        {"when": {"field": "usage_of_best", "op": "lt", "value": 80}, "max": 23, "reason": "Use is at {usage_of_best} %"},
        {"when": {"field": "usage_trend", "op": "lt", "value": 50}, "max": "at_risk", "reason": "Trend {usage_trend}"}
    ]'::jsonb
)"#;

/// A database with the twin in it.
pub fn database() -> (Database, Client) {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    client.batch_execute("set timezone to 'UTC'").unwrap();
    TWIN.iter()
        .for_each(|part| client.batch_execute(part).unwrap());
    (database, client)
}

/// Makes a random tenant; `variant` is an expression for the last argument of `twin.populate`. Returns the tenant's id.
pub fn populate(
    work: &mut Transaction<'_>,
    zone: &str,
    moment: &str,
    size: u32,
    seed: f64,
    variant: &str,
) -> String {
    let variant = variant
        .replace("$model", RICH)
        .replace("$quiet", QUIET)
        .replace("$moment", moment);
    work.query_one(
        &format!(
            "select twin.populate('random', {zone}, {moment}, {size}, {seed}, {variant})::text"
        ),
        &[],
    )
    .unwrap()
    .get(0)
}

/// Of how many accounts a condition holds by the twin.
pub fn told(work: &mut Transaction<'_>, condition: &str) -> i64 {
    let query = format!("select count(*) from told where {condition}");
    work.query_one(&query, &[]).unwrap().get(0)
}

/// What `refresh_health` writes for a tenant, against the twin at the same moment.
pub fn refreshed_as_told(work: &mut Transaction<'_>, tenant: &str) {
    tell(work, tenant, "now()");
    work.batch_execute(&format!(
        "select cs.refresh_health(array(select id from cs.accounts where tenant_id = '{tenant}'))"
    ))
    .unwrap();
    let scores = format!(
        "select score.*, score.inputs -> 'cap' ->> 'reason' as cap_reason
           from cs.health_scores as score
          where score.tenant_id = '{tenant}' and score.is_current and score.source = 'computed'"
    );
    // Churned accounts keep their last score, and these have none.
    let whose = "told.status <> 'Churned'";
    assert_same_scores(work, "refresh_health", whose, &scores);
    assert_same_fields(work, whose, &scores);
}

/// What `compute_health` says of these accounts (a query of their ids) at a moment, against the twin at the same moment.
pub fn computed_as_told(work: &mut Transaction<'_>, tenant: &str, accounts: &str, moment: &str) {
    tell(work, tenant, moment);
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
    assert_same_parts(work, accounts, moment);
}

/// Ids are random, so the first are any.
pub fn any_accounts(tenant: &str, many: u32) -> String {
    format!("select id from cs.accounts where tenant_id = '{tenant}' order by id limit {many}")
}
