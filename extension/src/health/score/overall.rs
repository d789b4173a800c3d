//! Owns the score of an account: four components, their mean, and how far it can be trusted. Pure and deterministic.

use super::component::adoption::score_adoption;
use super::component::engagement::score_engagement;
use super::component::support::score_support;
use super::component::usage::score_usage;
use super::evidence::Evidence;
use super::facts::{ScoreFacts, collect_facts};
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
    /// What caps can ask about, beside the scores.
    pub facts: ScoreFacts,
}

/// Scores an account. `seats` are those of its own attributes; `weights` are those of the components, non-negative, not
/// all zero.
pub fn compute_score(
    evidence: &Evidence,
    seats: Option<f64>,
    weights: &[f64; 4],
    yardstick: &Yardstick,
) -> Score {
    let seats = seats.or(evidence.seats.map(|(_, seats)| seats));
    let tickets = evidence
        .tickets
        .load(yardstick.clock(MetricKind::SupportTickets));
    let components = [
        score_usage(evidence, yardstick),
        score_engagement(evidence, seats, yardstick),
        score_support(evidence, &tickets, seats, yardstick),
        score_adoption(evidence, yardstick),
    ];
    let known = weights
        .iter()
        .zip(&components)
        .filter(|(_, component)| component.score.is_some())
        .map(|(weight, _)| *weight)
        .sum::<f64>();
    let coverage = known / weights.iter().sum::<f64>();
    let facts = collect_facts(evidence, (seats, &tickets), &components[0], yardstick);
    Score {
        raw: raw_score(weights, &components),
        coverage,
        confidence: confidence(coverage, evidence, yardstick),
        is_stale: is_stale(evidence, &components[2], yardstick),
        components,
        facts,
    }
}

/// The weighted mean of the components, rounded half up.
pub fn raw_score(weights: &[f64; 4], components: &[Component; 4]) -> Option<i32> {
    let scores = components.iter().map(|it| it.score.map(f64::from));
    weighted(weights.iter().copied().zip(scores)).map(round_half_up)
}

fn is_stale(evidence: &Evidence, support: &Component, yardstick: &Yardstick) -> bool {
    KINDS.iter().any(|kind| {
        yardstick.is_out[kind.index()]
            && match kind {
                MetricKind::SupportTickets => support.score.is_some(),
                _ => evidence.of(*kind).is_measured(),
            }
    })
}

fn confidence(coverage: f64, evidence: &Evidence, yardstick: &Yardstick) -> Confidence {
    let history = yardstick.history_days(evidence);
    let has_moved_on = evidence.metrics.iter().any(|it| it.unused_since.is_some());
    if coverage < 0.5 || history < 14.0 {
        Confidence::Low
    } else if coverage >= 0.75 && history >= 28.0 && !has_moved_on {
        Confidence::High
    } else {
        Confidence::Medium
    }
}
