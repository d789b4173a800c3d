//! Owns the bands of risk. Pure.

use crate::pg::fault::Fault;

/// The database's `cs.risk_level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// At or above the healthy threshold.
    Healthy,
    /// Between the two.
    AtRisk,
    /// Under the critical threshold.
    Critical,
}

impl Level {
    /// The label of `cs.risk_level`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Healthy => "Healthy",
            Self::AtRisk => "At Risk",
            Self::Critical => "Critical",
        }
    }
}

/// Where the bands begin: 0 < critical < healthy <= 100.
#[derive(Debug, Clone, Copy)]
pub struct Bands {
    /// The lowest healthy score.
    pub healthy: i32,
    /// The lowest score that is not critical.
    pub critical: i32,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            healthy: 80,
            critical: 40,
        }
    }
}

/// The risk that a score from 0 to 100 means.
pub const fn risk_of(score: i32, bands: Bands) -> Level {
    if score >= bands.healthy {
        Level::Healthy
    } else if score >= bands.critical {
        Level::AtRisk
    } else {
        Level::Critical
    }
}

/// Refuses what is no score.
pub fn check_score(field: &str, score: i32) -> Result<(), Fault> {
    if (0..=100).contains(&score) {
        return Ok(());
    }
    Err(Fault::invalid(
        field,
        format!("{field} must be from 0 to 100, not {score}"),
    ))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_threshold_belongs_to_the_better_band() {
        let risks = [100, 80, 79, 40, 39, 0].map(|score| risk_of(score, Bands::default()).label());
        assert_eq!(
            risks,
            [
                "Healthy", "Healthy", "At Risk", "At Risk", "Critical", "Critical"
            ]
        );
    }
}
