//! Things measured in turn, so that what disturbs one disturbs the others: medians, their ratio, and its spread; and waits,
//! measured one by one.

use std::time::{Duration, Instant};

use anyhow::Result;
use serde::Serialize;

/// A figure of the table.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Line {
    /// Something against something else.
    Ratio(Ratio),
    /// How long one waits for something.
    Wait(Wait),
    /// How long one waits beside a loud neighbour.
    Beside(Beside),
    /// How much there is of something.
    Amount(Amount),
    /// What the figures above do not say.
    Note(Note),
}

/// A sentence below the tables.
#[derive(Debug, Serialize)]
pub struct Note {
    /// The sentence.
    pub text: String,
}

/// How much there is of something.
#[derive(Debug, Serialize)]
pub struct Amount {
    /// What was measured.
    pub what: String,
    /// How much.
    pub value: f64,
    /// The amount not to pass.
    pub reach: f64,
}

/// Two things measured in turn.
#[derive(Debug, Serialize)]
pub struct Ratio {
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
    /// The ratio not to pass; `None` where nothing is promised.
    pub reach: Option<f64>,
}

/// A wait, seen often.
#[derive(Debug, Serialize)]
pub struct Wait {
    /// What was waited for.
    pub what: String,
    /// How often.
    pub times: usize,
    /// Half of the waits were no longer, in ms.
    pub p50_ms: f64,
    /// All but one in a hundred were no longer, in ms.
    pub p99_ms: f64,
    /// The p99 not to pass, in ms; `None` where nothing is promised.
    pub reach_ms: Option<f64>,
}

/// A wait beside a loud neighbour, against the same when nothing else happens.
#[derive(Debug, Serialize)]
pub struct Beside {
    /// What was waited for.
    pub what: String,
    /// What the neighbour did.
    pub neighbour: String,
    /// p50 and p99 when nothing else happens, in ms.
    pub idle_ms: (f64, f64),
    /// p50 and p99 beside the neighbour, in ms.
    pub beside_ms: (f64, f64),
    /// The one divided by the other, for p50 and p99.
    pub ratio: (f64, f64),
}

/// One of the things measured in turn.
pub struct Side<'a> {
    what: String,
    reach: Option<f64>,
    units: f64,
    work: Box<dyn FnMut() -> Result<Duration> + 'a>,
}

impl<'a> Side<'a> {
    /// A side of this name, with the ratio not to pass.
    pub fn new(
        what: impl Into<String>,
        reach: Option<f64>,
        mut work: impl FnMut() -> Result<()> + 'a,
    ) -> Self {
        Self::timed(what, reach, move || {
            let started = Instant::now();
            work()?;
            Ok(started.elapsed())
        })
    }

    /// A side whose work tells how long it took, since not all that it does is counted.
    pub fn timed(
        what: impl Into<String>,
        reach: Option<f64>,
        work: impl FnMut() -> Result<Duration> + 'a,
    ) -> Self {
        Self {
            what: what.into(),
            reach,
            units: 1.0,
            work: Box::new(work),
        }
    }

    /// Says that one run does so many units of work: its time counts per unit.
    pub const fn of(mut self, units: f64) -> Self {
        self.units = units;
        self
    }

    fn run(&mut self) -> Result<f64> {
        Ok(ms((self.work)()?) / self.units)
    }
}

/// Runs both `rounds` times in turn, after one round that is not counted.
pub fn compare(
    what: &str,
    reach: f64,
    rounds: usize,
    ours: impl FnMut() -> Result<()>,
    against: impl FnMut() -> Result<()>,
) -> Result<Vec<Line>> {
    let mut ours = Side::new(what, Some(reach), ours);
    let mut against = Side::new("", None, against);
    ours.run()?;
    against.run()?;
    compare_all(rounds, vec![ours], against)
}

/// As [`compare`], several things against one, without a round before: their work has been done once.
pub fn compare_all(
    rounds: usize,
    mut ours: Vec<Side<'_>>,
    mut against: Side<'_>,
) -> Result<Vec<Line>> {
    let mut times = vec![Vec::with_capacity(rounds); ours.len()];
    for _ in 0..rounds {
        let mine = ours.iter_mut().map(Side::run).collect::<Result<Vec<_>>>()?;
        let other = against.run()?;
        for (times, mine) in times.iter_mut().zip(mine) {
            times.push((mine, other));
        }
    }
    let all = ours.into_iter().zip(times);
    Ok(all.map(|(side, times)| line(side, &times)).collect())
}

/// As [`compare_all`], one thing against several, which name the lines.
pub fn compare_with_all(
    rounds: usize,
    mut ours: Side<'_>,
    mut against: Vec<Side<'_>>,
) -> Result<Vec<Line>> {
    let mut times = vec![Vec::with_capacity(rounds); against.len()];
    for _ in 0..rounds {
        let mine = ours.run()?;
        for (times, other) in times.iter_mut().zip(&mut against) {
            times.push((mine, other.run()?));
        }
    }
    let all = against.into_iter().zip(times);
    Ok(all.map(|(side, times)| line(side, &times)).collect())
}

fn line(side: Side<'_>, times: &[(f64, f64)]) -> Line {
    let ratios = sorted(times.iter().map(|(ours, against)| ours / against));
    Line::Ratio(Ratio {
        what: side.what,
        ours_ms: median(&sorted(times.iter().map(|(ours, _)| *ours))),
        against_ms: median(&sorted(times.iter().map(|(_, against)| *against))),
        ratio: median(&ratios),
        spread: (
            ratios.first().copied().unwrap_or_default(),
            ratios.last().copied().unwrap_or_default(),
        ),
        reach: side.reach,
    })
}

/// The line of waits that were measured.
pub fn waits(what: &str, reach: impl Into<Option<Duration>>, waits: &[Duration]) -> Line {
    let (p50_ms, p99_ms) = p50_and_p99(waits);
    Line::Wait(Wait {
        what: what.to_owned(),
        times: waits.len(),
        p50_ms,
        p99_ms,
        reach_ms: reach.into().map(ms),
    })
}

/// The line of waits that were measured twice.
pub fn beside(what: &str, neighbour: &str, idle: &[Duration], disturbed: &[Duration]) -> Line {
    let (idle, disturbed) = (p50_and_p99(idle), p50_and_p99(disturbed));
    Line::Beside(Beside {
        what: what.to_owned(),
        neighbour: neighbour.to_owned(),
        idle_ms: idle,
        beside_ms: disturbed,
        ratio: (disturbed.0 / idle.0, disturbed.1 / idle.1),
    })
}

/// A sentence below the tables.
pub fn note(text: impl Into<String>) -> Line {
    Line::Note(Note { text: text.into() })
}

/// Half of the waits, and all but one in a hundred, were no longer, in ms.
pub fn p50_and_p99(waits: &[Duration]) -> (f64, f64) {
    let sorted = sorted(waits.iter().copied().map(ms));
    let p99 = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
    (
        median(&sorted),
        sorted.get(p99).copied().unwrap_or_default(),
    )
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values = values.collect::<Vec<_>>();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
