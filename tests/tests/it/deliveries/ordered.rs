//! A playbook that sends in order: one at a time of an account, by sequence; those behind another are held.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use cs_tests::outbox::Playbook;
use cs_tests::raw_receiver::{RawReceiver, RawRequest, Reply};
use serde_json::Value;
use uuid::Uuid;

use super::Outbox;
use crate::support::{SOON, wait_sql};

const LATER: Duration = Duration::from_millis(150);

/// Tells every stage that an account enters, in order.
fn playbook(outbox: &mut Outbox, receiver: &RawReceiver) -> Playbook {
    let make = "insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes, is_ordered)
        values ($1, 'In order', '{\"event\": {\"kind\": \"stage_enter\"}}', $2, 0, true) returning id";
    let tenant = outbox.tenant;
    let row = outbox.client.query_one(make, &[&tenant, &receiver.url()]);
    let id = row.unwrap().get(0);
    Playbook { tenant, id }
}

/// A new account enters its first stage, and then one after the other: so many deliveries in all.
fn enter(outbox: &mut Outbox, account: &str, times: usize) {
    let make = "insert into cs.accounts (tenant_id, name) values ($1, $2)";
    outbox
        .client
        .execute(make, &[&outbox.tenant, &account])
        .unwrap();
    for stage in ["Adoption", "Onboarding"].iter().cycle().take(times - 1) {
        let enter = "update cs.accounts set current_stage = $3 where tenant_id = $1 and name = $2";
        let moved = outbox
            .client
            .execute(enter, &[&outbox.tenant, &account, stage]);
        assert_eq!(moved.unwrap(), 1);
    }
}

/// Account, sequence and moment of each request.
fn told(requests: &[RawRequest]) -> BTreeMap<String, Vec<(i64, Instant)>> {
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for request in requests {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let account = body["account_name"].as_str().unwrap().to_owned();
        let sequence = body["sequence"].as_i64().unwrap();
        all.entry(account).or_default().push((sequence, request.at));
    }
    all
}

/// The delivery that is the first of an account's line.
fn first_of(outbox: &mut Outbox, account: &str) -> Uuid {
    let first = "select id from cs.webhook_queue where payload ->> 'account_name' = $1 order by sequence limit 1";
    outbox.client.query_one(first, &[&account]).unwrap().get(0)
}

#[test]
fn deliveries_of_an_account_leave_one_at_a_time_in_order_of_sequence() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::always(Reply::status(200, "").after(LATER)).unwrap();
    let playbook = playbook(&mut outbox, &receiver);
    let began = Instant::now();
    for account in ["North", "South", "East", "West"] {
        enter(&mut outbox, account, 8);
    }
    let requests = receiver.wait(32, SOON).unwrap();
    assert!(
        began.elapsed() < LATER * 24,
        "accounts waited for each other"
    );
    for (account, lines) in told(&requests) {
        assert_eq!(lines.len(), 8, "{account}");
        for pair in lines.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{account}: out of order");
            let apart = pair[1].1.duration_since(pair[0].1);
            assert!(apart >= LATER, "{account}: two at once, {apart:?} apart");
        }
    }
    let done = format!(
        "playbook_id = '{}' and status = 'completed' and held is null and attempts = 1",
        playbook.id
    );
    wait_sql(
        &mut outbox.client,
        "all completed",
        &format!("select count(*) = 32 from cs.webhook_queue where {done}"),
    );
}

#[test]
fn one_that_fails_keeps_those_behind_it_and_no_other_account() {
    let mut outbox = Outbox::new();
    // The first of North is refused four times, and accepted at the last of its five tries.
    let receiver = RawReceiver::start(|_, request| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        match body["account_name"] == "North" && body["previous_stage"].is_null() {
            true => Reply::status(404, "").after(Duration::from_millis(300)),
            false => Reply::status(200, ""),
        }
    })
    .unwrap();
    playbook(&mut outbox, &receiver);
    enter(&mut outbox, "North", 3);
    enter(&mut outbox, "South", 3);
    let south = "select count(*) = 3 from cs.webhook_queue
        where status = 'completed' and payload ->> 'account_name' = 'South'";
    wait_sql(
        &mut outbox.client,
        "South, which has nothing to wait for",
        south,
    );
    assert_eq!(
        outbox.count("held = 'order' and status = 'pending' and attempts = 0"),
        2
    );
    // Ordered ones are given up after five tries, and the next goes.
    let first = first_of(&mut outbox, "North");
    outbox.wait(
        first,
        SOON,
        "status = 'failed' and attempts = 5 and max_attempts = 5",
    );
    let north = "select count(*) = 2 from cs.webhook_queue
        where status = 'completed' and attempts = 1 and payload ->> 'account_name' = 'North'";
    wait_sql(&mut outbox.client, "those behind it", north);
    let lines = &told(&receiver.requests())["North"];
    assert!(lines.is_sorted_by_key(|it| it.0), "{lines:?}");
    assert_eq!(lines.len(), 7);
}

#[test]
fn one_that_is_cancelled_lets_the_next_go() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = playbook(&mut outbox, &receiver);
    outbox.set(playbook, "paused_at = now()");
    outbox.set(playbook, "paused_at = null");
    let mut work = outbox.client.transaction().unwrap();
    let make = "insert into cs.accounts (tenant_id, name) values ($1, 'North')";
    work.execute(make, &[&outbox.tenant]).unwrap();
    work.batch_execute("update cs.accounts set current_stage = 'Adoption' where name = 'North'")
        .unwrap();
    // Nothing is due of the first for an hour.
    work.batch_execute(
        "update cs.webhook_queue set run_at = clock_timestamp() + interval '1 h'
          where sequence = (select min(sequence) from cs.webhook_queue)",
    )
    .unwrap();
    work.commit().unwrap();
    let first = first_of(&mut outbox, "North");
    let waits =
        "select count(*) = 1 from cs.webhook_queue where held = 'order' and status = 'pending'";
    std::thread::sleep(Duration::from_secs(1));
    wait_sql(
        &mut outbox.client,
        "the second waiting for the first",
        waits,
    );
    assert!(receiver.requests().is_empty());
    outbox
        .client
        .execute(
            "update cs.webhook_queue
                set status = 'failed', held = null, processed_at = clock_timestamp(), last_error = 'cancelled'
              where id = $1",
            &[&first],
        )
        .unwrap();
    wait_sql(
        &mut outbox.client,
        "the second delivered",
        "select count(*) = 1 from cs.webhook_queue where status = 'completed' and held is null",
    );
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn a_playbook_that_is_switched_off_and_on_keeps_the_order() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::always(Reply::status(200, "").after(LATER)).unwrap();
    let playbook = playbook(&mut outbox, &receiver);
    enter(&mut outbox, "North", 8);
    receiver.wait(2, SOON).unwrap();
    outbox.set(playbook, "is_active = false");
    wait_sql(
        &mut outbox.client,
        "a held line",
        "select count(*) > 0 from cs.webhook_queue where held = 'playbook'",
    );
    outbox.set(playbook, "is_active = true");
    let requests = receiver.wait(8, SOON).unwrap();
    let lines = &told(&requests)["North"];
    assert!(lines.is_sorted_by_key(|it| it.0), "{lines:?}");
    assert_eq!(lines.len(), 8);
    assert!(
        lines
            .windows(2)
            .all(|it| it[1].1.duration_since(it[0].1) >= LATER)
    );
}
