//! Gates are exact however many change accounts at once, and in whatever isolation.

use std::sync::Barrier;
use std::thread;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::stack;
use postgres::{Client, IsolationLevel};

use crate::support::number;

const AT_ONCE: usize = 100;

/// A server that takes so many connections.
fn large_cluster() -> Cluster {
    stack::own_cluster(&[("max_connections".to_owned(), "130".to_owned())]).unwrap()
}

/// So many accounts of one tenant, and a playbook that gives them tasks.
fn prepare(cluster: &Cluster, criteria: &str, limits: &str) -> Database {
    let database = Database::clone_template(cluster).unwrap();
    let mut client = database.connect().unwrap();
    client
        .batch_execute(&format!(
            "insert into cs.tenants (slug, name, settings) values ('one', 'One', '{{\"time_zone\": \"Atlantic/Azores\"}}');
             insert into cs.accounts (tenant_id, name)
             select id, 'Account ' || number from cs.tenants, generate_series(1, {AT_ONCE}) as number;
             insert into cs.playbooks (tenant_id, name, trigger_criteria, actions, cooldown_minutes, max_executions_per_day)
             select id, 'Alert', '{criteria}', '[{{\"kind\": \"task\", \"title\": \"Look\"}}]', {limits} from cs.tenants"
        ))
        .unwrap();
    database
}

/// Runs a statement on so many connections at once, each in a transaction of this isolation whose snapshot is older than all runs.
fn at_once(database: &Database, isolation: IsolationLevel, statement: &(dyn Fn(usize) -> String + Sync)) {
    let ready = Barrier::new(AT_ONCE);
    thread::scope(|scope| {
        for number in 1..=AT_ONCE {
            let ready = &ready;
            scope.spawn(move || {
                let mut client = database.connect().unwrap();
                let mut work = client.build_transaction().isolation_level(isolation).start().unwrap();
                work.query("select count(*) from cs.playbook_executions", &[]).unwrap();
                ready.wait();
                work.batch_execute(&statement(number)).unwrap();
                work.commit().unwrap();
            });
        }
    });
}

fn results(client: &mut Client) -> Vec<(String, i64)> {
    let query = "select result, count(*) from cs.playbook_executions group by result order by result";
    let rows = client.query(query, &[]).unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[test]
fn gates_are_exact_whoever_runs_at_once() {
    let cluster = large_cluster();
    daily_cap(&cluster);
    cooldown(&cluster);
    burst(&cluster);
}

fn daily_cap(cluster: &Cluster) {
    for isolation in [IsolationLevel::ReadCommitted, IsolationLevel::RepeatableRead] {
        let database = prepare(cluster, r#"{"event": {"kind": "health_drop", "threshold": 40}}"#, "0, 10");
        at_once(&database, isolation, &|number| {
            format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
                 select tenant_id, id, 10 from cs.accounts where name = 'Account {number}'"
            )
        });
        let mut client = database.connect().unwrap();
        assert_eq!(
            results(&mut client),
            [("daily_cap".to_owned(), 90), ("fired".to_owned(), 10)]
        );
        assert_eq!(number(&mut client, "select count(*) from cs.activities"), 10);
    }
}

fn cooldown(cluster: &Cluster) {
    let database = prepare(cluster, r#"{"event": {"kind": "manual"}}"#, "60, null");
    at_once(&database, IsolationLevel::ReadCommitted, &|_| {
        "select cs.run_playbook(playbook.id, account.id, false)
         from cs.playbooks as playbook, cs.accounts as account where account.name = 'Account 1'"
            .to_owned()
    });
    let mut client = database.connect().unwrap();
    assert_eq!(
        results(&mut client),
        [("cooldown".to_owned(), 99), ("fired".to_owned(), 1)]
    );
}

fn burst(cluster: &Cluster) {
    let database = prepare(cluster, r#"{"event": {"kind": "stage_exit"}}"#, "0, null");
    at_once(&database, IsolationLevel::ReadCommitted, &|number| {
        format!(
            "set local customer_success.playbook_burst = 25;
             update cs.accounts set current_stage = 'Renewal' where name = 'Account {number}'"
        )
    });
    let mut client = database.connect().unwrap();
    assert_eq!(
        results(&mut client),
        [("burst".to_owned(), 75), ("fired".to_owned(), 25)]
    );
    assert_eq!(
        number(&mut client, "select sum(cardinality(account_ids)) from cs.playbook_bursts"),
        75
    );
    assert_eq!(number(&mut client, "select count(*) from cs.playbook_bursts"), 1);
}
