//! Waiting for a condition until a deadline, instead of sleeping for a fixed time.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

const STEP: Duration = Duration::from_millis(10);

/// Asks until there is an answer; fails after `within`, naming what was waited for.
pub fn until<T>(
    what: &str,
    within: Duration,
    mut ask: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + within;
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if Instant::now() >= deadline {
            bail!("{what}: not within {} ms", within.as_millis());
        }
        thread::sleep(STEP);
    }
}

/// Asks until the answer is true.
pub fn until_true(
    what: &str,
    within: Duration,
    mut ask: impl FnMut() -> Result<bool>,
) -> Result<()> {
    until(what, within, || Ok(ask()?.then_some(())))
}
