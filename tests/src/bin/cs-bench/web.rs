//! The executive page in a real browser, at 10,000 accounts on loopback: how large its first load is, when it is painted and
//! usable, how long a press takes.

use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::gateway::Gateway;
use cs_tests::tree;
use serde::Deserialize;

use crate::measure::{Amount, Line, waits};
use crate::pages;

/// What the script in the browser found.
#[derive(Debug, Deserialize)]
struct Found {
    first_load_kb: f64,
    largest_paint_ms: Vec<f64>,
    usable_ms: Vec<f64>,
    after_press_ms: Vec<f64>,
    answers: f64,
    shift: f64,
}

/// Three waits and three amounts.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    println!("web: making 10,000 accounts with half a year of usage …");
    let mut client = database.connect()?;
    pages::load(&mut client)?;
    // The receiver is none, and a line about late deliveries above the page would move it.
    client.batch_execute("delete from cs.webhook_queue")?;
    let gateway = Gateway::start(&database)?;
    println!("web: looking at them …");
    let output = Command::new("node")
        .arg("scripts/measure.mjs")
        .current_dir(tree::root().join("gateway/web"))
        .env("GATEWAY_URL", &gateway.url)
        .output()
        .context("node cannot be run")?;
    ensure!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let found: Found = serde_json::from_slice(&output.stdout)?;
    let wait = |what: &str, reach, times: &[f64]| {
        let times = times
            .iter()
            .map(|ms| Duration::from_secs_f64(ms / 1000.0))
            .collect::<Vec<_>>();
        waits(
            &format!("executive page, {what}"),
            Duration::from_millis(reach),
            &times,
        )
    };
    let amount = |what: &str, value, reach| {
        Line::Amount(Amount {
            what: format!("executive page, {what}"),
            value,
            reach,
        })
    };
    Ok(vec![
        wait("largest paint", 1200, &found.largest_paint_ms),
        wait("figures there after a load", 1200, &found.usable_ms),
        wait("figures there after a press", 300, &found.after_press_ms),
        amount(
            "scripts of the first load, KB gzip",
            found.first_load_kb,
            165.0,
        ),
        amount("answers until the figures are there", found.answers, 1.0),
        amount("layout shift", found.shift, 0.0),
    ])
}
