//! `cs-bench`: measures what is claimed of speed, each figure against something in the same run, and writes one table.
//!
//! A benchmark checks that the work was done right, and fails only then: nothing fails because a machine was slow.

mod measure;
mod record_usage;
mod report;
mod row_security;

use anyhow::Result;
use cs_tests::stack;

fn main() -> Result<()> {
    let cluster = stack::own_cluster(&[
        ("shared_buffers".to_owned(), "512MB".to_owned()),
        ("max_parallel_workers_per_gather".to_owned(), "0".to_owned()),
    ])?;
    let mut lines = row_security::run(&cluster)?;
    lines.extend(record_usage::run(&cluster)?);
    report::write(&lines)
}
