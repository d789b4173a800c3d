//! A logical copy is the same, does nothing of its own, and takes over once the subscription is dropped.

use cs_tests::cluster::Cluster;
use cs_tests::receiver::Receiver;
use cs_tests::{stack, wait};

use super::contents_without;
use crate::support::{DROP_EUROPE, about, number, wait_for_sample_deliveries, wait_within};

/// For what takes several steps.
const LONG: std::time::Duration = std::time::Duration::from_secs(60);

/// What a publication leaves out, and what a worker that stands by has not held yet.
const OF_ONE_DATABASE: [&str; 7] = [
    "schema_versions",
    "installation",
    "event_channel",
    "health_dirty",
    "usage_daily_changes",
    "webhook_breakers",
    "webhook_queue",
];

#[test]
fn a_logical_copy_stands_by_until_it_takes_over() {
    let logical = [("wal_level".to_owned(), "logical".to_owned())];
    let publisher = stack::own_cluster(&logical).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    let mut admin = publisher.connect("postgres").unwrap();
    admin.batch_execute("create database origin").unwrap();
    let mut origin = publisher.connect("origin").unwrap();
    origin
        .batch_execute("create extension customer_success")
        .unwrap();
    let hook = format!("{}/webhook/europe", receiver.url());
    origin
        .execute("select cs.load_sample_data($1, 3)", &[&hook])
        .unwrap();
    wait_for_sample_deliveries(&receiver);
    let tables: Vec<String> = origin
        .query_one("select cs.create_publication()", &[])
        .unwrap()
        .get(0);
    assert!(tables.contains(&"cs.accounts".to_owned()), "{tables:?}");
    assert!(
        !tables.iter().any(|it| it == "cs.installation"),
        "{tables:?}"
    );

    let copies = Cluster::start(&stack::settings()).unwrap();
    let mut copier = copies.connect("postgres").unwrap();
    copier.batch_execute("create database copy").unwrap();
    let mut copy = copies.connect("copy").unwrap();
    copy.batch_execute("create extension customer_success")
        .unwrap();
    copy.batch_execute(&format!(
        "create subscription fed connection 'host=127.0.0.1 port={} user=postgres dbname=origin' publication cs_all",
        publisher.port
    ))
    .unwrap();
    wait_within(
        &mut copy,
        "all tables copied",
        LONG,
        "select bool_and(srsubstate = 'r') from pg_subscription_rel",
    );

    // New work of the publisher is its own.
    let sent = receiver.requests().len();
    origin.batch_execute(DROP_EUROPE).unwrap();
    receiver.wait(1, LONG, about("GlobalTech Europe")).unwrap();
    wait_within(
        &mut copy,
        "the workers to stand by",
        LONG,
        "select exists (select from cs.worker_status() where tenant_id is null and waits_for = 'subscription')
            and exists (select from pg_stat_activity where datname = 'copy' and query like '%a subscription fills this database%')",
    );
    wait_within(
        &mut origin,
        "all recorded",
        LONG,
        "select count(*) = 0 from cs.webhook_queue where processed_at is null and run_at <= now()",
    );
    let mut differences = Vec::new();
    wait::until_true("the copy to be the same", LONG, || {
        let there = contents_without(&mut copy, &OF_ONE_DATABASE);
        differences = contents_without(&mut origin, &OF_ONE_DATABASE);
        differences.retain(|line| !there.contains(line));
        Ok(differences.is_empty())
    })
    .unwrap_or_else(|error| panic!("{error}: {differences:#?}"));
    let faults = "select count(*) from pg_stat_subscription_stats where apply_error_count + sync_error_count > 0";
    assert_eq!(number(&mut copy, faults), 0);

    // Its publisher gone, it still sends nothing, until it takes over.
    drop(origin);
    drop(admin);
    drop(publisher);
    let sent_now = receiver.requests().len();
    assert!(sent_now > sent);
    copy.batch_execute(
        "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, event_id, payload)
         select tenant_id, p.id, a.id, gen_random_uuid(), '{\"late\": true}' from cs.playbooks p join cs.accounts a using (tenant_id) limit 1",
    )
    .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(3));
    assert_eq!(receiver.requests().len(), sent_now);
    copy.batch_execute(
        "alter subscription fed disable; alter subscription fed set (slot_name = none); drop subscription fed; select cs.confirm_webhooks()",
    )
    .unwrap();
    receiver.wait(sent_now + 1, LONG, |_| true).unwrap();
}
