//! Row security against the same query with the tenant written out on the same rows without policies:
//! 100 tenants, 200,000 accounts, a list, a join and an aggregate.

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use postgres::{Client, Statement};

use crate::measure::{Line, compare};

/// Many and short: what disturbs the machine then spoils few of them.
const ROUNDS: usize = 301;
const REPEATS: usize = 5;
/// With may_see_account deciding, as it does on everything that hangs on an account.
const REACH: f64 = 1.20;

/// `{}` is the schema, `<accounts>` and `<scores>` what the tenant written out comes to.
const QUERIES: [(&str, &str); 3] = [
    (
        "list",
        "select name, current_stage, arr from {}.accounts as account where true <accounts> order by name",
    ),
    (
        "join",
        "select count(*), sum(account.arr), sum(score.overall_score) from {}.accounts as account
         join {}.health_scores as score on score.tenant_id = account.tenant_id and score.account_id = account.id
         where score.is_current <accounts> <scores>",
    ),
    (
        "aggregate",
        "select current_stage, count(*), sum(arr) from {}.accounts as account where true <accounts> group by current_stage",
    ),
];

/// All three queries, as a Viewer, who sees the whole tenant.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("row security: making 100 tenants with 2,000 accounts each …");
    client.batch_execute(include_str!("row_security.sql"))?;
    // Both in one state, so that neither is cleaned up while it is measured.
    client.batch_execute("vacuum analyze")?;
    let who = client.query_one(
        "select tenant_id::text, user_id::text from cs.profiles where full_name = 'viewer 50'",
        &[],
    )?;
    let (tenant, user): (String, String) = (who.get(0), who.get(1));
    let mut member = database.connect_member(&user)?;
    let mut lines = Vec::new();
    for (name, query) in QUERIES {
        lines.extend(one(name, query, &tenant, &mut member, &mut client)?);
    }
    Ok(lines)
}

fn one(
    name: &str,
    query: &str,
    tenant: &str,
    member: &mut Client,
    bare: &mut Client,
) -> Result<Vec<Line>> {
    let ours = query
        .replace("{}", "cs")
        .replace("<accounts>", "")
        .replace("<scores>", "");
    let against = query
        .replace("{}", "bare")
        .replace("<accounts>", &format!("and account.tenant_id = '{tenant}'"))
        .replace("<scores>", &format!("and score.tenant_id = '{tenant}'"));
    ensure!(
        answer(member, &ours)? == answer(bare, &against)?,
        "{name}: the answers differ"
    );
    println!("row security: {name} …");
    let (prepared, bare_prepared) = (member.prepare(&ours)?, bare.prepare(&against)?);
    compare(
        &format!("row security, {name} of 2,000 of 200,000 rows"),
        REACH,
        ROUNDS,
        || repeat(member, &prepared),
        || repeat(bare, &bare_prepared),
    )
}

/// The rows in one order, whatever plan brought them.
fn answer(client: &mut Client, query: &str) -> Result<String> {
    let all =
        format!("select md5(string_agg(it::text, '|' order by it::text)) from ({query}) as it");
    Ok(client.query_one(&all, &[])?.get(0))
}

/// Prepared, as the gateway does it.
fn repeat(client: &mut Client, query: &Statement) -> Result<()> {
    for _ in 0..REPEATS {
        client.query(query, &[])?;
    }
    Ok(())
}
