//! Owns what a row of health_scores says of itself: where its score comes from, why it was added, and what the current
//! one shows. Pure.

use crate::health::score::band::RiskLevel;
use crate::health::score::clock::Moment;
use crate::health::score::overall::Confidence;
use crate::pg::fault::Fault;

/// Where a score comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreSource {
    /// The formulas.
    Computed,
    /// A caller who inserted it.
    Imported,
    /// A person who set it in place of the computed one.
    Override,
}

impl ScoreSource {
    /// As stored in `health_scores.source`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Imported => "imported",
            Self::Override => "override",
        }
    }

    /// The source that a label means.
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Computed, Self::Imported, Self::Override]
            .into_iter()
            .find(|it| it.label() == label)
    }
}

/// Why the engine added a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScoreCause {
    /// Usage arrived.
    Data,
    /// The account's own row changed.
    Account,
    /// The daily pass found another score.
    Time,
    /// Someone asked for it.
    Refresh,
    /// A model was published.
    Model,
    /// An override was set or ended.
    Override,
    /// Nothing has changed since yesterday.
    Heartbeat,
}

impl ScoreCause {
    /// As stored in `health_scores.cause`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Account => "account",
            Self::Time => "time",
            Self::Refresh => "refresh",
            Self::Model => "model",
            Self::Override => "override",
            Self::Heartbeat => "heartbeat",
        }
    }
}

/// The current row of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct CurrentScore {
    /// What it shows.
    pub overall: i32,
    /// Before cap and override.
    pub raw: Option<i32>,
    /// Usage, engagement, support, adoption.
    pub components: [Option<i32>; 4],
    /// The band of what it shows.
    pub level: RiskLevel,
    /// How far it can be trusted; `None` where imported.
    pub confidence: Option<Confidence>,
    /// Whether a feed was out.
    pub is_stale: bool,
    /// Version of the model; `None` where imported.
    pub version: Option<i32>,
    /// Where it comes from.
    pub source: ScoreSource,
    /// When it became current.
    pub created_at: Moment,
}

/// An account as its next row finds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AccountState {
    /// Lost: its last score stays.
    pub is_churned: bool,
    /// Its current row.
    pub current: Option<CurrentScore>,
    /// The score that a person set, while the override lasts.
    pub override_score: Option<i32>,
}

/// What a label of a column means.
pub fn read_label<T>(
    column: &str,
    label: &str,
    from_label: impl FnOnce(&str) -> Option<T>,
) -> Result<T, Fault> {
    from_label(label).ok_or_else(|| Fault::internal(format!("{column} cannot be \"{label}\"")))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_label_is_read_back() {
        for source in [
            ScoreSource::Computed,
            ScoreSource::Imported,
            ScoreSource::Override,
        ] {
            assert_eq!(ScoreSource::from_label(source.label()), Some(source));
        }
        for confidence in [Confidence::High, Confidence::Medium, Confidence::Low] {
            assert_eq!(Confidence::from_label(confidence.label()), Some(confidence));
        }
        assert!(read_label("source", "guessed", ScoreSource::from_label).is_err());
    }
}
