//! One tenant's receivers that accept and never answer: another tenant's delivery is there within two seconds.

use cs_tests::outbox::{self, Playbook};
use cs_tests::tally::Tally;

use super::{AT_ONCE, Outbox};
use crate::support::SOON;

/// A database with a tenant whose deliveries all hang, and another's playbook that posts to the receiver's first port.
struct Neighbours {
    outbox: Outbox,
    quiet: Playbook,
    receiver: Tally,
}

impl Neighbours {
    /// So many rows of the loud tenant to each of these, and some of them under way.
    fn new(ports: usize, urls: impl Fn(&Tally, usize) -> String, hosts: usize, rows: u32) -> Self {
        let receiver = Tally::start(ports).unwrap();
        let mut outbox = Outbox::new();
        let quiet = outbox.playbook(&receiver.url());
        let loud = outbox::make_tenant(&mut outbox.client, "loud").unwrap();
        let urls: Vec<_> = (0..hosts).map(|place| urls(&receiver, place)).collect();
        let loud = outbox::make_playbooks(&mut outbox.client, loud, &urls).unwrap();
        outbox::queue_many(&mut outbox.client, &loud, rows).unwrap();
        cs_tests::wait::until_true("deliveries that hang", SOON, || Ok(receiver.hanging()? > 0))
            .unwrap();
        Self {
            outbox,
            quiet,
            receiver,
        }
    }

    /// Again and again, also while the loud tenant's time out.
    fn are_apart(&mut self, times: u64) {
        for _ in 0..times {
            let delivery = self.outbox.queue(self.quiet);
            let there = "status = 'completed' and attempts = 1";
            self.outbox.wait(delivery, AT_ONCE, there);
            std::thread::sleep(std::time::Duration::from_secs(2));
        }
    }
}

#[test]
fn a_tenant_whose_deliveries_hang_leaves_room_at_a_host_that_both_use() {
    let same_host = |receiver: &Tally, _| format!("{}/hang", receiver.url());
    let mut both = Neighbours::new(1, same_host, 1, 48);
    both.are_apart(3);
    assert!(
        both.receiver.hanging().unwrap() <= 16,
        "more than 16 at once"
    );
}

#[test]
fn a_tenant_with_130_receivers_that_hang_leaves_room_for_others() {
    let own_port = |receiver: &Tally, place| format!("{}/hang", receiver.url_of(place + 1));
    Neighbours::new(131, own_port, 130, 20).are_apart(3);
}

/// Many small tenants each with one dead receiver, too.
#[test]
fn a_hundred_tenants_with_a_receiver_that_hangs_leave_room_for_others() {
    let receiver = Tally::start(101).unwrap();
    let mut outbox = Outbox::new();
    let quiet = outbox.playbook(&receiver.url());
    for place in 0..100 {
        let client = &mut outbox.client;
        let tenant = outbox::make_tenant(client, &format!("loud{place}")).unwrap();
        let url = format!("{}/hang", receiver.url_of(place + 1));
        let playbook = outbox::make_playbook(client, tenant, "Hangs", &url).unwrap();
        outbox::queue_many(client, &[playbook], 20).unwrap();
    }
    let mut all = Neighbours {
        outbox,
        quiet,
        receiver,
    };
    all.are_apart(3);
}

/// Those that work of the same tenant, too.
#[test]
fn a_receiver_that_hangs_costs_the_tenants_other_receivers_nothing() {
    let receiver = Tally::start(11).unwrap();
    let mut outbox = Outbox::new();
    let urls: Vec<_> = (0..10)
        .map(|place| format!("{}/hang", receiver.url_of(place + 1)))
        .collect();
    let dead = outbox::make_playbooks(&mut outbox.client, outbox.tenant, &urls).unwrap();
    let quiet = outbox.playbook(&receiver.url());
    outbox::queue_many(&mut outbox.client, &dead, 100).unwrap();
    let mut all = Neighbours {
        outbox,
        quiet,
        receiver,
    };
    all.are_apart(3);
}
