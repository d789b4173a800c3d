//! Signatures over the bytes as they arrive, checked by the public libraries in Rust and JavaScript.

use cs_tests::outbox;
use cs_tests::raw_receiver::{RawReceiver, RawRequest};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use super::Outbox;
use crate::clients;
use crate::support::SOON;

/// What is easily spoilt between signing and reading.
fn payload() -> Value {
    json!({
        "account_name": "Ünï \"q\" \\ / 😀 👩‍👩‍👧 \u{2028}\u{2029} </script> <!-- & ' \t \u{7f} \u{feff}",
        "arr": 12_345_678.9, "tiny": 1e-7, "null": null, "empty": {}, "list": [1, "1", true],
        "decomposed": "e\u{301}", "long": "ß".repeat(20_000)
    })
}

/// Sends the payload, once more after the secret was changed; the requests, and the two secrets.
fn sent() -> (Vec<RawRequest>, [String; 2]) {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let playbook = outbox.playbook(&receiver.url());
    let secret = |outbox: &mut Outbox| -> String {
        let sql = "select webhook_secret from cs.playbooks where id = $1";
        outbox
            .client
            .query_one(sql, &[&playbook.id])
            .unwrap()
            .get(0)
    };
    let old = secret(&mut outbox);
    outbox::queue_one(&mut outbox.client, playbook, &payload(), 0).unwrap();
    receiver.wait(1, SOON).unwrap();
    outbox.set(
        playbook,
        "webhook_secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'",
    );
    let new = secret(&mut outbox);
    assert_ne!(old, new);
    outbox::queue_one(&mut outbox.client, playbook, &payload(), 0).unwrap();
    let requests = receiver.wait(2, SOON).unwrap();
    (requests, [old, new])
}

fn verifies(request: &RawRequest, secret: &str) -> bool {
    let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"]
        .into_iter()
        .map(|name| (name.parse().unwrap(), request.header(name).parse().unwrap()))
        .collect();
    Webhook::new(secret)
        .unwrap()
        .verify(&request.body, &headers)
        .is_ok()
}

#[test]
fn the_library_in_rust_accepts_the_bytes_and_both_secrets_while_one_is_changed() {
    let (requests, [old, new]) = sent();
    for request in &requests {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body, payload());
    }
    let accepted = |place: usize| [&old, &new].map(|it| verifies(&requests[place], it));
    assert_eq!(accepted(0), [true, false]);
    assert_eq!(accepted(1), [true, true]);
    let mut forged = requests[1].clone();
    forged.body.push(b' ');
    assert!(!verifies(&forged, &new));
}

#[test]
fn the_library_in_javascript_accepts_the_bytes_and_both_secrets_while_one_is_changed() {
    if !clients::has_node() {
        return;
    }
    let (requests, [old, new]) = sent();
    let case = |request: &RawRequest, secret: &str, body: &[u8]| {
        let headers: serde_json::Map<_, _> =
            ["webhook-id", "webhook-timestamp", "webhook-signature"]
                .map(|name| (name.to_owned(), json!(request.header(name))))
                .into_iter()
                .collect();
        json!({"secret": secret, "headers": headers, "body": body})
    };
    let forged = [&requests[1].body[..], b" "].concat();
    let answers = clients::verify_in_javascript(&json!([
        case(&requests[0], &old, &requests[0].body),
        case(&requests[0], &new, &requests[0].body),
        case(&requests[1], &old, &requests[1].body),
        case(&requests[1], &new, &requests[1].body),
        case(&requests[1], &new, &forged),
    ]));
    let accepted: Vec<_> = answers.iter().map(|it| it["is_accepted"].clone()).collect();
    assert_eq!(accepted, [true, false, true, true, false], "{answers:?}");
    assert_eq!(answers[0]["event"], payload());
}
