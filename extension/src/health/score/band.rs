//! Owns the bands of risk. Pure.

use crate::pg::fault::Fault;

/// The database's `cs.risk_level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiskLevel {
    /// At or above the healthy threshold.
    Healthy,
    /// Between the two.
    AtRisk,
    /// Under the critical threshold.
    Critical,
}

impl RiskLevel {
    /// The level of a score from 0 to 100.
    pub const fn of(score: i32, bands: Bands) -> Self {
        if score >= bands.healthy {
            Self::Healthy
        } else if score >= bands.critical {
            Self::AtRisk
        } else {
            Self::Critical
        }
    }

    /// The label of `cs.risk_level`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Healthy => "Healthy",
            Self::AtRisk => "At Risk",
            Self::Critical => "Critical",
        }
    }

    /// The level that a label of `cs.risk_level` means.
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Healthy, Self::AtRisk, Self::Critical]
            .into_iter()
            .find(|it| it.label() == label)
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

/// Refuses what is not a valid score; `field` is what the caller calls it.
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
        let level = |score| RiskLevel::of(score, Bands::default()).label();
        assert_eq!(
            [100, 80, 79, 40, 39, 0].map(level),
            [
                "Healthy", "Healthy", "At Risk", "At Risk", "Critical", "Critical"
            ]
        );
    }

    #[test]
    fn a_label_is_read_back() {
        assert_eq!(RiskLevel::from_label("At Risk"), Some(RiskLevel::AtRisk));
        assert_eq!(RiskLevel::from_label("at risk"), None);
    }
}
