//! Owns the four components of a score, one file each: of every part the numbers, the formula and the sentence that
//! explains it. Pure; the formulas are those of the table in README, "Health".

pub mod adoption;
pub mod engagement;
mod recency;
pub mod support;
pub mod usage;

/// Why a part is missing: such rows never came.
const NEVER: &str = "never observed for this account";
