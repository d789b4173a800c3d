//! What `pg_upgrade` makes of a cluster is the same, and silent until somebody says that it is the one that sends.

use std::time::Duration;

use cs_tests::receiver::Receiver;
use cs_tests::stack;

use crate::lifecycle::contents;
use crate::support::{
    DROP_EUROPE, SOON, about, wait_for_sample_deliveries, wait_for_worker, wait_sql,
};

#[test]
fn an_upgraded_cluster_is_the_same_and_silent_until_confirmed() {
    let mut old = stack::own_cluster(&[]).unwrap();
    let receiver = Receiver::start(0, None).unwrap();
    old.connect("postgres")
        .unwrap()
        .batch_execute("create database grown")
        .unwrap();
    let mut client = old.connect("grown").unwrap();
    client
        .batch_execute("create extension customer_success")
        .unwrap();
    client
        .execute("select cs.load_sample_data($1, 3)", &[&receiver.url()])
        .unwrap();
    wait_for_sample_deliveries(&receiver);
    client
        .batch_execute("alter database grown set customer_success.webhooks_enabled = off")
        .unwrap();
    client.batch_execute(DROP_EUROPE).unwrap();
    let expected = contents(&mut client);
    drop(client);

    let new = old.upgrade().unwrap();
    let mut client = new.connect("grown").unwrap();
    assert_eq!(contents(&mut client), expected);
    client
        .batch_execute("alter database grown reset customer_success.webhooks_enabled")
        .unwrap();
    let mut client = new.connect("grown").unwrap();
    wait_for_worker(&mut client, "grown", SOON).unwrap();
    wait_sql(
        &mut client,
        "the copy to say so",
        "select exists (select from cs.automation_health where problem like '%confirm_webhooks%')",
    );
    let is_europe = about("GlobalTech Europe");
    std::thread::sleep(Duration::from_secs(2));
    assert!(!receiver.requests().iter().any(&is_europe));
    client
        .batch_execute("select cs.confirm_webhooks()")
        .unwrap();
    receiver.wait(1, SOON, is_europe).unwrap();
}
