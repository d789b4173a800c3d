//! Deliveries to receivers that answer well and badly.

use super::*;
use crate::webhooks::delivery::Claim;
use crate::webhooks::mail::MailSettings;
use crate::webhooks::post::receiver::{Receiver, Step};
use crate::webhooks::retry::{Delays, DeliveryOutcome, decide_outcome};
use crate::webhooks::signature::Secret;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::watch;

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(tokio::task::LocalSet::new().run_until(test));
}

fn clients() -> Clients {
    Clients::new(watch::channel(Arc::new(MailSettings::default())).1)
}

fn delivery(url: Url, addresses: AllowedAddresses) -> Delivery {
    let id = pgrx::Uuid::from_bytes([7; 16]);
    let claim = Claim {
        tenant_id: id,
        id,
        playbook_id: id,
        attempt_number: 1,
        max_attempts: 10,
    };
    let secret = Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let way = Way::Webhook {
        url,
        addresses,
        secrets: vec![secret],
        headers: HeaderMap::new(),
    };
    Delivery::new(claim, "receiver".to_owned(), way, r#"{"a":1}"#.to_owned())
}

async fn send_to(clients: &Clients, receiver: &Receiver) -> DeliveryAttempt {
    post(clients, delivery(receiver.url(), AllowedAddresses::Any)).await
}

fn outcome_of(attempt: &DeliveryAttempt) -> DeliveryOutcome {
    decide_outcome(attempt, 1, 10, &Delays::default(), 0.5)
}

/// One connection that gets this answer, after which it closes.
fn once(answer: &'static [u8]) -> Vec<Step> {
    vec![Step::Read, Step::Write(answer)]
}

#[test]
fn the_status_decides_whatever_becomes_of_the_body() {
    run(async {
        for (answer, status, body) in [
            (&b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"[..], 200, "ok"),
            (b"HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
            (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", 200, "until the end"),
            (b"HTTP/1.0 200 OK\r\n\r\nold", 200, "old"),
            (b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 200, "ok"),
            (b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n", 202, ""),
            (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\0\xe9", 200, "a\u{fffd}\u{fffd}"),
            // Broken off, too long, badly cut in pieces.
            (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok", 200, "ok"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", 200, "ok"),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n", 200, ""),
            (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n0\r\n\r\n", 200, "ok"),
            (b"HTTP/1.1 410 Gone\r\nContent-Length: 500\r\n\r\nno", 410, "no"),
            (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\nbad", 400, "bad"),
            (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 9\r\n\r\n", 302, ""),
            (b"HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n", 600, ""),
            (b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n", 999, ""),
        ] {
            let shown = String::from_utf8_lossy(answer);
            let receiver = Receiver::start(vec![once(answer)]).await;
            let attempt = send_to(&clients(), &receiver).await;
            assert_eq!(attempt.status, Some(status), "{shown}: {:?}", attempt.error);
            assert_eq!(attempt.body, body, "{shown}");
            assert_eq!(attempt.error, None, "{shown}");
            assert_eq!(receiver.requests(), 1, "{shown}");
            match status {
                200..=299 => assert_eq!(outcome_of(&attempt), DeliveryOutcome::Completed),
                410 => assert_eq!(outcome_of(&attempt), DeliveryOutcome::Gone),
                _ => assert!(matches!(outcome_of(&attempt), DeliveryOutcome::Again(_))),
            }
        }
    });
}

#[test]
fn a_reset_in_the_body_is_no_failure() {
    run(async {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nok";
        let pause = Duration::from_millis(100);
        let receiver = Receiver::start(vec![vec![
            Step::Read,
            Step::Write(head),
            Step::Wait(pause),
            Step::Reset,
        ]])
        .await;
        let attempt = send_to(&clients(), &receiver).await;
        assert_eq!((attempt.status, attempt.body.as_str()), (Some(200), "ok"));
    });
}

#[test]
fn a_body_that_hangs_is_left_after_two_seconds() {
    const START: &[u8] = &[b'x'; 2048];
    run(async {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
        for (steps, kept) in [
            (vec![Step::Read, Step::Write(head), Step::Hang], 0),
            (
                vec![
                    Step::Read,
                    Step::Write(head),
                    Step::Write(START),
                    Step::Hang,
                ],
                2048,
            ),
        ] {
            let receiver = Receiver::start(vec![steps]).await;
            let attempt = send_to(&clients(), &receiver).await;
            assert_eq!((attempt.status, attempt.body.len()), (Some(200), kept));
            assert!(attempt.took < Duration::from_secs(4), "{:?}", attempt.took);
            assert!(!attempt.timed_out);
        }
    });
}

#[test]
fn a_body_without_end_is_read_no_further_than_kept() {
    const PIECE: &[u8] = &[b'y'; 1 << 20];
    run(async {
        let head = b"HTTP/1.1 200 OK\r\n\r\n";
        let mut steps = vec![Step::Read, Step::Write(head)];
        steps.extend((0..64).map(|_| Step::Write(PIECE)));
        let receiver = Receiver::start(vec![steps]).await;
        let attempt = send_to(&clients(), &receiver).await;
        assert_eq!((attempt.status, attempt.body.len()), (Some(200), 2048));
        assert!(attempt.took < Duration::from_secs(2), "{:?}", attempt.took);
    });
}

#[test]
fn what_is_no_answer_is_a_failed_try() {
    run(async {
        for steps in [
            vec![Step::Read],
            vec![Step::Read, Step::Reset],
            vec![Step::Reset],
            once(b"SSH-2.0-OpenSSH\r\n"),
            once(b"HTTP/1.1 abc\r\n\r\n"),
            once(b"HTTP/1.1 200"),
        ] {
            let receiver = Receiver::start(vec![steps]).await;
            let attempt = send_to(&clients(), &receiver).await;
            assert_eq!(attempt.status, None);
            assert!(attempt.error.is_some() && attempt.is_receivers_failure());
            assert!(
                receiver.requests() <= 1,
                "a first connection is not tried twice"
            );
        }
        // Nothing listens.
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", gone.local_addr().unwrap())).unwrap();
        drop(gone);
        let attempt = post(&clients(), delivery(url, AllowedAddresses::Any)).await;
        assert!(attempt.error.unwrap().contains("refused"));
    });
}

#[test]
fn a_connection_is_used_again() {
    run(async {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        let reset = vec![Step::Reset];
        let both = vec![
            Step::Read,
            Step::Write(answer),
            Step::Read,
            Step::Write(answer),
        ];
        let receiver = Receiver::start(vec![both, reset]).await;
        let clients = clients();
        for _ in 0..2 {
            assert_eq!(send_to(&clients, &receiver).await.status, Some(200));
        }
    });
}

#[test]
fn a_kept_connection_that_closes_costs_no_try() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let ends = || {
        [
            vec![],
            vec![Step::Read],
            vec![Step::Reset],
            vec![Step::Read, Step::Reset],
        ]
    };
    run(async move {
        for end in ends() {
            let mut first = once(answer);
            first.extend(end);
            let receiver = Receiver::start(vec![first, once(answer)]).await;
            let clients = clients();
            for number in 0..2 {
                let attempt = send_to(&clients, &receiver).await;
                assert_eq!(attempt.status, Some(200), "{number}: {:?}", attempt.error);
            }
        }
    });
}

#[test]
fn it_is_tried_once_more_and_no_oftener() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    run(async move {
        let mut first = once(answer);
        first.push(Step::Read);
        let receiver = Receiver::start(vec![first, vec![Step::Read]]).await;
        let clients = clients();
        assert_eq!(send_to(&clients, &receiver).await.status, Some(200));
        let attempt = send_to(&clients, &receiver).await;
        assert_eq!(attempt.status, None);
        assert!(attempt.is_receivers_failure());
        assert_eq!(
            receiver.requests(),
            3,
            "one answered, one cut off, one more"
        );
        // By now nothing is kept, so that the next one is posted once.
        send_to(&clients, &receiver).await;
        assert_eq!(receiver.requests(), 4);
    });
}

#[test]
fn names_and_addresses_within_are_not_called() {
    run(async {
        let receiver = Receiver::start(vec![once(b"HTTP/1.1 200 OK\r\n\r\n")]).await;
        let port = receiver.address.port();
        for host in ["localhost", "a.localhost"] {
            let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
            let attempt = post(&clients(), delivery(url.clone(), AllowedAddresses::Public)).await;
            assert!(attempt.error.unwrap().contains("not a public address"));
            assert!(attempt.spares_receiver && attempt.status.is_none());
            assert_eq!(receiver.requests(), 0);
        }
        let url = Url::parse(&format!("http://localhost:{port}/")).unwrap();
        let attempt = post(&clients(), delivery(url, AllowedAddresses::Any)).await;
        assert_eq!(attempt.status, Some(200), "an administrator named it");
    });
}

#[test]
fn what_is_too_large_never_leaves() {
    run(async {
        let receiver = Receiver::start(vec![once(b"HTTP/1.1 200 OK\r\n\r\n")]).await;
        let mut large = delivery(receiver.url(), AllowedAddresses::Any);
        large.body = "x".repeat(LARGEST_BODY + 1);
        let attempt = post(&clients(), large).await;
        assert_eq!(outcome_of(&attempt), DeliveryOutcome::Failed);
        assert_eq!(receiver.requests(), 0);
    });
}

#[test]
fn a_delivery_without_a_secret_waits_for_one() {
    run(async {
        let receiver = Receiver::start(vec![once(b"HTTP/1.1 200 OK\r\n\r\n")]).await;
        let mut unsigned = delivery(receiver.url(), AllowedAddresses::Any);
        if let Way::Webhook { secrets, .. } = &mut unsigned.way {
            secrets.clear();
        }
        let attempt = post(&clients(), unsigned).await;
        assert!(matches!(outcome_of(&attempt), DeliveryOutcome::Again(_)));
        assert_eq!(receiver.requests(), 0);
    });
}
