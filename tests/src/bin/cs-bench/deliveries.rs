//! Webhooks: how many a second, how soon, and what dead receivers, old snapshots, a long backlog and another tenant cost. Against
//! Graphile Worker, which others would use for it, and a client without a database.

mod backlog;
mod bare;
mod contender;
mod loud_tenants;
mod one_dead;
mod pgmq;
mod rate;
mod rival;
mod snapshots;
mod steady;

use std::time::Duration;

use anyhow::Result;
use cs_tests::cluster::Cluster;
use cs_tests::tally::Tally;

use crate::measure::{Line, Side, compare_with_all, note, waits};
use bare::Bare;
use contender::{Ours, receipt, round};
use rival::{Mode, Rival};

const ROUNDS: usize = 7;
const DELIVERIES: usize = 10_000;
/// A third of the rival's time.
const REACH_OF_RIVAL: f64 = 1.0 / 3.0;
/// Three times that of a client without a database.
const REACH_OF_BARE: f64 = 3.0;
const RECEIPTS: usize = 500;
/// Of all receipts but one in a hundred.
const REACH_OF_RECEIPT: Duration = Duration::from_millis(10);
/// Between two receipts.
const REST: Duration = Duration::from_millis(15);

/// All of them, or those that `DELIVERIES` names.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    type Part = fn(&Cluster) -> Result<Vec<Line>>;
    let parts: [(&str, Part); 6] = [
        ("rate", per_second),
        ("receipt", to_receipt),
        ("one_dead", one_dead::run),
        ("snapshots", snapshots::run),
        ("backlog", backlog::run),
        ("loud_tenants", loud_tenants::run),
    ];
    let wanted = std::env::var("DELIVERIES").unwrap_or_default();
    let mut lines = Vec::new();
    for (name, part) in parts {
        if wanted.is_empty() || wanted.split(',').any(|it| it == name) {
            println!("deliveries: {name} …");
            lines.extend(part(cluster)?);
        }
    }
    Ok(lines)
}

/// 10,000 queued in one commit, one receiver.
fn per_second(cluster: &Cluster) -> Result<Vec<Line>> {
    let receiver = Tally::start(1)?;
    let mut ours = Ours::new(cluster, &receiver, 1)?;
    let mut batched = Rival::start(cluster, &receiver, 1, Mode::Batched)?;
    let mut plain = Rival::start(cluster, &receiver, 1, Mode::Plain)?;
    let bare = Bare::new(&receiver)?;
    // once each, not counted
    round(&mut ours, &receiver, DELIVERIES)?;
    for rival in [&mut batched, &mut plain].into_iter().flatten() {
        round(rival, &receiver, DELIVERIES)?;
    }
    bare.round(&receiver, DELIVERIES)?;
    let what = |against: &str| {
        format!("deliveries, 1,000 of 10,000 queued in one commit, against {against}")
    };
    let thousands = 10.0;
    let side = Side::timed("", None, || round(&mut ours, &receiver, DELIVERIES)).of(thousands);
    let mut against = vec![
        Side::timed(
            what("a signing client without a database"),
            Some(REACH_OF_BARE),
            || bare.round(&receiver, DELIVERIES),
        )
        .of(thousands),
    ];
    for (mode, rival, reach) in [
        (Mode::Batched, &mut batched, Some(REACH_OF_RIVAL)),
        (Mode::Plain, &mut plain, None),
    ] {
        if let Some(rival) = rival {
            let work = || round(rival, &receiver, DELIVERIES);
            against.push(Side::timed(what(mode.name()), reach, work).of(thousands));
        }
    }
    let mut lines = compare_with_all(ROUNDS, side, against)?;
    lines.push(rate::of(&lines));
    Ok(lines)
}

/// One at a time, nothing else happens; ours and the rival's in turn.
fn to_receipt(cluster: &Cluster) -> Result<Vec<Line>> {
    let receiver = Tally::start(1)?;
    let mut ours = Ours::new(cluster, &receiver, 1)?;
    let mut plain = Rival::start(cluster, &receiver, 1, Mode::Plain)?;
    let mut batched = Rival::start(cluster, &receiver, 1, Mode::Batched)?;
    let mut seen = [const { Vec::new() }; 3];
    let [of_ours, of_plain, of_batched] = &mut seen;
    for _ in 0..RECEIPTS {
        of_ours.push(receipt(&mut ours, &receiver, 0)?);
        std::thread::sleep(REST);
        for (rival, seen) in [
            (&mut plain, &mut *of_plain),
            (&mut batched, &mut *of_batched),
        ] {
            if let Some(rival) = rival {
                seen.push(receipt(rival, &receiver, 0)?);
                std::thread::sleep(REST);
            }
        }
    }
    let mut lines = vec![waits(
        "commit to receipt, idle, one at a time",
        REACH_OF_RECEIPT,
        of_ours,
    )];
    for (mode, seen) in [(Mode::Plain, of_plain), (Mode::Batched, of_batched)] {
        if !seen.is_empty() {
            let what = format!("the same of {}", mode.name());
            lines.push(waits(&what, None, seen));
        }
    }
    lines.push(note(
        "commit to receipt: pg_net 0.20 is not in the registries; known of it are p50 476 ms and p99 964 ms",
    ));
    Ok(lines)
}
