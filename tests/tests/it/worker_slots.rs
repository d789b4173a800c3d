//! Several databases of a server, with a worker each, and with fewer slots than that.

use std::fs;
use std::time::Duration;

use cs_tests::database::Database;
use cs_tests::raw_receiver::RawReceiver;
use cs_tests::{stack, wait};

use crate::support::{SOON, wait_for_worker, wait_within, worker_pid};
use crate::worker_ends::{playbook, queue, wait_completed};

#[test]
fn databases_side_by_side_send_each_for_itself() {
    let databases: Vec<_> = (0..6).map(|_| stack::database().unwrap()).collect();
    let receivers: Vec<_> = (0..6).map(|_| RawReceiver::in_turn([]).unwrap()).collect();
    let mut all: Vec<_> = databases
        .iter()
        .zip(&receivers)
        .map(|(database, receiver)| {
            database.confirm_webhooks().unwrap();
            let mut client = database.connect().unwrap();
            let playbook = playbook(&mut client, receiver);
            (client, playbook)
        })
        .collect();
    let first = wait_for_worker(&mut all[0].0, &databases[0].name, SOON).unwrap();
    for round in 0..5 {
        let queued: Vec<_> = all
            .iter_mut()
            .map(|(client, playbook)| queue(client, *playbook))
            .collect();
        for ((client, _), delivery) in all.iter_mut().zip(queued) {
            wait_completed(client, delivery, SOON);
        }
        let counts: Vec<_> = receivers.iter().map(|it| it.requests().len()).collect();
        assert_eq!(counts, [round + 1; 6]);
        if round == 2 {
            let pid = i32::try_from(first).unwrap();
            all[1]
                .0
                .execute("select pg_terminate_backend($1)", &[&pid])
                .unwrap();
        }
    }
}

#[test]
fn without_free_slots_databases_wait_for_one_and_the_log_says_so_once_in_a_while() {
    // The launcher, PostgreSQL's own for replication, and two for each of two databases.
    let slots = ("max_worker_processes".to_owned(), "6".to_owned());
    let cluster = stack::own_cluster(&[slots]).unwrap();
    let databases: Vec<_> = (0..4)
        .map(|_| Database::clone_template(&cluster).unwrap())
        .collect();
    let mut admin = cluster.connect("postgres").unwrap();
    let served = "select count(distinct datname) from pg_stat_activity where backend_type = 'customer_success worker'";
    wait_within(
        &mut admin,
        "two that are served",
        SOON,
        &format!("select ({served}) >= 2"),
    );
    std::thread::sleep(Duration::from_secs(5));
    let log = fs::read_to_string(cluster.log()).unwrap();
    let warnings = log
        .lines()
        .filter(|it| it.contains("WARNING") && it.contains("max_worker_processes"));
    let warnings = warnings.count();
    assert!((1..=4).contains(&warnings), "{warnings} warnings");
    // Those that are served go one after the other, and the others' turn comes.
    let mut left = databases;
    while let Some(place) = left
        .iter()
        .position(|it| worker_pid(&mut admin, &it.name).unwrap().is_some())
    {
        drop(left.remove(place));
        if left.is_empty() {
            return;
        }
        wait::until_true("another one's turn", Duration::from_secs(90), || {
            let mut found = false;
            for database in &left {
                found |= worker_pid(&mut admin, &database.name)?.is_some();
            }
            Ok(found)
        })
        .unwrap();
    }
    panic!("no database is served");
}
