//! A playbook that is off, paused or deleted and a tenant that is inactive send nothing; what was queued waits where it is seen.

use cs_tests::raw_receiver::{RawReceiver, Reply};
use postgres::Client;
use uuid::Uuid;

use super::Outbox;
use crate::support::SOON;

/// Queued before it is switched off, due after that.
const LATER_MS: i32 = 1500;

/// Three rows, held back by `off` for that reason, and sent after `on`.
fn holds(reason: &str, off: &str, on: &str) {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let other = outbox.playbook(&format!("{}/other", receiver.url()));
    let rows: Vec<_> = (0..3)
        .map(|_| outbox.queue_in(playbook, LATER_MS))
        .collect();
    change(&mut outbox.client, off, outbox.tenant, playbook.id);
    for row in &rows {
        outbox.wait(
            *row,
            SOON,
            &format!("held = '{reason}' and status = 'pending' and attempts = 0"),
        );
    }
    // What becomes due meanwhile waits as well.
    let late = outbox.queue(playbook);
    outbox.wait(
        late,
        SOON,
        &format!("held = '{reason}' and status = 'pending'"),
    );
    if reason == "playbook" {
        let delivery = outbox.queue(other);
        outbox.wait(delivery, SOON, "status = 'completed'");
    }
    let sent = receiver.requests();
    assert!(sent.iter().all(|it| it.head.contains("/other")), "{sent:?}");
    change(&mut outbox.client, on, outbox.tenant, playbook.id);
    for row in rows.iter().chain([&late]) {
        outbox.wait(
            *row,
            SOON,
            "status = 'completed' and held is null and attempts = 1",
        );
    }
}

fn change(client: &mut Client, sql: &str, tenant: Uuid, playbook: Uuid) {
    let sql = sql
        .replace("$1", &format!("'{tenant}'"))
        .replace("$2", &format!("'{playbook}'"));
    client.batch_execute(&sql).unwrap();
}

const PLAYBOOK: &str = "where tenant_id = $1 and id = $2";

#[test]
fn a_playbook_that_is_switched_off_holds_what_is_queued() {
    holds(
        "playbook",
        &format!("update cs.playbooks set is_active = false {PLAYBOOK}"),
        &format!("update cs.playbooks set is_active = true {PLAYBOOK}"),
    );
}

#[test]
fn a_playbook_that_is_paused_holds_what_is_queued() {
    holds(
        "playbook",
        &format!("update cs.playbooks set paused_at = now() {PLAYBOOK}"),
        &format!("update cs.playbooks set paused_at = null {PLAYBOOK}"),
    );
}

#[test]
fn a_tenant_that_is_inactive_holds_what_is_queued() {
    holds(
        "tenant",
        "update cs.tenants set is_active = false where id = $1",
        "update cs.tenants set is_active = true where id = $1",
    );
}

#[test]
fn a_playbook_that_is_deleted_drops_what_is_queued_and_says_why() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let due = outbox.queue_in(playbook, LATER_MS);
    let far = outbox.queue_in(playbook, 3_600_000);
    outbox.set(playbook, "deleted_at = now()");
    for row in [due, far] {
        outbox.wait(
            row,
            SOON,
            "status = 'failed' and processed_at is not null and attempts = 0",
        );
        let why: String = outbox.row(row).get(4);
        assert!(why.contains("the playbook was deleted"), "{why}");
    }
    assert!(receiver.requests().is_empty());
}

#[test]
fn rows_held_by_their_playbook_are_dropped_when_it_is_deleted() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    outbox.set(playbook, "is_active = false");
    let row = outbox.queue(playbook);
    outbox.wait(row, SOON, "held = 'playbook'");
    outbox.set(playbook, "deleted_at = now()");
    outbox.wait(row, SOON, "status = 'failed' and held is null");
    assert!(receiver.requests().is_empty());
}

#[test]
fn an_answer_of_410_holds_what_else_its_playbook_has_queued() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([Reply::status(410, "")]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let first = outbox.queue(playbook);
    let others: Vec<_> = (0..2)
        .map(|_| outbox.queue_in(playbook, LATER_MS))
        .collect();
    outbox.wait(
        first,
        SOON,
        "status = 'failed' and response_status = 410 and attempts = 1",
    );
    for row in &others {
        outbox.wait(*row, SOON, "held = 'playbook' and status = 'pending'");
    }
    assert_eq!(receiver.requests().len(), 1);
    outbox.set(playbook, "is_active = true");
    for row in others {
        outbox.wait(row, SOON, "status = 'completed'");
    }
    assert_eq!(receiver.requests().len(), 3);
}

/// A try that is under way ends as it ends; the next one is held.
#[test]
fn what_is_switched_off_between_two_tries_is_not_tried_again() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::always(Reply::status(503, "Retry-After: 2\r\n")).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let row = outbox.queue(playbook);
    outbox.wait(row, SOON, "status = 'pending' and attempts = 1");
    outbox.set(playbook, "is_active = false");
    outbox.wait(row, SOON, "held = 'playbook' and attempts = 1");
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn what_was_queued_is_sent_though_its_account_is_gone() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let client = &mut outbox.client;
    let make = "insert into cs.accounts (tenant_id, name) values ($1, 'Gone soon') returning id";
    let account: Uuid = client.query_one(make, &[&outbox.tenant]).unwrap().get(0);
    let queue = "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, run_at)
        values ($1, $2, $3, '{}', clock_timestamp() + interval '1 s') returning id";
    let row = client.query_one(queue, &[&outbox.tenant, &playbook.id, &account]);
    let delivery: Uuid = row.unwrap().get(0);
    let delete = "delete from cs.accounts where tenant_id = $1 and id = $2";
    assert_eq!(
        client.execute(delete, &[&outbox.tenant, &account]).unwrap(),
        1
    );
    outbox.wait(delivery, SOON, "status = 'completed'");
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn a_changed_address_is_followed() {
    let mut outbox = Outbox::new();
    let (old, new) = (
        RawReceiver::in_turn([]).unwrap(),
        RawReceiver::in_turn([]).unwrap(),
    );
    let playbook = outbox.playbook(&old.url());
    let row = outbox.queue_in(playbook, 1000);
    outbox.set(playbook, &format!("webhook_url = '{}/new'", new.url()));
    outbox.wait(row, SOON, "status = 'completed'");
    assert!(old.requests().is_empty());
    assert!(new.requests()[0].head.starts_with("POST /new "));
}
