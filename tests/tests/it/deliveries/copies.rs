//! A copy of a database sends nothing of what it was copied with, and says so; confirmed, it does.

use std::fs;

use cs_tests::database::Database;
use cs_tests::raw_receiver::RawReceiver;
use cs_tests::{stack, wait};
use uuid::Uuid;

use super::Outbox;
use crate::support::{SOON, number, wait_for_worker, wait_sql};

const ROWS: usize = 3;
const DUE_MS: i32 = 6000;

/// A database with rows that are due soon, its copy, and their receiver.
fn copied() -> (Outbox, Database, RawReceiver, Vec<Uuid>) {
    let mut original = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = original.playbook(&receiver.url());
    let rows: Vec<_> = (0..ROWS)
        .map(|_| original.queue_in(playbook, DUE_MS))
        .collect();
    // As a DBA would: nobody is connected meanwhile.
    let Outbox {
        database,
        client,
        tenant,
    } = original;
    client.close().unwrap();
    let copy = Database {
        name: format!("{}_copy", database.name),
        port: database.port,
    };
    stack::with_cluster(|cluster| {
        let sql = format!("create database {} template {}", copy.name, database.name);
        Ok(cluster.connect("postgres")?.batch_execute(&sql)?)
    })
    .unwrap();
    let client = database.connect().unwrap();
    let original = Outbox {
        database,
        client,
        tenant,
    };
    (original, copy, receiver, rows)
}

#[test]
fn a_copy_is_silent_by_its_rows_and_says_so() {
    let (mut original, copy, receiver, rows) = copied();
    let mut client = copy.connect().unwrap();
    wait_for_worker(&mut client, &copy.name, SOON).unwrap();
    for row in &rows {
        original.wait(*row, SOON, "status = 'completed' and attempts = 1");
    }
    wait_sql(
        &mut client,
        "rows held as a copy's",
        "select count(*) = 3 from cs.webhook_queue where held = 'copy' and status = 'pending' and attempts = 0",
    );
    let says =
        "select held_as_copy and waiting = 3 from cs.worker_status() where step = 'deliveries'";
    wait_sql(&mut client, "worker_status() of the copy", says);
    let calm = "select count(*) from cs.worker_status() where held_as_copy";
    assert_eq!(number(&mut original.client, calm), 0);
    let log = stack::with_cluster(|cluster| Ok(cluster.log())).unwrap();
    wait::until_true("a line of the log", SOON, || {
        let log = fs::read_to_string(&log)?;
        let mut lines = log.lines().filter(|line| line.contains(&copy.name));
        Ok(lines.any(|line| line.contains("confirm_webhooks")))
    })
    .unwrap();
    assert_eq!(receiver.requests().len(), ROWS);
}

#[test]
fn a_copy_that_is_confirmed_sends_what_it_was_copied_with() {
    let (mut original, copy, receiver, rows) = copied();
    let mut client = copy.connect().unwrap();
    wait_sql(
        &mut client,
        "rows held as a copy's",
        "select count(*) = 3 from cs.webhook_queue where held = 'copy'",
    );
    copy.confirm_webhooks().unwrap();
    wait_sql(
        &mut client,
        "the copy's deliveries",
        "select count(*) = 3 from cs.webhook_queue where status = 'completed' and held is null",
    );
    let silent = "select count(*) from cs.worker_status() where held_as_copy";
    assert_eq!(number(&mut client, silent), 0);
    for row in &rows {
        original.wait(*row, SOON, "status = 'completed'");
    }
    assert_eq!(receiver.requests().len(), 2 * ROWS);
}

/// What fires in the copy before anyone confirmed it calls nobody's customers either.
#[test]
fn a_copy_sends_nothing_of_its_own_until_it_is_confirmed() {
    let (_original, copy, receiver, rows) = copied();
    let mut client = copy.connect().unwrap();
    let again = "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload)
        select tenant_id, playbook_id, gen_random_uuid(), payload from cs.webhook_queue where id = $1 returning id";
    let own: Uuid = client.query_one(again, &[&rows[0]]).unwrap().get(0);
    let held = format!(
        "select coalesce(held = 'copy' and attempts = 0, false) from cs.webhook_queue where id = '{own}'"
    );
    wait_sql(&mut client, "the copy's own row held", &held);
    let own_id = own.to_string();
    receiver.wait(ROWS, SOON).unwrap();
    assert!(
        receiver
            .requests()
            .iter()
            .all(|it| it.header("webhook-id") != own_id)
    );
    copy.confirm_webhooks().unwrap();
    let sent = format!("select status = 'completed' from cs.webhook_queue where id = '{own}'");
    wait_sql(&mut client, "the copy's own row sent", &sent);
}
