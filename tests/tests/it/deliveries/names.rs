//! Names that do not resolve are their tenant's affair: other deliveries, to names too, go as ever.

use std::time::Duration;

use cs_tests::outbox;
use cs_tests::raw_receiver::RawReceiver;

use super::{AT_ONCE, Outbox};
use crate::support::SOON;

/// Some tries of each, and a good receiver by its name.
#[test]
fn dead_names_hold_up_no_other_delivery() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let by_name = format!("http://localhost:{}", receiver.address.port());
    let quiet = outbox.playbook(&by_name);
    let loud = outbox::make_tenant(&mut outbox.client, "loud").unwrap();
    let urls: Vec<_> = (0..40)
        .map(|it| format!("https://dead-{it}.invalid/hook"))
        .collect();
    let dead = outbox::make_playbooks(&mut outbox.client, loud, &urls).unwrap();
    outbox::queue_many(&mut outbox.client, &dead, 16).unwrap();
    for _ in 0..5 {
        let delivery = outbox.queue(quiet);
        outbox.wait(delivery, AT_ONCE, "status = 'completed' and attempts = 1");
        std::thread::sleep(Duration::from_secs(1));
    }
}

#[test]
fn a_name_that_does_not_resolve_is_named_as_the_reason() {
    let mut outbox = Outbox::new();
    let playbook = outbox.playbook("https://dead.invalid/hook");
    let delivery = outbox.queue(playbook);
    outbox.wait(delivery, Duration::from_secs(60), "last_error is not null");
    let why: String = outbox.row(delivery).get(4);
    assert!(why.contains("dead.invalid"), "{why}");
}

/// Its own name resolves, to an address that no one may call.
#[test]
fn a_name_of_a_private_address_is_refused_after_resolution() {
    let mut outbox = Outbox::new();
    let receiver = RawReceiver::in_turn([]).unwrap();
    let url = format!("https://ip6-localhost:{}/hook", receiver.address.port());
    let playbook = outbox.playbook(&url);
    let delivery = outbox.queue(playbook);
    outbox.wait(delivery, SOON, "last_error is not null");
    assert!(receiver.requests().is_empty());
}
