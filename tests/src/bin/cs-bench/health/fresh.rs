//! From the insert of one row of usage to the new current score that another connection sees, in an idle database, one
//! after the other.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use postgres::{Client, Statement};

use super::{Tenant, settle};
use crate::measure::{Line, waits};

const TIMES: usize = 250;
/// Of all but one in a hundred.
const REACH: Duration = Duration::from_secs(1);
/// A score that has not come by then never comes.
const PATIENCE: Duration = Duration::from_secs(30);
/// Between two looks.
const PAUSE: Duration = Duration::from_micros(500);
/// Until the worker has nothing to do again.
const REST: Duration = Duration::from_millis(20);

/// The ones in calm, where a bad ticket makes a difference.
const ACCOUNTS: &str = "select account_id::text
     from cs.health_scores
     where tenant_id = $1::text::uuid and is_current
     order by support_score desc nulls last, account_id
     limit 50";
/// One ticket per account, which gets worse and better in turn: its latest row rules, so each row changes the score.
const INSERT: &str = "select (cs.record_usage(jsonb_build_array(jsonb_build_object(
         'account_id', $1::text, 'metric_type', 'support_tickets', 'metric_value', 2,
         'metadata', jsonb_build_object(
             'ticket_id', 'bench', 'status', 'closed',
             'severity', case when $2::boolean then 'critical' else 'low' end,
             'csat', case when $2 then 1 else 5 end
         )
     ))) ->> 'inserted')::bigint";
const CURRENT: &str =
    "select id::text, cause from cs.health_scores where account_id = $1::text::uuid and is_current";

/// In a tenant whose norms are remembered from an earlier look at all of its accounts.
pub fn large(database: &Database, tenant: &Tenant) -> Result<Line> {
    one_by_one("10,000 accounts", database, tenant)
}

/// In the sample data, where norms are taken anew each time.
pub fn small(cluster: &Cluster) -> Result<Line> {
    let database = Database::clone_template(cluster)?;
    // In one transaction, so that the worker finds no pass to do.
    database.connect()?.batch_execute(
        "begin;
         select cs.load_sample_data();
         insert into cs.health_passes (tenant_id, passed_on) select id, current_date + 2 from cs.tenants
             on conflict (tenant_id) do update set passed_on = excluded.passed_on;
         commit",
    )?;
    settle(&database)?;
    let tenant = Tenant::of(&database, "admin@acme.com")?;
    one_by_one("the sample data", &database, &tenant)
}

/// Inserts and waits; the first insert of each account, which may find the worker asleep, is not counted.
fn one_by_one(place: &str, database: &Database, tenant: &Tenant) -> Result<Line> {
    println!("health: one row at a time, {place} …");
    let accounts = database.connect()?.query(ACCOUNTS, &[&tenant.id])?;
    let accounts = accounts
        .iter()
        .map(|row| row.get(0))
        .collect::<Vec<String>>();
    let mut looker = Looker::new(tenant.admin(database)?)?;
    let mut sender = tenant.admin(database)?;
    let insert = sender.prepare(INSERT)?;
    let mut seen = Vec::with_capacity(TIMES);
    for number in 0..TIMES + accounts.len() {
        let account = &accounts[number % accounts.len()];
        let is_worse = (number / accounts.len()).is_multiple_of(2);
        let (before, _) = looker.look(account)?;
        sleep(REST);
        let started = Instant::now();
        let inserted: i64 = sender.query_one(&insert, &[account, &is_worse])?.get(0);
        ensure!(inserted == 1, "record_usage wrote {inserted} rows");
        looker.wait(account, &before, started)?;
        if number >= accounts.len() {
            seen.push(started.elapsed());
        }
    }
    let what = format!("one row of usage to its new score, {place}");
    Ok(waits(&what, REACH, &seen))
}

/// The other connection.
struct Looker {
    client: Client,
    current: Statement,
}

impl Looker {
    fn new(mut client: Client) -> Result<Self> {
        let current = client.prepare(CURRENT)?;
        Ok(Self { client, current })
    }

    /// The account's current score: its id, and why it was written.
    fn look(&mut self, account: &String) -> Result<(String, Option<String>)> {
        let row = self.client.query_one(&self.current, &[account])?;
        Ok((row.get(0), row.get(1)))
    }

    fn wait(&mut self, account: &String, before: &str, started: Instant) -> Result<()> {
        loop {
            let (id, cause) = self.look(account)?;
            if id != before {
                let cause = cause.unwrap_or_default();
                ensure!(cause == "data", "the new score was written for {cause}");
                return Ok(());
            }
            ensure!(started.elapsed() < PATIENCE, "a score does not come");
            sleep(PAUSE);
        }
    }
}
