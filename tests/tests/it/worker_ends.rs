//! The worker is ended, the server stops, the extension is altered: each in bounded time, and nothing is lost by it.

use std::time::{Duration, Instant};

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::outbox::{self, Playbook};
use cs_tests::raw_receiver::{RawReceiver, Reply, Then};
use cs_tests::{stack, wait};
use postgres::Client;
use uuid::Uuid;

use crate::deliveries::payload;
use crate::support::{SOON, wait_for_worker, wait_sql, wait_within, worker_pid};

/// What the worker may take to let go of what is under way, and a little for a busy machine.
const LET_GO: Duration = Duration::from_secs(12);

fn in_time(what: &str, within: Duration, work: impl FnOnce()) {
    let began = Instant::now();
    work();
    let took = began.elapsed();
    assert!(took < within, "{what} took {took:?}");
}

/// A playbook of a new tenant that posts there.
pub fn playbook(client: &mut Client, receiver: &RawReceiver) -> Playbook {
    let slug = format!("tenant-{}", receiver.address.port());
    let tenant = outbox::make_tenant(client, &slug).unwrap();
    outbox::make_playbook(client, tenant, "Ends", &receiver.url()).unwrap()
}

pub fn queue(client: &mut Client, playbook: Playbook) -> Uuid {
    outbox::queue_one(client, playbook, &payload(), 0).unwrap()
}

pub fn wait_completed(client: &mut Client, delivery: Uuid, within: Duration) {
    let done = format!("select status = 'completed' from cs.webhook_queue where id = '{delivery}'");
    wait_within(client, "a completed delivery", within, &done);
}

/// Never answers the first time, and then always does.
fn hangs_once() -> RawReceiver {
    RawReceiver::in_turn([Reply::new("", Then::Hang)]).unwrap()
}

#[test]
fn a_worker_that_is_terminated_is_followed_by_another_that_sends_what_was_under_way() {
    let database = stack::database().unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    let receiver = hangs_once();
    let playbook = playbook(&mut client, &receiver);
    let first = wait_for_worker(&mut client, &database.name, SOON).unwrap();
    let delivery = queue(&mut client, playbook);
    receiver.wait(1, SOON).unwrap();
    in_time("its leaving", LET_GO, || {
        let pid = i32::try_from(first).unwrap();
        client
            .execute("select pg_terminate_backend($1)", &[&pid])
            .unwrap();
        wait::until_true("another worker", SOON, || {
            Ok(worker_pid(&mut client, &database.name)?.is_some_and(|it| it != first))
        })
        .unwrap();
    });
    wait_completed(&mut client, delivery, SOON);
    let ids = receiver.requests();
    assert!(
        ids.iter()
            .all(|it| it.header("webhook-id") == delivery.to_string())
    );
}

#[test]
fn a_server_stops_in_each_manner_while_a_receiver_hangs_and_sends_it_afterwards() {
    type Stop = fn(&mut Cluster) -> anyhow::Result<()>;
    let manners: [(&str, Stop); 3] = [
        ("smart", Cluster::stop_once_idle),
        ("fast", Cluster::stop),
        ("immediate", Cluster::stop_immediately),
    ];
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let database = Database::clone_template(&cluster).unwrap();
    database.confirm_webhooks().unwrap();
    for (name, stop) in manners {
        let mut client = database.connect().unwrap();
        let receiver = hangs_once();
        let playbook = playbook(&mut client, &receiver);
        let delivery = queue(&mut client, playbook);
        receiver.wait(1, SOON).unwrap();
        client.close().unwrap();
        in_time(name, LET_GO, || stop(&mut cluster).unwrap());
        cluster.run().unwrap();
        let mut client = database.connect().unwrap();
        wait_completed(&mut client, delivery, SOON);
    }
}

#[test]
fn commands_that_want_the_database_alone_do_not_wait_for_a_receiver_that_hangs() {
    let database = stack::database().unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    let receiver = hangs_once();
    let playbook = playbook(&mut client, &receiver);
    let delivery = queue(&mut client, playbook);
    receiver.wait(1, SOON).unwrap();
    client.close().unwrap();
    let name = &database.name;
    stack::with_cluster(|cluster| {
        let mut admin = cluster.connect("postgres")?;
        for command in [
            format!("create database {name}_copy template {name}"),
            format!("drop database {name}_copy"),
            format!("alter database {name} rename to {name}_renamed"),
            format!("alter database {name}_renamed rename to {name}"),
        ] {
            in_time(&command, Duration::from_secs(8), || {
                admin.batch_execute(&command).unwrap();
            });
        }
        Ok(())
    })
    .unwrap();
    // A renamed database is the same installation.
    wait_completed(&mut database.connect().unwrap(), delivery, SOON);
}

#[test]
fn altering_the_extension_neither_waits_for_the_worker_nor_ends_its_work() {
    let database = stack::database().unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    let (hanging, receiver) = (hangs_once(), RawReceiver::in_turn([]).unwrap());
    let (hangs, works) = (
        playbook(&mut client, &hanging),
        playbook(&mut client, &receiver),
    );
    queue(&mut client, hangs);
    hanging.wait(1, SOON).unwrap();
    for round in 0..5 {
        in_time("alter extension", LET_GO, || {
            client
                .batch_execute("alter extension customer_success update")
                .unwrap();
        });
        let mut altering = client.transaction().unwrap();
        altering
            .batch_execute("alter extension customer_success update; select pg_sleep(0.2)")
            .unwrap();
        altering.commit().unwrap();
        let delivery = queue(&mut client, works);
        wait_completed(&mut client, delivery, SOON);
        assert_eq!(receiver.requests().len(), round + 1);
    }
}

#[test]
fn changed_delays_count_after_a_reload() {
    let cluster = stack::own_cluster(&[]).unwrap();
    let database = Database::clone_template(&cluster).unwrap();
    database.confirm_webhooks().unwrap();
    let mut client = database.connect().unwrap();
    let receiver = RawReceiver::always(Reply::status(404, "")).unwrap();
    let playbook = playbook(&mut client, &receiver);
    for (delays, wait) in [("1h", "30 min"), ("3s", "2 s"), ("2d", "1 d")] {
        client
            .batch_execute(&format!(
                "alter system set customer_success.webhook_retry_delays = '{delays}'"
            ))
            .unwrap();
        client.batch_execute("select pg_reload_conf()").unwrap();
        // The worker may be at something else when the signal comes.
        std::thread::sleep(Duration::from_millis(500));
        let delivery = queue(&mut client, playbook);
        let waits = format!(
            "select coalesce((select attempts = 1 and run_at > created_at + interval '{wait}'
               from cs.webhook_queue where id = '{delivery}'), false)"
        );
        wait_sql(&mut client, delays, &waits);
    }
}
