//! Everything but 2xx and 410 is tried again, then kept as a dead letter; a receiver says when.

use std::time::{Duration, Instant};

use cs_tests::outbox;
use cs_tests::raw_receiver::{RawReceiver, Reply, Then};

use super::{AT_ONCE, Outbox};
use crate::support::{SOON, number};

const STATUSES: [u16; 17] = [
    300, 302, 400, 401, 403, 404, 405, 408, 409, 413, 421, 451, 499, 500, 503, 600, 999,
];

#[test]
fn everything_but_success_and_gone_is_tried_again_and_then_a_dead_letter() {
    let mut outbox = Outbox::new();
    let cases: Vec<_> = STATUSES
        .iter()
        .map(|status| {
            let receiver = RawReceiver::always(Reply::status(*status, "")).unwrap();
            let playbook = outbox.playbook(&receiver.url());
            outbox.set(playbook, "max_attempts = 3");
            let delivery = outbox.queue(playbook);
            (*status, receiver, delivery)
        })
        .collect();
    for (status, receiver, delivery) in cases {
        outbox.wait(delivery, SOON, "status in ('completed', 'failed')");
        let row = outbox.row(delivery);
        let (state, attempts): (String, i32) = (row.get(0), row.get(1));
        assert_eq!((state.as_str(), attempts), ("failed", 3), "{status}");
        assert_eq!(row.get::<_, Option<i32>>(2), Some(i32::from(status)));
        assert!(
            row.get::<_, Option<String>>(4).is_some(),
            "{status}: no reason"
        );
        let requests = receiver.requests();
        assert_eq!(requests.len(), 3, "{status}");
        let id = delivery.to_string();
        assert!(requests.iter().all(|it| it.header("webhook-id") == id));
        let tries = format!(
            "select count(distinct attempt) from cs.webhook_attempts
              where delivery_id = '{delivery}' and response_status = {status} and attempt between 1 and 3"
        );
        assert_eq!(number(&mut outbox.client, &tries), 3, "{status}: its tries");
        let on = "select count(*) from cs.playbooks where not is_active";
        assert_eq!(
            number(&mut outbox.client, on),
            0,
            "{status} switched a playbook off"
        );
    }
}

#[test]
fn a_wrong_secret_for_a_while_loses_nothing() {
    let mut outbox = Outbox::new();
    let replies = [401, 403, 302].map(|it| Reply::status(it, "Location: http://127.0.0.1:9/x\r\n"));
    let receiver = RawReceiver::in_turn(replies).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let delivery = outbox.queue(playbook);
    outbox.wait(
        delivery,
        SOON,
        "status = 'completed' and attempts = 4 and response_status = 200",
    );
}

#[test]
fn a_redirect_is_not_followed() {
    let mut outbox = Outbox::new();
    let elsewhere = RawReceiver::in_turn([]).unwrap();
    let location = format!("Location: {}/\r\n", elsewhere.url());
    let replies = [301, 302, 303, 307, 308].map(|it| Reply::status(it, &location));
    let receiver = RawReceiver::in_turn(replies).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    outbox.set(playbook, "max_attempts = 6");
    let delivery = outbox.queue(playbook);
    outbox.wait(delivery, SOON, "status = 'completed' and attempts = 6");
    assert!(elsewhere.requests().is_empty());
}

#[test]
fn tries_that_end_without_an_answer_are_tried_again() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([
        Reply::new("", Then::Reset),
        Reply::new("", Then::Reset),
        Reply::new("HTTP/1.1 2", Then::Close),
        Reply::new("SSH-2.0-OpenSSH_9.2\r\n", Then::Close),
    ])
    .unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let delivery = outbox.queue(playbook);
    outbox.wait(
        delivery,
        SOON,
        "status = 'completed' and response_status = 200",
    );
    let silent = format!(
        "select count(*) from cs.webhook_attempts
          where delivery_id = '{delivery}' and (response_status is not null or error is null)"
    );
    assert_eq!(number(&mut outbox.client, &silent), 0);
}

#[test]
fn max_attempts_are_ten_unless_the_playbook_says_otherwise() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let plain = outbox.playbook(&receiver.url());
    let own = outbox.playbook(&format!("{}/own", receiver.url()));
    outbox.set(own, "max_attempts = 2");
    let (plain, own) = (outbox.queue(plain), outbox.queue(own));
    outbox.wait(plain, SOON, "max_attempts = 10");
    outbox.wait(own, SOON, "max_attempts = 2");
}

#[test]
fn a_receiver_says_when_to_come_again_to_this_tenant_and_no_other() {
    let mut outbox = Outbox::new();
    let other = outbox::make_tenant(&mut outbox.client, "other").unwrap();
    let receiver = RawReceiver::in_turn([Reply::status(503, "Retry-After: 3\r\n")]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let first = outbox.queue(playbook);
    outbox.wait(first, SOON, "status = 'pending' and attempts = 1");
    let asked = receiver.requests()[0].at;
    // The same host for the same tenant waits too; another tenant's does not.
    let second = outbox.queue(playbook);
    let mut client = outbox.database.connect().unwrap();
    let url = receiver.url();
    let others = outbox::make_playbook(&mut client, other, "Other", &url).unwrap();
    let others = outbox.queue(others);
    outbox.wait(others, AT_ONCE, "status = 'completed'");
    for delivery in [first, second] {
        outbox.wait(delivery, SOON, "status = 'completed'");
    }
    let others = others.to_string();
    for request in &receiver.requests()[1..] {
        let waited = request.at.duration_since(asked);
        if request.header("webhook-id") != others {
            assert!(
                waited > Duration::from_millis(2900),
                "came after {waited:?}"
            );
        }
    }
}

#[test]
fn a_receiver_that_is_asked_too_often_is_left_alone_for_a_minute() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::always(Reply::status(429, "")).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let delivery = outbox.queue(playbook);
    let waits = "status = 'pending' and attempts = 1 and response_status = 429
        and run_at > clock_timestamp() + interval '55 s'";
    outbox.wait(delivery, SOON, waits);
    assert_eq!(receiver.requests().len(), 1);
}

#[test]
fn a_receiver_that_never_answers_is_given_up_after_half_a_minute_and_left_alone_for_a_minute() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::always(Reply::new("", Then::Hang)).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let began = Instant::now();
    let delivery = outbox.queue(playbook);
    // What takes longer is seen.
    outbox.wait(delivery, AT_ONCE, "status = 'processing' and attempts = 1");
    let waits = "status = 'pending' and attempts = 1 and response_status is null
        and run_at > clock_timestamp() + interval '55 s'";
    outbox.wait(delivery, Duration::from_secs(45), waits);
    let took = began.elapsed().as_secs();
    assert!((29..40).contains(&took), "after {took} s");
    let why: String = outbox.row(delivery).get(4);
    assert!(why.contains("timed out"), "{why}");
}
