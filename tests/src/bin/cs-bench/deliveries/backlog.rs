//! A long backlog against a short one: the rate of the first deliveries, and the memory of the worker meanwhile.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::outbox;
use cs_tests::tally::Tally;
use cs_tests::wait;

use super::contender::{Ours, PATIENCE};
use crate::is_long;
use crate::measure::{Amount, Line, Side, compare_all};

const SHORT: u32 = 10_000;
/// Not counted: what happens while the worker gets going.
const FIRST: usize = 1000;
/// The last one that counts.
const LAST: usize = 10_000;
const REACH: f64 = 1.1;
/// As long as a playbook's rows are put in by one statement.
const BATCH: u32 = 50_000;

/// In turn, each time in a fresh database.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let (long, rounds) = if is_long() {
        (1_000_000, 3)
    } else {
        (100_000, 5)
    };
    let receiver = Tally::start(1)?;
    let (mut of_long, mut of_short) = (0_u64, 0_u64);
    let what = format!("deliveries, 1,000, from a backlog of {long}, against one of {SHORT}");
    let thousands = f64::from(9);
    let mut lines = compare_all(
        rounds,
        vec![
            Side::timed(what, Some(REACH), || {
                let (took, memory) = first_of(cluster, &receiver, long)?;
                of_long = of_long.max(memory);
                Ok(took)
            })
            .of(thousands),
        ],
        Side::timed("", None, || {
            let (took, memory) = first_of(cluster, &receiver, SHORT)?;
            of_short = of_short.max(memory);
            Ok(took)
        })
        .of(thousands),
    )?;
    for (rows, kilobytes) in [(long, of_long), (SHORT, of_short)] {
        println!("deliveries: the worker held {kilobytes} kB beside a backlog of {rows}");
    }
    lines.push(Line::Amount(Amount {
        what: format!("memory of the worker at a backlog of {long}, against one of {SHORT}"),
        value: ratio(of_long, of_short),
        reach: REACH,
    }));
    Ok(lines)
}

#[expect(clippy::cast_precision_loss, reason = "kilobytes of a process")]
fn ratio(long: u64, short: u64) -> f64 {
    long as f64 / short as f64
}

/// How long the first deliveries take, and the most memory of the worker's own meanwhile, in kB.
fn first_of(cluster: &Cluster, receiver: &Tally, rows: u32) -> Result<(Duration, u64)> {
    let mut ours = Ours::new(cluster, receiver, 1)?;
    let worker = worker_pid(&mut ours)?;
    let mut work = ours.client.transaction()?;
    for _ in 0..rows.div_ceil(BATCH) {
        outbox::queue_many(&mut work, &ours.playbooks, rows.min(BATCH))?;
    }
    receiver.take()?;
    work.commit()?;
    let is_over = AtomicBool::new(false);
    let memory = std::thread::scope(|scope| {
        let memory = scope.spawn(|| most_memory(worker, &is_over));
        let arrived = receiver.wait(LAST, PATIENCE);
        is_over.store(true, Ordering::Release);
        arrived?;
        memory.join().map_err(|_| anyhow::anyhow!("a panic"))?
    })?;
    let arrivals = receiver.take()?;
    let at = |place: usize| arrivals.get(place - 1).map(|it| it.at).context("arrivals");
    let took = Duration::from_micros(at(LAST)? - at(FIRST)?);
    drop(ours);
    // Its last ones would count for the next round.
    std::thread::sleep(Duration::from_millis(300));
    Ok((took, memory))
}

fn worker_pid(ours: &mut Ours) -> Result<u32> {
    let query = "select pid from pg_stat_activity
        where backend_type = 'customer_success worker' and datname = current_database()";
    wait::until("a worker", PATIENCE, || {
        let row = ours.client.query_opt(query, &[])?;
        Ok(row
            .map(|row| u32::try_from(row.get::<_, i32>(0)))
            .transpose()?)
    })
}

/// Its own, without what is shared with the server.
fn most_memory(pid: u32, is_over: &AtomicBool) -> Result<u64> {
    let mut most = 0;
    while !is_over.load(Ordering::Acquire) {
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|it| it.strip_prefix("RssAnon:"));
        let kilobytes = line.and_then(|it| it.split_whitespace().next());
        most = most.max(kilobytes.context("no RssAnon")?.parse()?);
        std::thread::sleep(Duration::from_millis(20));
    }
    ensure!(most > 0, "the worker used no memory");
    Ok(most)
}
