//! 10,000 accounts of a tenant moved to another stage in one statement, beside 50 active playbooks, against the same without any.

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use postgres::Client;

use crate::measure::{Line, compare};

const ROUNDS: usize = 9;
/// It stays one pass over the set: half as much again.
const REACH: f64 = 1.5;

/// The one comparison.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("bulk change: making two tenants of 10,000 accounts, and 50 playbooks …");
    client.batch_execute(include_str!("bulk_change.sql"))?;
    let mut ours = database.connect()?;
    println!("bulk change …");
    compare(
        "10,000 accounts moved in one statement beside 50 active playbooks, against none",
        REACH,
        ROUNDS,
        || change(&mut ours, "with", 100),
        || change(&mut client, "without", 0),
    )
}

/// Taken back, so that each round begins with the same rows.
fn change(client: &mut Client, tenant: &str, runs: i64) -> Result<()> {
    let mut work = client.transaction()?;
    work.execute(
        "update cs.accounts set current_stage = 'Adoption' where tenant_id = (select id from cs.tenants where slug = $1)",
        &[&tenant],
    )?;
    let ran: i64 = work
        .query_one("select count(*) from cs.webhook_queue", &[])?
        .get(0);
    ensure!(ran == runs, "{ran} deliveries, not {runs}");
    work.rollback()?;
    Ok(())
}
