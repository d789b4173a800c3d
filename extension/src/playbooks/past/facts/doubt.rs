//! Owns what history cannot know, field by field: a value that rests on such a gap is given with the reason. Pure.

use crate::criteria::{BuiltInField, Field};

/// Why a value may not be what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The row of the account is recorded only since later.
    Row,
    /// There was a score, which ended without another one, at a moment that is not recorded.
    Score,
    /// The stays of the account are recorded only since later.
    Stay,
    /// What people did for the account has been changed or deleted since.
    Touch,
    /// The ARR of the account is recorded only since later.
    Arr,
}

impl Doubt {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Row, Self::Score, Self::Stay, Self::Touch, Self::Arr];

    /// For readers.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Row => "not recorded then; as it was first recorded later",
            Self::Score => "the score has ended since; the moment is not recorded",
            Self::Stay => "stages were not recorded then",
            Self::Touch => "calls, meetings, notes or tasks have been changed since",
            Self::Arr => "ARR was not recorded then",
        }
    }

    /// What a field may suffer from.
    pub fn of_field(field: &Field) -> &'static [Self] {
        let Field::BuiltIn(known) = field else {
            return &[Self::Row];
        };
        match known.field {
            BuiltInField::HealthScore
            | BuiltInField::ScoreChange30d
            | BuiltInField::UsageScore
            | BuiltInField::EngagementScore
            | BuiltInField::SupportScore
            | BuiltInField::AdoptionScore
            | BuiltInField::RiskLevel
            | BuiltInField::Confidence
            | BuiltInField::UrgentOpenDays
            | BuiltInField::SeatShare
            | BuiltInField::UsageTrend
            | BuiltInField::UsageOfBest
            | BuiltInField::Seats => &[Self::Score],
            BuiltInField::HealthBand => &[Self::Score, Self::Row],
            BuiltInField::Stage
            | BuiltInField::DaysInStage
            | BuiltInField::StageState
            | BuiltInField::OverdueMilestones => &[Self::Stay],
            BuiltInField::CountedArr => &[Self::Arr],
            BuiltInField::Arr
            | BuiltInField::Csm
            | BuiltInField::Status
            | BuiltInField::DaysToRenewal
            | BuiltInField::ContractEndDate
            | BuiltInField::Name
            | BuiltInField::ExternalId
            | BuiltInField::Industry
            | BuiltInField::HierarchyLevel
            | BuiltInField::Parent => &[Self::Row],
            BuiltInField::DaysSinceTouch => &[Self::Touch],
            // Usage counts by when it happened, however late it was sent.
            BuiltInField::Id
            | BuiltInField::Logins30d
            | BuiltInField::FeatureUsage30d
            | BuiltInField::ApiCalls30d
            | BuiltInField::SupportTickets30d
            | BuiltInField::DaysSinceLogin
            | BuiltInField::DaysSinceUsage => &[],
        }
    }
}
