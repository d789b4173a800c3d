//! The worker comes and goes with the extension, is in nobody's way, and follows settings.

use std::fs;
use std::time::{Duration, Instant};

use cs_tests::cluster::Cluster;
use cs_tests::receiver::Receiver;
use cs_tests::{stack, wait};
use postgres::Client;

use crate::support::{
    SOON, number, wait_for_sample_deliveries, wait_for_worker, wait_sql, worker_pid,
};

/// PostgreSQL gives up after 5 s when a process stays in a database that should be alone.
const AT_ONCE: Duration = Duration::from_secs(3);

fn execute_at_once(client: &mut Client, statement: &str) {
    let started = Instant::now();
    client
        .batch_execute(statement)
        .unwrap_or_else(|error| panic!("{statement}: {error:?}"));
    assert!(
        started.elapsed() < AT_ONCE,
        "{statement} took {:?}",
        started.elapsed()
    );
}

fn gone(admin: &mut Client, database: &str) {
    wait::until_true("the worker's leaving", SOON, || {
        Ok(worker_pid(admin, database)?.is_none())
    })
    .unwrap();
}

#[test]
fn a_worker_comes_with_the_extension_and_leaves_with_it() {
    stack::with_cluster(|cluster| {
        let mut admin = cluster.connect("postgres")?;
        admin.batch_execute("create database comes_and_goes")?;
        let mut client = cluster.connect("comes_and_goes")?;
        client.batch_execute("create extension customer_success")?;
        wait_for_worker(&mut admin, "comes_and_goes", Duration::from_secs(1))?;
        client.batch_execute("drop extension customer_success cascade")?;
        gone(&mut admin, "comes_and_goes");
        client.batch_execute("create extension customer_success")?;
        wait_for_worker(&mut admin, "comes_and_goes", Duration::from_secs(1))?;
        drop(client);
        execute_at_once(&mut admin, "drop database comes_and_goes");
        Ok(())
    })
    .unwrap();
}

/// Each would otherwise come to hold a table that the other wants next.
#[test]
fn a_worker_takes_nothing_while_its_extension_is_being_dropped() {
    stack::with_cluster(|cluster| {
        let mut admin = cluster.connect("postgres")?;
        admin.batch_execute("create database half_dropped")?;
        let mut client = cluster.connect("half_dropped")?;
        client.batch_execute("create extension customer_success")?;
        let worker = wait_for_worker(&mut admin, "half_dropped", SOON)?;
        let mut dropping = client.transaction()?;
        dropping.batch_execute("drop extension customer_success cascade")?;
        let waits = format!(
            "select count(*) filter (where not granted and locktype = 'object') = 1
                and count(*) filter (where granted and locktype = 'relation' and relation >= 16384) = 0
             from pg_locks where pid = {worker}"
        );
        wait_sql(&mut admin, "the worker at the extension's door", &waits);
        dropping.rollback()?;
        wait_sql(
            &mut admin,
            "the worker at rest",
            &format!("select state = 'idle' from pg_stat_activity where pid = {worker}"),
        );
        client.batch_execute("drop extension customer_success cascade")?;
        gone(&mut admin, "half_dropped");
        drop(client);
        execute_at_once(&mut admin, "drop database half_dropped");
        Ok(())
    })
    .unwrap();
}

#[test]
fn an_extension_that_comes_while_a_worker_looks_for_it_is_not_missed() {
    stack::with_cluster(|cluster| {
        let mut admin = cluster.connect("postgres")?;
        with_worker(cluster, &mut admin, "comes_before");
        for step in 0..20 {
            let name = format!("comes_late_{step}");
            admin.batch_execute(&format!("create database {name}"))?;
            let mut client = cluster.connect(&name)?;
            let creating = std::thread::spawn(move || {
                client.batch_execute("create extension customer_success")
            });
            std::thread::sleep(Duration::from_millis(10 * step));
            // Its leaving makes the launcher look at all databases, and start a worker that may find nothing yet.
            admin.batch_execute(
                "select pg_terminate_backend(pid) from pg_stat_activity
                  where backend_type = 'customer_success worker' and datname = 'comes_before'",
            )?;
            creating.join().expect("no panic")?;
            wait_for_worker(&mut admin, &name, SOON)?;
            execute_at_once(&mut admin, &format!("drop database {name}"));
        }
        execute_at_once(&mut admin, "drop database comes_before");
        Ok(())
    })
    .unwrap();
}

/// A database of the cluster with its worker.
fn with_worker(cluster: &Cluster, admin: &mut Client, name: &str) {
    admin
        .batch_execute(&format!("create database {name}"))
        .unwrap();
    cluster
        .connect(name)
        .unwrap()
        .batch_execute("create extension customer_success")
        .unwrap();
    wait_for_worker(admin, name, SOON).unwrap();
}

#[test]
fn a_worker_is_in_the_way_of_no_command_that_wants_the_database_alone() {
    stack::with_cluster(|cluster| {
        let mut admin = cluster.connect("postgres")?;
        with_worker(cluster, &mut admin, "alone");
        execute_at_once(&mut admin, "create database alone_copy template alone");
        wait_for_worker(&mut admin, "alone", SOON)?;
        execute_at_once(&mut admin, "alter database alone rename to alone_renamed");
        wait_for_worker(&mut admin, "alone_renamed", SOON)?;
        execute_at_once(
            &mut admin,
            "alter database alone_renamed set tablespace pg_default",
        );
        wait_for_worker(&mut admin, "alone_renamed", SOON)?;
        execute_at_once(&mut admin, "drop database alone_renamed");
        wait_for_worker(&mut admin, "alone_copy", SOON)?;
        execute_at_once(&mut admin, "drop database alone_copy");
        Ok(())
    })
    .unwrap();
}

/// The signals that the threads of a process block, the first thread's first.
fn blocked_signals(pid: u32) -> Vec<u64> {
    let mut tasks: Vec<u32> = fs::read_dir(format!("/proc/{pid}/task"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .file_name()
                .to_string_lossy()
                .parse()
                .unwrap()
        })
        .collect();
    tasks.sort_by_key(|task| (*task != pid, *task));
    tasks
        .iter()
        .map(|task| {
            let status = fs::read_to_string(format!("/proc/{pid}/task/{task}/status")).unwrap();
            let mask = status
                .lines()
                .find_map(|line| line.strip_prefix("SigBlk:"))
                .unwrap();
            u64::from_str_radix(mask.trim(), 16).unwrap()
        })
        .collect()
}

#[test]
fn only_the_first_thread_takes_signals() {
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    let pid = wait_for_worker(&mut client, &database.name, SOON).unwrap();
    // Signals 1 to 31 but SIGKILL (9) and SIGSTOP (19), which nobody can block.
    let all: u64 = (1..=31)
        .filter(|n| *n != 9 && *n != 19)
        .map(|n| 1_u64 << (n - 1))
        .sum();
    wait::until_true("a network thread", SOON, || {
        Ok(blocked_signals(pid).len() > 1)
    })
    .unwrap();
    let masks = blocked_signals(pid);
    let sigterm = 1_u64 << (libc::SIGTERM - 1);
    assert_eq!(masks[0] & sigterm, 0, "the first thread takes SIGTERM");
    for mask in &masks[1..] {
        assert_eq!(
            mask & all,
            all,
            "a thread leaves signals unblocked: {mask:x}"
        );
    }
}

/// As whoever ends all other sessions does.
#[test]
fn a_launcher_that_is_ended_comes_back_and_starts_workers() {
    let cluster = stack::own_cluster(&[]).unwrap();
    let mut admin = cluster.connect("postgres").unwrap();
    with_worker(&cluster, &mut admin, "goes_on");
    let launcher =
        "select count(*) from pg_stat_activity where backend_type = 'customer_success launcher'";
    for everybody in [
        "select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'customer_success launcher'",
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type like 'customer_success%'",
    ] {
        admin.batch_execute(everybody).unwrap();
        wait_sql(
            &mut admin,
            "the launcher's coming back",
            &format!("select ({launcher}) = 1"),
        );
        wait_for_worker(&mut admin, "goes_on", SOON).unwrap();
    }
    with_worker(&cluster, &mut admin, "comes_later");
}

#[test]
fn a_changed_setting_counts_after_a_reload() {
    let off = (
        "customer_success.webhooks_enabled".to_owned(),
        "off".to_owned(),
    );
    let cluster = stack::own_cluster(&[off]).unwrap();
    let mut admin = cluster.connect("postgres").unwrap();
    with_worker(&cluster, &mut admin, "reloads");
    let receiver = Receiver::start(0, None).unwrap();
    let mut client = cluster.connect("reloads").unwrap();
    client
        .execute("select cs.load_sample_data($1)", &[&receiver.url()])
        .unwrap();
    let due = "select count(*) from cs.webhook_queue where status = 'pending' and run_at <= now()";
    assert_eq!(number(&mut client, due), 2);
    assert!(receiver.requests().is_empty());
    client
        .batch_execute("alter system set customer_success.webhooks_enabled = on")
        .unwrap();
    client.batch_execute("select pg_reload_conf()").unwrap();
    wait_for_sample_deliveries(&receiver);
}

#[test]
fn a_setting_given_to_a_database_counts_for_that_one_alone() {
    let cluster = stack::own_cluster(&[]).unwrap();
    let mut admin = cluster.connect("postgres").unwrap();
    let due = "select count(*) from cs.webhook_queue where status = 'pending' and run_at <= now()";
    let silent = "webhooks_enabled = off";
    with_worker(&cluster, &mut admin, "silent");
    with_worker(&cluster, &mut admin, "loud");
    admin
        .batch_execute(&format!(
            "alter database silent set customer_success.{silent}"
        ))
        .unwrap();
    let receivers = ["silent", "loud"].map(|name| {
        let receiver = Receiver::start(0, None).unwrap();
        wait_for_worker(&mut admin, name, SOON).unwrap();
        let mut client = cluster.connect(name).unwrap();
        client
            .execute("select cs.load_sample_data($1)", &[&receiver.url()])
            .unwrap();
        receiver
    });
    let [silent, loud] = &receivers;
    wait_for_sample_deliveries(loud);
    let mut client = cluster.connect("silent").unwrap();
    assert_eq!(number(&mut client, due), 2);
    assert!(silent.requests().is_empty());
    // What is taken back in a transaction that fails was never given.
    let given = "begin; alter database silent reset all; rollback";
    admin.batch_execute(given).unwrap();
    assert!(silent.requests().is_empty());
    admin
        .batch_execute(
            "begin; alter database silent reset customer_success.webhooks_enabled; commit",
        )
        .unwrap();
    wait_for_sample_deliveries(silent);
}
