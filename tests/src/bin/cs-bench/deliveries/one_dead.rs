//! A hundred good receivers of a tenant beside one more, which answers or never does: as much is queued in both cases.

use std::time::Duration;

use anyhow::Result;
use cs_tests::cluster::Cluster;
use cs_tests::outbox::{self, Playbook};
use cs_tests::tally::Tally;
use postgres::Client;
use uuid::Uuid;

use super::contender::{Contender, Ours};
use super::steady::{Stream, flow};
use crate::measure::{Line, beside};

const RECEIVERS: usize = 100;
const ROUNDS: usize = 5;
/// 400 a second, over all receivers in turn.
const STREAM: Stream = Stream {
    pause: Duration::from_millis(5),
    tenants: RECEIVERS,
    batch: 2,
    length: Duration::from_secs(5),
};

/// All receivers are one tenant's; beside each commit for good ones there is one for the one more.
struct OneTenant {
    ours: Ours,
    beside: Playbook,
}

impl OneTenant {
    fn new(cluster: &Cluster, receiver: &Tally, beside: &str) -> Result<Self> {
        let mut ours = Ours::new(cluster, receiver, 0)?;
        let tenant = outbox::make_tenant(&mut ours.client, "acme")?;
        let urls: Vec<_> = (0..RECEIVERS).map(|it| receiver.url_of(it)).collect();
        ours.playbooks = outbox::make_playbooks(&mut ours.client, tenant, &urls)?;
        let beside = format!("{}/{beside}", receiver.url_of(RECEIVERS));
        let beside = outbox::make_playbook(&mut ours.client, tenant, "One more", &beside)?;
        Ok(Self { ours, beside })
    }
}

impl Contender for OneTenant {
    fn queue(&mut self, tenants: &[usize], ids: &[Uuid]) -> Result<u64> {
        outbox::queue_many(&mut self.ours.client, &[self.beside], 1)?;
        self.ours.queue(tenants, ids)
    }

    fn is_recorded(&mut self) -> Result<bool> {
        self.ours.is_recorded()
    }

    fn connect(&self) -> Result<Client> {
        self.ours.connect()
    }

    fn report(&self) -> &'static str {
        self.ours.report()
    }
}

/// In turn.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let receiver = Tally::start(RECEIVERS + 1)?;
    let mut all_good = OneTenant::new(cluster, &receiver, "aside")?;
    let mut one_dead = OneTenant::new(cluster, &receiver, "hang")?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        without.extend(flow(&mut all_good, &receiver, STREAM)?.waits(|_| true));
        with.extend(flow(&mut one_dead, &receiver, STREAM)?.waits(|_| true));
    }
    Ok(vec![beside(
        "delivery to 100 good receivers, 400 a second",
        "one that never answers, against one that does",
        &without,
        &with,
    )])
}
