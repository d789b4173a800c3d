//! All scores of a tenant of 10,000 accounts and 5,000,000 rows of usage against one aggregate scan of those rows.

use anyhow::{Result, ensure};
use cs_tests::database::Database;
use postgres::Client;

use super::{Tenant, refresh, settle};
use crate::measure::{Line, Side, compare_all};

const ROUNDS: usize = 5;
const ACCOUNTS: i32 = 10_000;
const ROWS: i32 = 500;
/// Where nothing is new; what writing every score adds is told beside it.
const REACH: f64 = 2.0;

/// Summed up once more, since a planner leaves out what nobody reads.
const SCAN: &str = "select count(*), sum(quantity)::text, sum(days)::text
     from (
         select
             account_id, metric_type, sum(metric_value) as quantity,
             count(distinct date_trunc('day', recorded_at)) as days
         from cs.usage_metrics
         where tenant_id = '<tenant>'
         group by account_id, metric_type
     ) as it";
/// Of 20 accounts by chance: how many have the score that computing it alone gives.
const SAME: &str = "select count(*)
     from (
         select *
         from cs.health_scores
         where tenant_id = '<tenant>' and is_current
         order by random()
         limit 20
     ) as score
     cross join lateral cs.compute_health(score.account_id, $1::text::timestamptz) as it
     where (
         score.overall_score, score.raw_score, score.usage_score, score.engagement_score, score.support_score,
         score.adoption_score, score.risk_level::text, score.coverage, score.confidence, score.stale_feed
     ) is not distinct from (
         it.overall_score, it.raw_score, it.usage_score, it.engagement_score, it.support_score,
         it.adoption_score, it.risk_level, it.coverage, it.confidence, it.stale_feed
     )";
const PUBLISH: &str = "select cs.publish_health_model(jsonb_build_object('weights', jsonb_build_object('usage', $1::integer)))";
const WRITTEN: &str = "select count(*) from cs.health_scores
     where tenant_id = $1::text::uuid and is_current and model_version = $2 and cause = 'model'";

/// The tenant, and a small one beside it.
pub fn make(database: &Database) -> Result<Tenant> {
    Tenant::make(database, ACCOUNTS / 10, ROWS / 10)?;
    let tenant = Tenant::make(database, ACCOUNTS, ROWS)?;
    settle(database)?;
    Ok(tenant)
}

/// Refreshing where nothing is new, and publishing a model, which writes every score, against the scan.
pub fn measure(database: &Database, tenant: &Tenant) -> Result<Vec<Line>> {
    let (mut refresher, mut publisher) = (tenant.admin(database)?, tenant.admin(database)?);
    let mut client = database.connect()?;
    let as_of = tenant.first_scores(&mut refresher)?;
    let same: i64 = client
        .query_one(&SAME.replace("<tenant>", &tenant.id), &[&as_of])?
        .get(0);
    ensure!(same == 20, "{} of 20 scores differ", 20 - same);
    println!("health: all scores against a scan …");
    let what = "health of 10,000 accounts with 5,000,000 rows";
    let mut version = 1;
    let ours = vec![
        Side::new(format!("{what}, nothing new"), Some(REACH), || {
            refresh(&mut refresher)
        }),
        Side::new(format!("{what}, every score written"), None, || {
            publish(&mut publisher, &mut version)
        }),
    ];
    let scan = client.prepare(&SCAN.replace("<tenant>", &tenant.id))?;
    let scanning = Side::new("", None, || {
        let groups: i64 = client.query_one(&scan, &[])?.get(0);
        ensure!(
            groups == i64::from(ACCOUNTS) * 4,
            "the scan found {groups} groups"
        );
        Ok(())
    });
    let lines = compare_all(ROUNDS, ours, scanning)?;
    let written: i64 = client.query_one(WRITTEN, &[&tenant.id, &version])?.get(0);
    ensure!(
        written == i64::from(ACCOUNTS),
        "publishing wrote {written} scores"
    );
    Ok(lines)
}

/// A model that differs from the one before.
fn publish(admin: &mut Client, version: &mut i32) -> Result<()> {
    let weight = 25 + *version % 2;
    *version = admin.query_one(PUBLISH, &[&weight])?.get(0);
    Ok(())
}
