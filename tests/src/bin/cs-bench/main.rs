//! `cs-bench`: measures what is claimed of speed, each figure against something in the same run, and writes one table.
//! With names of benchmarks it runs only those.
//!
//! A benchmark checks that the work was done right, and fails only then: nothing fails because a machine was slow.

mod bulk_change;
mod deliveries;
mod gateway;
mod health;
mod hierarchy;
mod measure;
mod neighbours;
mod pages;
mod record_usage;
mod report;
mod row_security;
mod stage_move;
mod web;

use std::env;

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::stack;

use crate::measure::Line;

type Benchmark = fn(&Cluster) -> Result<Vec<Line>>;

const BENCHMARKS: [(&str, Benchmark); 11] = [
    ("row_security", row_security::run),
    ("record_usage", record_usage::run),
    ("health", health::run),
    ("hierarchy", hierarchy::run),
    ("stage_move", stage_move::run),
    ("bulk_change", bulk_change::run),
    ("pages", pages::run),
    ("web", web::run),
    ("gateway", gateway::run),
    ("neighbours", neighbours::run),
    ("deliveries", deliveries::run),
];

/// Does `make bench LONG=1` run?
fn is_long() -> bool {
    env::var("CS_LONG").is_ok_and(|value| !value.is_empty())
}

fn main() -> Result<()> {
    let wanted = env::args().skip(1).collect::<Vec<_>>();
    let names = BENCHMARKS.map(|(name, _)| name);
    for name in &wanted {
        let all = names.join(", ");
        ensure!(
            names.contains(&name.as_str()),
            "no benchmark {name}; there are: {all}"
        );
    }
    let cluster = stack::own_cluster(&[
        ("shared_buffers".to_owned(), "512MB".to_owned()),
        ("max_parallel_workers_per_gather".to_owned(), "0".to_owned()),
    ])?;
    let mut lines = Vec::new();
    for (name, run) in BENCHMARKS {
        if wanted.is_empty() || wanted.iter().any(|it| it == name) {
            lines.extend(run(&cluster)?);
        }
    }
    report::write(&lines)
}
