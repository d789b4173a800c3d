//! Two things measured in turn, so that what disturbs one disturbs the other: medians, their ratio, and its spread.

use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

/// A figure of the table.
#[derive(Debug, Serialize)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// Median time of ours, in ms.
    pub ours_ms: f64,
    /// Median time of what it is measured against, in ms.
    pub against_ms: f64,
    /// Ours divided by the other, median of the rounds.
    pub ratio: f64,
    /// The smallest and the largest of the rounds.
    pub spread: (f64, f64),
    /// The ratio not to pass.
    pub reach: f64,
}

/// Runs both `rounds` times in turn, after one round that is not counted.
pub fn compare(
    what: &str,
    reach: f64,
    rounds: usize,
    mut ours: impl FnMut() -> Result<()>,
    mut against: impl FnMut() -> Result<()>,
) -> Result<Line> {
    let mut times = Vec::with_capacity(rounds);
    for round in 0..=rounds {
        let pair = (timed(&mut ours)?, timed(&mut against)?);
        if round > 0 {
            times.push(pair);
        }
    }
    let ratios = sorted(times.iter().map(|(ours, against)| ours / against));
    Ok(Line {
        what: what.to_owned(),
        ours_ms: median(&sorted(times.iter().map(|(ours, _)| *ours))),
        against_ms: median(&sorted(times.iter().map(|(_, against)| *against))),
        ratio: median(&ratios),
        spread: (
            ratios.first().copied().unwrap_or_default(),
            ratios.last().copied().unwrap_or_default(),
        ),
        reach,
    })
}

fn timed(work: &mut impl FnMut() -> Result<()>) -> Result<f64> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed().as_secs_f64() * 1000.0)
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values = values.collect::<Vec<_>>();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
