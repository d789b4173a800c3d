//! 800 deliveries a second of eight tenants beside three overlapping transactions that each see the tables as they were when it began,
//! and read them again and again, as long reports and dumps do. Against Graphile Worker and a claim loop in the manner of pgmq.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use cs_tests::cluster::Cluster;
use cs_tests::tally::Tally;
use postgres::{Client, IsolationLevel};

use super::contender::{Contender, Ours, PATIENCE};
use super::pgmq::ClaimLoop;
use super::rival::{Mode, Rival};
use super::steady::{Flow, Stream, flow};
use crate::is_long;
use crate::measure::{Amount, Line, beside, note, p50_and_p99};

const TENANTS: usize = 8;
const READERS: u32 = 3;
/// Parts of the stream whose waits are told apart.
const PARTS: u32 = 6;
const MOST_PENDING: f64 = 800.0;
/// Between two queries of a reader.
const PAUSE: Duration = Duration::from_secs(2);

/// How long the stream flows and how long a snapshot is held.
struct Lengths {
    stream: Duration,
    snapshot: Duration,
}

impl Lengths {
    fn get() -> Self {
        let (stream, snapshot) = if is_long() { (900, 120) } else { (120, 40) };
        Self {
            stream: Duration::from_secs(stream),
            snapshot: Duration::from_secs(snapshot),
        }
    }
}

/// One after the other: they would disturb each other.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let receiver = Tally::start(TENANTS)?;
    let lengths = Lengths::get();
    let mut lines = Vec::new();
    {
        let mut ours = Ours::new(cluster, &receiver, TENANTS)?;
        lines.extend(measure(
            "ours",
            &mut ours,
            &receiver,
            &lengths,
            Some(MOST_PENDING),
        )?);
    }
    for mode in [Mode::Batched, Mode::Plain] {
        if let Some(mut rival) = Rival::start(cluster, &receiver, TENANTS, mode)? {
            lines.extend(measure(mode.name(), &mut rival, &receiver, &lengths, None)?);
        }
    }
    let mut pgmq = ClaimLoop::start(cluster, &receiver, TENANTS)?;
    lines.extend(measure(
        "a claim loop as pgmq's",
        &mut pgmq,
        &receiver,
        &lengths,
        None,
    )?);
    Ok(lines)
}

fn measure(
    name: &str,
    contender: &mut dyn Contender,
    receiver: &Tally,
    lengths: &Lengths,
    reach: Option<f64>,
) -> Result<Vec<Line>> {
    println!("deliveries: 800 a second, {name} …");
    let stream = Stream {
        pause: Duration::from_millis(10),
        tenants: TENANTS,
        batch: TENANTS,
        length: lengths.stream / 4,
    };
    let idle = flow(contender, receiver, stream)?;
    let clients = (0..READERS)
        .map(|_| contender.connect())
        .collect::<Result<Vec<_>>>()?;
    let (report, held) = (contender.report(), lengths.snapshot);
    let is_over = AtomicBool::new(false);
    let disturbed = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..)
            .zip(clients)
            .map(|(place, client)| {
                let (first, is_over) = (held * place / READERS, &is_over);
                scope.spawn(move || read_again_and_again(client, report, first, held, is_over))
            })
            .collect();
        let length = lengths.stream;
        let disturbed = flow(contender, receiver, Stream { length, ..stream });
        is_over.store(true, Ordering::Release);
        for reader in readers {
            reader.join().map_err(|_| anyhow!("a reader panicked"))??;
        }
        disturbed
    })?;
    cs_tests::wait::until_true("the outcomes", PATIENCE, || contender.is_recorded())?;
    Ok(lines(name, lengths, &idle, &disturbed, reach))
}

/// Holds one snapshot after the other and reads through it; the first is shorter, so that several of these overlap.
fn read_again_and_again(
    mut client: Client,
    report: &str,
    mut length: Duration,
    held: Duration,
    is_over: &AtomicBool,
) -> Result<()> {
    while !is_over.load(Ordering::Acquire) {
        let began = Instant::now();
        let mut work = client
            .build_transaction()
            .isolation_level(IsolationLevel::RepeatableRead)
            .read_only(true)
            .start()?;
        while began.elapsed() < length && !is_over.load(Ordering::Acquire) {
            work.query(report, &[])?;
            sleep(PAUSE.min(length.saturating_sub(began.elapsed())));
        }
        work.commit()?;
        length = held;
    }
    Ok(())
}

fn lines(
    name: &str,
    lengths: &Lengths,
    idle: &Flow,
    disturbed: &Flow,
    reach: Option<f64>,
) -> Vec<Line> {
    let scene = format!(
        "three overlapping snapshots of {} s, {} s long",
        lengths.snapshot.as_secs(),
        lengths.stream.as_secs()
    );
    let whole = beside(
        &format!("delivery, 800 a second of {TENANTS} tenants, {name}"),
        &scene,
        &idle.waits(|_| true),
        &disturbed.waits(|_| true),
    );
    let parts = (0..PARTS).map(|part| {
        let (from, to) = (
            lengths.stream * part / PARTS,
            lengths.stream * (part + 1) / PARTS,
        );
        let (p50, p99) = p50_and_p99(&disturbed.waits(|it| it.at >= from && it.at < to));
        format!("{p50:.1}/{p99:.1}")
    });
    let tenants =
        (0..TENANTS).map(|tenant| p50_and_p99(&disturbed.waits(|it| it.tenant == tenant)).1);
    let (best, worst) = tenants.fold((f64::MAX, 0.0), |(best, worst): (f64, f64), it| {
        (best.min(it), worst.max(it))
    });
    let parts: Vec<_> = parts.collect();
    let pending = disturbed.most_pending;
    let mut lines = vec![
        whole,
        note(format!(
            "{name}, {scene}: p50/p99 in ms of each sixth of it {}; p99 of a tenant {best:.1} to {worst:.1}; most pending {pending}",
            parts.join(", ")
        )),
    ];
    if let Some(reach) = reach {
        lines.push(Line::Amount(Amount {
            what: format!("most deliveries pending, 800 a second, {scene}"),
            value: f64::from(u32::try_from(pending).unwrap_or(u32::MAX)),
            reach,
        }));
    }
    lines
}
