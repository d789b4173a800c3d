//! A quiet tenant's deliveries, one at a time, beside a tenant whose receivers are all dead in some way.

use std::time::Duration;

use anyhow::Result;
use cs_tests::cluster::Cluster;
use cs_tests::outbox;
use cs_tests::tally::Tally;

use super::contender::{Ours, receipt};
use crate::measure::{Line, beside};

const HOSTS: usize = 2000;
const ROWS: u32 = 20;
const TIMES: usize = 250;
const ROUNDS: usize = 4;
const REST: Duration = Duration::from_millis(10);
/// How long the neighbour is at it before the quiet one is looked at.
const WARM_UP: Duration = Duration::from_secs(3);

/// What the loud tenant's receivers are.
type Urls = fn(&Tally) -> Vec<String>;

const WAYS: [(&str, Urls); 3] = [
    (
        "2,000 receivers that accept and never answer, 20 deliveries each",
        hanging,
    ),
    (
        "2,000 names that do not resolve, 20 deliveries each",
        no_names,
    ),
    ("40,000 deliveries that hang at the same host", same_host),
];

fn hanging(receiver: &Tally) -> Vec<String> {
    let url = |place| format!("{}/hang", receiver.url_of(place + 1));
    (0..HOSTS).map(url).collect()
}

fn no_names(_: &Tally) -> Vec<String> {
    let url = |place| format!("https://receiver-{place}.invalid/hook");
    (0..HOSTS).map(url).collect()
}

fn same_host(receiver: &Tally) -> Vec<String> {
    let url = |place| format!("{}/hang/{place}", receiver.url());
    (0..HOSTS).map(url).collect()
}

/// Each way in a database of its own, in turn with one where nothing else happens.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let receiver = Tally::start(HOSTS + 1)?;
    let mut calm = Ours::new(cluster, &receiver, 1)?;
    let mut lines = Vec::new();
    for (name, urls) in WAYS {
        println!("deliveries: {name} …");
        let mut ours = Ours::new(cluster, &receiver, 1)?;
        let loud = outbox::make_tenant(&mut ours.client, "loud")?;
        let loud = outbox::make_playbooks(&mut ours.client, loud, &urls(&receiver))?;
        let (mut idle, mut disturbed) = (Vec::new(), Vec::new());
        one_by_one(&mut calm, &receiver, &mut idle)?;
        idle.clear();
        outbox::queue_many(&mut ours.client, &loud, ROWS)?;
        std::thread::sleep(WARM_UP);
        for _ in 0..ROUNDS {
            one_by_one(&mut calm, &receiver, &mut idle)?;
            one_by_one(&mut ours, &receiver, &mut disturbed)?;
        }
        lines.push(beside("another tenant's delivery", name, &idle, &disturbed));
    }
    Ok(lines)
}

fn one_by_one(ours: &mut Ours, receiver: &Tally, seen: &mut Vec<Duration>) -> Result<()> {
    for _ in 0..TIMES {
        seen.push(receipt(ours, receiver, 0)?);
        std::thread::sleep(REST);
    }
    Ok(())
}
