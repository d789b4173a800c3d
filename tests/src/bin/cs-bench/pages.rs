//! The calls that pages wait for, at 10,000 accounts with half a year of usage: how long each takes as a member, warm, and
//! against the very same call by a superuser, who is narrowed by no policy.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::wait;
use postgres::{Client, Statement};

use crate::measure::{Line, compare, waits};

const ACCOUNTS: i32 = 10_000;
const ROUNDS: usize = 31;
/// One and a half times the same without policies.
const REACH: f64 = 1.5;

/// What is called, and within how many milliseconds.
const PAGES: [(&str, &str, u64); 8] = [
    (
        "executive_dashboard, active accounts",
        r#"cs.executive_dashboard('{"field": "status", "op": "eq", "value": "Active"}')"#,
        150,
    ),
    (
        "search_accounts, a page of 200 by ARR",
        "cs.search_accounts(null, 'arr.desc', null, 200, false)",
        50,
    ),
    (
        "search_accounts, a page of 200 filtered by health, with total",
        r#"cs.search_accounts('{"field": "health_score", "op": "lt", "value": 60}', 'name.asc')"#,
        80,
    ),
    ("board, 50 cards a column", "cs.board()", 120),
    (
        "account_360",
        "cs.account_360((select id from cs.accounts where name = 'GlobalTech Corporation'))",
        40,
    ),
    (
        "search_everything, \"glob\"",
        "(select jsonb_agg(found) from cs.search_everything('glob') as found)",
        40,
    ),
    ("executive_trends, 12 points", "cs.executive_trends()", 500),
    (
        "velocity_between, 90 days",
        "(select jsonb_agg(passed) from cs.velocity_between(now() - interval '90 days', now()) as passed)",
        120,
    ),
];

/// Two lines per page.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("pages: making 10,000 accounts with half a year of usage …");
    load(&mut client)?;
    let user: String = client
        .query_one(
            "select user_id::text from cs.profiles where full_name = 'Alice Administrator'",
            &[],
        )?
        .get(0);
    let mut member = database.connect_member(&user)?;
    client.execute(
        "select set_config('app.current_user_id', $1, false)",
        &[&user],
    )?;
    let mut lines = Vec::new();
    for (what, call, reach) in PAGES {
        println!("pages: {what} …");
        lines.extend(page(what, call, reach, &mut member, &mut client)?);
    }
    Ok(lines)
}

/// The sample with 10,000 accounts, and nothing left to do.
pub fn load(client: &mut Client) -> Result<()> {
    client.execute(
        "select cs.load_sample_data('http://127.0.0.1:9', $1)",
        &[&ACCOUNTS],
    )?;
    wait::until_true("no account waits", Duration::from_mins(5), || {
        Ok(client
            .query_one("select not exists (select from cs.health_dirty)", &[])?
            .get(0))
    })?;
    Ok(client.batch_execute("vacuum analyze")?)
}

fn page(
    what: &str,
    call: &str,
    reach: u64,
    member: &mut Client,
    bare: &mut Client,
) -> Result<Vec<Line>> {
    let text = format!("select ({call})::text as it");
    let (ours, against) = (member.prepare(&text)?, bare.prepare(&text)?);
    ensure!(
        size(member, &ours)?.abs_diff(size(bare, &against)?) < 100,
        "{what}: a superuser gets another answer"
    );
    let mut times = Vec::with_capacity(ROUNDS);
    let ratio = compare(
        &format!("{what}: with policies"),
        REACH,
        ROUNDS,
        || {
            let started = Instant::now();
            size(member, &ours)?;
            times.push(started.elapsed());
            Ok(())
        },
        || size(bare, &against).map(drop),
    )?;
    let mut lines = vec![waits(what, Duration::from_millis(reach), &times)];
    lines.extend(ratio);
    Ok(lines)
}

/// The length of the answer, which differs a little only by the moment it was given.
fn size(client: &mut Client, call: &Statement) -> Result<usize> {
    let answer: Option<String> = client.query_one(call, &[])?.get(0);
    let answer = answer.unwrap_or_default();
    ensure!(answer.len() > 100, "no answer: {answer}");
    Ok(answer.len())
}
