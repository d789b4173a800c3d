//! `record_usage` against inserting the same JSON unchecked into a copy of the table that has its indexes and checks, but no
//! triggers, policies or foreign key: batches of 10,000 rows of 1,000 accounts, as a Practitioner.

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use postgres::{Client, Statement};

use crate::measure::{Line, compare};

const ROUNDS: usize = 15;
/// Half the rate.
const REACH: f64 = 2.0;

const OURS: &str = "select (cs.record_usage($1::text::jsonb) ->> 'inserted')::bigint";
const AGAINST: &str = "insert into bare.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at, event_id)
     select $2::text::uuid, account_id, metric_type, metric_value, metadata, recorded_at, event_id
     from jsonb_to_recordset($1::text::jsonb) as given (
         account_id uuid, metric_type cs.metric_type, metric_value numeric, metadata jsonb, recorded_at timestamptz, event_id text
     )";
/// What two tables with the same rows agree on.
const SUMS: &str = "select concat_ws(' ', count(*), sum(metric_value), count(distinct event_id), sum(extract(epoch from recorded_at)),
     sum(hashtextextended(concat_ws(' ', tenant_id, account_id, metric_type, metadata), 0))) from {}.usage_metrics";

/// The one comparison.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("record_usage: making batches of 10,000 rows …");
    client.batch_execute(include_str!("record_usage.sql"))?;
    let who = client.query_one(
        "select tenant_id::text, user_id::text from cs.profiles",
        &[],
    )?;
    let (tenant, user): (String, String) = (who.get(0), who.get(1));
    // The round that is not counted needs one too.
    let batches = make_batches(&mut client, ROUNDS + 1)?;
    let mut member = database.connect_member(&user)?;
    let (ours, against) = (member.prepare(OURS)?, client.prepare(AGAINST)?);
    println!("record_usage …");
    let (mut mine, mut theirs) = (batches.iter(), batches.iter());
    let lines = compare(
        "record_usage, batches of 10,000 rows",
        REACH,
        ROUNDS,
        || record(&mut member, &ours, mine.next()),
        || insert(&mut client, &against, theirs.next(), &tenant),
    )?;
    ensure!(
        sums(&mut client, "cs")? == sums(&mut client, "bare")?,
        "record_usage: the rows differ"
    );
    Ok(lines)
}

/// Batches that differ in their events.
fn make_batches(client: &mut Client, count: usize) -> Result<Vec<String>> {
    let model: String = client.query_one("select rows from bare.batch", &[])?.get(0);
    Ok((0..count)
        .map(|number| model.replace("<batch>", &number.to_string()))
        .collect())
}

fn record(member: &mut Client, statement: &Statement, batch: Option<&String>) -> Result<()> {
    let inserted: i64 = member.query_one(statement, &[&batch])?.get(0);
    ensure!(inserted == 10_000, "record_usage wrote {inserted} rows");
    Ok(())
}

fn insert(
    client: &mut Client,
    statement: &Statement,
    batch: Option<&String>,
    tenant: &str,
) -> Result<()> {
    let inserted = client.execute(statement, &[&batch, &tenant])?;
    ensure!(inserted == 10_000, "the copy took {inserted} rows");
    Ok(())
}

fn sums(client: &mut Client, schema: &str) -> Result<String> {
    Ok(client.query_one(&SUMS.replace("{}", schema), &[])?.get(0))
}
