//! A dump, restored into a brand-new cluster, is the same database, and does not call anybody.

use std::fs;

use cs_tests::cluster::Cluster;
use cs_tests::receiver::Receiver;
use cs_tests::{stack, tree};

use crate::lifecycle::contents;
use crate::snapshot;
use crate::support::{
    DROP_EUROPE, SOON, about, number, wait_for_sample_deliveries, wait_for_worker,
};

/// A file of this test's, removed at its end.
struct Scratch(std::path::PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn run(mut command: std::process::Command) {
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Dumps a database of the shared cluster and restores it into another one, as `restored`.
fn move_to(other: &Cluster, database: &str) {
    let file = Scratch(
        tree::target("test")
            .unwrap()
            .join(format!("{database}.dump")),
    );
    stack::with_cluster(|cluster| {
        let mut dump = cluster.program("pg_dump");
        dump.args(["-Fc", "--dbname", database, "--file"])
            .arg(&file.0);
        run(dump);
        Ok(())
    })
    .unwrap();
    other
        .connect("postgres")
        .unwrap()
        .batch_execute("create database restored")
        .unwrap();
    let mut restore = other.program("pg_restore");
    restore
        .args(["-1", "-e", "--dbname", "restored"])
        .arg(&file.0);
    run(restore);
}

#[test]
fn a_restored_dump_is_the_same_and_silent_until_confirmed() {
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    wait_for_sample_deliveries(&receiver);
    let mut source = database.connect().unwrap();
    crate::support::wait_sql(
        &mut source,
        "the sample's deliveries recorded",
        "select count(*) = 0 from cs.webhook_queue where status = 'processing' or (status = 'pending' and run_at <= now())",
    );
    let expected = contents(&mut source);
    let schema = stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &database.name))).unwrap();

    let other = Cluster::start(&stack::settings()).unwrap();
    move_to(&other, &database.name);
    let mut restored = other.connect("restored").unwrap();
    assert_eq!(contents(&mut restored), expected);
    snapshot::assert_same(
        &schema,
        &snapshot::of(&other, "restored"),
        "restored is not as dumped",
    );

    // The restored database works, but keeps what it would send.
    wait_for_worker(&mut restored, "restored", SOON).unwrap();
    restored.batch_execute(DROP_EUROPE).unwrap();
    let due = "select count(*) from cs.webhook_queue where status = 'pending' and attempts = 0 and run_at <= now()";
    assert_eq!(number(&mut restored, due), 1);
    wait_for_another_delivery();
    assert_eq!(number(&mut restored, due), 1);
    assert_eq!(
        receiver
            .requests()
            .iter()
            .filter(|r| about("GlobalTech Europe")(r))
            .count(),
        0
    );
    restored
        .batch_execute("select cs.confirm_webhooks()")
        .unwrap();
    receiver.wait(1, SOON, about("GlobalTech Europe")).unwrap();
}

/// Long enough for a delivery to go its way elsewhere.
fn wait_for_another_delivery() {
    let (database, receiver): (_, Receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    wait_for_sample_deliveries(&receiver);
}
