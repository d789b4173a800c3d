//! A stage move, with its history, gate, and 50 active playbooks that wait for other stages, against the bare update of a copy
//! of the table that has its indexes and checks, but no triggers, policies or foreign key.

use std::time::Duration;

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::wait;
use postgres::{Client, Statement};

use crate::measure::{Line, compare};

const ROUNDS: usize = 21;
const MOVES: i64 = 300;
const PATIENCE: Duration = Duration::from_mins(5);
/// Three times the bare update.
const REACH: f64 = 3.0;

/// One account after the other, forth and back.
const MOVE: &str = "update {}.accounts set current_stage = $2::text where tenant_id = $3::text::uuid and external_id = $1::text";

/// The one comparison.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("stage move: making 10,000 accounts and 50 playbooks …");
    client.batch_execute(include_str!("stage_move.sql"))?;
    wait::until_true("the first daily pass is over", PATIENCE, || {
        let is_over = "select not exists (select from cs.health_dirty)
            and exists (select from cs.health_passes where passed_on is not null and passed_up_to is null)";
        Ok(client.query_one(is_over, &[])?.get(0))
    })?;
    client.batch_execute("vacuum analyze")?;
    let who = client.query_one(
        "select tenant_id::text, user_id::text from cs.profiles",
        &[],
    )?;
    let (tenant, user): (String, String) = (who.get(0), who.get(1));
    let mut member = database.connect_member(&user)?;
    let ours = member.prepare(&MOVE.replace("{}", "cs"))?;
    let against = client.prepare(&MOVE.replace("{}", "bare"))?;
    println!("stage move …");
    let (mut mine, mut theirs) = (0, 0);
    let lines = compare(
        "300 stage moves with history, gate and 50 active playbooks",
        REACH,
        ROUNDS,
        || walk(&mut member, &ours, &tenant, &mut mine),
        || walk(&mut client, &against, &tenant, &mut theirs),
    )?;
    check(&mut client, mine)?;
    Ok(lines)
}

fn walk(client: &mut Client, update: &Statement, tenant: &str, round: &mut i64) -> Result<()> {
    let stage = ["Adoption", "Onboarding"][usize::try_from(*round % 2)?];
    for number in 1..=MOVES {
        let account = format!("bench-{number}");
        let moved = client.execute(update, &[&account, &stage, &tenant])?;
        ensure!(moved == 1, "{account} did not move");
    }
    *round += 1;
    Ok(())
}

/// Every move is in the history, and both tables have the same stages.
fn check(client: &mut Client, rounds: i64) -> Result<()> {
    let row = client.query_one(
        "select (select count(*) from cs.journey_history), (select count(*) from cs.playbook_executions),
            (select count(*) from cs.accounts join bare.accounts as copy using (id, current_stage))",
        &[],
    )?;
    let (history, runs, same): (i64, i64, i64) = (row.get(0), row.get(1), row.get(2));
    ensure!(
        history == 10_000 + rounds * MOVES,
        "{history} rows of history after {rounds} rounds"
    );
    ensure!(runs == 0, "{runs} playbooks ran");
    ensure!(same == 10_000, "the tables differ: {same} accounts agree");
    Ok(())
}
