//! Owns the four components of a score, one file each: of every part the numbers, the formula and the sentence that
//! explains it. Pure; the formulas are those of the table in extension/docs/health.md.

pub mod adoption;
pub mod engagement;
mod recency;
pub mod support;
pub mod usage;

use super::clock::DAY;
use super::evidence::UsageSums;
use super::sentence::day;

/// Why a part is missing: such rows never came.
const NEVER: &str = "never observed for this account";

/// Why a kind of usage is left out although it was observed once.
fn left_out(metric: &UsageSums) -> Option<String> {
    if !metric.is_observed() {
        return Some(NEVER.to_owned());
    }
    let since = metric.unused_since?;
    Some(format!(
        "no longer used since {}: something else is used instead",
        day(since.saturating_mul(DAY))
    ))
}
