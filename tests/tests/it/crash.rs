//! The worker is killed in the middle of its work, which restarts the whole server: nothing is lost.

use std::collections::HashSet;
use std::time::Duration;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::process;
use cs_tests::receiver::{Answer, Receiver, Request};
use cs_tests::{stack, wait};
use postgres::Client;

use crate::support::{SOON, long, wait_for_worker, worker_pid};

const PATH: &str = "/many";
const PREFIX: &str = "Crash";

/// A playbook without limits that calls the receiver for every new account, the sample's own switched off.
fn prepare(cluster: &Cluster, receiver: &Receiver) -> Database {
    let database = Database::clone_template(cluster).unwrap();
    database.load_sample_data(&receiver.url()).unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    client
        .batch_execute("update cs.playbooks set is_active = false")
        .unwrap();
    client
        .execute(
            "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
             select id, 'Many', '{\"event\": {\"kind\": \"stage_enter\"}}', $1 || '/many', 0
               from cs.tenants where slug = 'acme'",
            &[&receiver.url()],
        )
        .unwrap();
    database
}

fn queue(client: &mut Client, count: i32, round: i32) {
    client
        .execute(
            "insert into cs.accounts (tenant_id, name)
             select t.id, 'Crash ' || $2::text || '-' || n
               from cs.tenants t, generate_series(1, $1) n where t.slug = 'acme'",
            &[&count, &round.to_string()],
        )
        .unwrap();
}

fn is_ours(request: &Request) -> bool {
    request.json().is_ok_and(|body| {
        body["account_name"]
            .as_str()
            .is_some_and(|name| name.starts_with(PREFIX))
    })
}

/// Queues, kills the worker once some of it has arrived, waits for the end, and compares what was queued with what arrived.
fn survive(database: &Database, receiver: &Receiver, count: i32, round: i32, kill_after: usize) {
    let mut client = database.connect().unwrap();
    let before = wait_for_worker(&mut client, &database.name, SOON).unwrap();
    let already = receiver.requests().len();
    receiver.script(
        PATH,
        std::iter::repeat_n(
            Answer::status(200).after(Duration::from_millis(40)),
            count.unsigned_abs() as usize,
        ),
    );
    queue(&mut client, count, round);
    receiver.wait(already + kill_after, SOON, |_| true).unwrap();
    assert!(process::signal(before, libc::SIGKILL));
    drop(client);

    // The restart ends every session, so each look is a new one, and some are turned away.
    wait::until("another worker", SOON, || {
        let Ok(mut client) = database.connect() else {
            return Ok(None);
        };
        let found = worker_pid(&mut client, &database.name);
        Ok(found.unwrap_or_default().filter(|pid| *pid != before))
    })
    .unwrap();
    let mut client = database.connect().unwrap();
    let unfinished =
        "select count(*) = 0 from cs.webhook_queue q join cs.accounts a on a.id = q.account_id
                       where a.name like 'Crash%' and q.status <> 'completed'";
    wait::until_true("all deliveries completed", Duration::from_secs(90), || {
        Ok(client.query_one(unfinished, &[])?.get(0))
    })
    .unwrap();
    let queued: HashSet<String> = client
        .query(
            "select q.id::text from cs.webhook_queue q join cs.accounts a on a.id = q.account_id
              where a.name like 'Crash%'",
            &[],
        )
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let arrived: HashSet<String> = receiver
        .requests()
        .iter()
        .filter(|request| is_ours(request))
        .map(|request| request.header("webhook-id").to_owned())
        .collect();
    assert_eq!(queued.difference(&arrived).count(), 0, "some never arrived");
    assert_eq!(
        arrived.difference(&queued).count(),
        0,
        "some were never queued"
    );
}

#[test]
fn killing_the_worker_during_a_thousand_deliveries_loses_none() {
    let cluster = stack::own_cluster(&[]).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    let database = prepare(&cluster, &receiver);
    survive(&database, &receiver, 1000, 0, 200);
}

#[test]
fn killing_the_worker_again_and_again_loses_none() {
    if !long() {
        return;
    }
    let cluster = stack::own_cluster(&[]).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    let database = prepare(&cluster, &receiver);
    for round in 0..20 {
        let kill_after = 17 * (usize::try_from(round).unwrap() + 1);
        survive(&database, &receiver, 500, round, kill_after);
    }
}
