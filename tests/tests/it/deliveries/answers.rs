//! The status line decides: 2xx is success and 410 the end whatever becomes of the body.

use std::time::Duration;

use cs_tests::outbox::Playbook;
use cs_tests::raw_receiver::{RawReceiver, Reply, Then};
use uuid::Uuid;

use super::{AFTER_TIME_OUT, Outbox};
use crate::support::{SOON, wait_sql};

/// A case, a receiver of its own that answers always so, and the delivery to it.
struct Case {
    name: &'static str,
    receiver: RawReceiver,
    playbook: Playbook,
    delivery: Uuid,
}

fn send(outbox: &mut Outbox, replies: Vec<(&'static str, Reply)>) -> Vec<Case> {
    replies
        .into_iter()
        .map(|(name, reply)| {
            let receiver = RawReceiver::always(reply).unwrap();
            let playbook = outbox.playbook(&receiver.url());
            let delivery = outbox.queue(playbook);
            Case {
                name,
                receiver,
                playbook,
                delivery,
            }
        })
        .collect()
}

fn text(head: &str, body: &str) -> Vec<u8> {
    format!("{head}\r\n\r\n{body}").into_bytes()
}

/// Bodies that break, or never end, after this status line.
fn broken(status: &str) -> Vec<(&'static str, Reply)> {
    let short = text(&format!("{status}\r\nContent-Length: 500"), "{}");
    let chunked = format!("{status}\r\nTransfer-Encoding: chunked");
    let huge = text(
        &format!("{status}\r\nContent-Length: 100000000"),
        &"x".repeat(2048),
    );
    vec![
        ("length too long, closed", Reply::new(&short, Then::Close)),
        ("length too long, reset", Reply::new(&short, Then::Reset)),
        ("length too long, hanging", Reply::new(&short, Then::Hang)),
        (
            "one chunk, closed",
            Reply::new(text(&chunked, "2\r\n{}\r\n"), Then::Close),
        ),
        (
            "bad chunk size",
            Reply::new(text(&chunked, "zz\r\n{}\r\n"), Then::Close),
        ),
        (
            "headers, then nothing",
            Reply::new(text(&chunked, ""), Then::Hang),
        ),
        ("2 kB, then nothing", Reply::new(huge, Then::Hang)),
    ]
}

#[test]
fn an_answer_of_200_completes_a_delivery_whatever_becomes_of_its_body() {
    let mut outbox = Outbox::new();
    let cases = send(&mut outbox, broken("HTTP/1.1 200 OK"));
    for case in &cases {
        outbox.wait(
            case.delivery,
            AFTER_TIME_OUT,
            "status in ('completed', 'failed')",
        );
        let row = outbox.row(case.delivery);
        let (status, attempts): (String, i32) = (row.get(0), row.get(1));
        assert_eq!(
            (status.as_str(), attempts),
            ("completed", 1),
            "{}",
            case.name
        );
        assert_eq!(row.get::<_, Option<i32>>(2), Some(200), "{}", case.name);
        assert_eq!(case.receiver.requests().len(), 1, "{}", case.name);
    }
}

#[test]
fn an_answer_of_410_ends_a_delivery_whatever_becomes_of_its_body() {
    let mut outbox = Outbox::new();
    let cases = send(&mut outbox, broken("HTTP/1.1 410 Gone"));
    for case in &cases {
        outbox.wait(
            case.delivery,
            AFTER_TIME_OUT,
            "status in ('completed', 'failed')",
        );
        let row = outbox.row(case.delivery);
        let (status, attempts): (String, i32) = (row.get(0), row.get(1));
        assert_eq!((status.as_str(), attempts), ("failed", 1), "{}", case.name);
        assert_eq!(row.get::<_, Option<i32>>(2), Some(410), "{}", case.name);
        let is_off = format!(
            "select not is_active from cs.playbooks where id = '{}'",
            case.playbook.id
        );
        let what = format!("{}: the playbook off", case.name);
        wait_sql(&mut outbox.client, &what, &is_off);
        assert_eq!(case.receiver.requests().len(), 1, "{}", case.name);
    }
}

#[test]
fn answers_of_old_odd_and_careless_servers_are_understood() {
    let mut outbox = Outbox::new();
    let ok = "HTTP/1.1 200 OK\r\nContent-Length: 4";
    let replies = vec![
        (
            "204",
            Reply::new("HTTP/1.1 204 No Content\r\n\r\n", Then::Keep),
        ),
        (
            "200 without length",
            Reply::new("HTTP/1.1 200 OK\r\n\r\nfine", Then::Close),
        ),
        (
            "HTTP/1.0",
            Reply::new("HTTP/1.0 200 OK\r\n\r\nfine", Then::Close),
        ),
        (
            "line feeds only",
            Reply::new("HTTP/1.1 200 OK\nContent-Length: 4\n\nfine", Then::Keep),
        ),
        (
            "103 before it",
            Reply::new(
                format!(
                    "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n{ok}\r\n\r\nfine"
                ),
                Then::Keep,
            ),
        ),
        (
            "no reason",
            Reply::new("HTTP/1.1 200\r\nContent-Length: 4\r\n\r\nfine", Then::Keep),
        ),
        ("NUL", Reply::new(text(ok, "a\0bc"), Then::Keep)),
        (
            "Latin-1",
            Reply::new([ok.as_bytes(), b"\r\n\r\ncaf\xe9"].concat(), Then::Keep),
        ),
        ("299", Reply::status(299, "")),
    ];
    for case in &send(&mut outbox, replies) {
        outbox.wait(case.delivery, SOON, "status in ('completed', 'failed')");
        let row = outbox.row(case.delivery);
        let (status, attempts): (String, i32) = (row.get(0), row.get(1));
        assert_eq!(
            (status.as_str(), attempts),
            ("completed", 1),
            "{}",
            case.name
        );
        assert_eq!(case.receiver.requests().len(), 1, "{}", case.name);
    }
}

#[test]
fn no_more_than_two_kilobytes_of_an_answer_are_kept_and_no_one_waits_for_the_rest() {
    let mut outbox = Outbox::new();
    let long = text(
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000",
        &"é".repeat(50_000),
    );
    let cases = send(&mut outbox, vec![("long", Reply::new(long, Then::Hang))]);
    outbox.wait(cases[0].delivery, SOON, "status = 'completed'");
    let kept: String = outbox.row(cases[0].delivery).get(5);
    assert!((2000..=2048).contains(&kept.len()), "{} bytes", kept.len());
    assert!(kept.chars().all(|it| it == 'é'), "{kept}");
}

/// The end of a kept connection is seen, or what was sent on it is sent again at once.
#[test]
fn connections_that_the_receiver_closes_behind_its_answer_cost_no_try() {
    let mut outbox = Outbox::new();
    let answer = text("HTTP/1.1 200 OK\r\nContent-Length: 2", "{}");
    let receiver = RawReceiver::always(Reply::new(answer, Then::Close)).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    for round in 0..20 {
        let delivery = outbox.queue(playbook);
        outbox.wait(
            delivery,
            SOON,
            "status in ('completed', 'failed') or attempts > 1",
        );
        let row = outbox.row(delivery);
        let (status, attempts): (String, i32) = (row.get(0), row.get(1));
        assert_eq!(
            (status.as_str(), attempts),
            ("completed", 1),
            "in round {round}"
        );
        std::thread::sleep(Duration::from_millis(round % 5));
    }
}
