//! Owns the score of an account: four components, their mean, and how far it can be trusted. Pure and deterministic.

use super::clock::{Moment, days_between};
use super::component::adoption::score_adoption;
use super::component::engagement::score_engagement;
use super::component::support::score_support;
use super::component::usage::score_usage;
use super::evidence::Evidence;
use super::formula::{round_half_up, weighted};
use super::metric::{KINDS, MetricKind};
use super::parts::Component;
use super::yardstick::Yardstick;

/// How far a score can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confidence {
    /// Three quarters of the weights and four weeks of history, or more.
    High,
    /// In between.
    Medium,
    /// Under half of the weights or two weeks of history.
    Low,
}

impl Confidence {
    /// As stored in `health_scores.confidence`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }

    /// The one that a label means.
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::High, Self::Medium, Self::Low]
            .into_iter()
            .find(|it| it.label() == label)
    }
}

/// The score that evidence gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Usage, engagement, support, adoption.
    pub components: [Component; 4],
    /// Weighted mean of the components, before any cap; `None`: no data.
    pub raw: Option<i32>,
    /// Share of the weights that had data.
    pub coverage: f64,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether a part is measured from the last row of a feed that is out.
    pub is_stale: bool,
}

/// Scores an account. `weights` are those of the components, non-negative, not all zero.
pub fn compute_score(
    evidence: &Evidence,
    seats: Option<f64>,
    as_of: Moment,
    weights: &[f64; 4],
    yardstick: &Yardstick,
) -> Score {
    let components = [
        score_usage(evidence, yardstick),
        score_engagement(evidence, seats, yardstick),
        score_support(evidence, yardstick),
        score_adoption(evidence, yardstick),
    ];
    let scores = || components.iter().map(|it| it.score.map(f64::from));
    let known = weights
        .iter()
        .zip(scores())
        .filter(|(_, score)| score.is_some())
        .map(|(weight, _)| *weight)
        .sum::<f64>();
    let coverage = known / weights.iter().sum::<f64>();
    let history = evidence
        .first_seen
        .map_or(0.0, |first| days_between(first, as_of));
    Score {
        raw: weighted(weights.iter().copied().zip(scores())).map(round_half_up),
        coverage,
        confidence: confidence(coverage, history),
        is_stale: KINDS.iter().any(|kind| {
            yardstick.is_out[kind.index()]
                && match kind {
                    MetricKind::SupportTickets => components[2].score.is_some(),
                    _ => evidence.of(*kind).is_observed,
                }
        }),
        components,
    }
}

fn confidence(coverage: f64, history_days: f64) -> Confidence {
    if coverage < 0.5 || history_days < 14.0 {
        Confidence::Low
    } else if coverage >= 0.75 && history_days >= 28.0 {
        Confidence::High
    } else {
        Confidence::Medium
    }
}
