//! Owns the list of built-in fields: the name, type and meaning of each. Pure.

use super::field_kind::FieldKind;
use crate::stages::AccountStatus;

/// What is known of a built-in field.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldDefinition {
    /// The field itself.
    pub field: BuiltInField,
    /// Its name, as criteria write it.
    pub name: &'static str,
    /// Its label, as pages show it.
    pub label: &'static str,
    /// Its type.
    pub kind: FieldKind,
    /// What it means, with its unit, and when it is missing.
    pub description: &'static str,
}

/// The built-in fields; the list below explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltInField {
    HealthScore,
    ScoreChange30d,
    UsageScore,
    EngagementScore,
    SupportScore,
    AdoptionScore,
    RiskLevel,
    HealthBand,
    Confidence,
    UrgentOpenDays,
    SeatShare,
    UsageTrend,
    UsageOfBest,
    Seats,
    Stage,
    DaysInStage,
    StageState,
    OverdueMilestones,
    Arr,
    CountedArr,
    Csm,
    Status,
    DaysToRenewal,
    ContractEndDate,
    Name,
    ExternalId,
    Industry,
    HierarchyLevel,
    Parent,
    Id,
    Logins30d,
    FeatureUsage30d,
    ApiCalls30d,
    SupportTickets30d,
    DaysSinceLogin,
    DaysSinceUsage,
    DaysSinceTouch,
}

const fn define(
    field: BuiltInField,
    name: &'static str,
    label: &'static str,
    kind: FieldKind,
    description: &'static str,
) -> FieldDefinition {
    FieldDefinition {
        field,
        name,
        label,
        kind,
        description,
    }
}

/// All of them, in the order readers meet them.
#[rustfmt::skip]
pub static FIELDS: [FieldDefinition; 37] = [
    define(BuiltInField::HealthScore, "health_score", "Health score", FieldKind::Number,
        "Current health, 0 to 100; missing without data."),
    define(BuiltInField::ScoreChange30d, "score_change_30d", "Change of health, 30 days", FieldKind::Number,
        "Points gained or lost against the score of 30 days ago; missing where there was none."),
    define(BuiltInField::UsageScore, "usage_score", "Usage score", FieldKind::Number,
        "Usage component of the current health, 0 to 100; missing without data."),
    define(BuiltInField::EngagementScore, "engagement_score", "Engagement score", FieldKind::Number,
        "Engagement component of the current health, 0 to 100; missing without data."),
    define(BuiltInField::SupportScore, "support_score", "Support score", FieldKind::Number,
        "Support component of the current health, 0 to 100; missing without data."),
    define(BuiltInField::AdoptionScore, "adoption_score", "Adoption score", FieldKind::Number,
        "Adoption component of the current health, 0 to 100; missing without data."),
    define(BuiltInField::RiskLevel, "risk_level", "Risk level", FieldKind::Choice(&["Healthy", "At Risk", "Critical"]),
        "Band of the current health; missing without data."),
    define(BuiltInField::HealthBand, "health_band", "Part of the health chart",
        FieldKind::Choice(&["Healthy", "At Risk", "Critical", "No data", "Uncertain", "Paused"]),
        "Where charts of health show the account: its risk level; or No data, Uncertain (a score of low confidence) or Paused."),
    define(BuiltInField::Confidence, "confidence", "Confidence", FieldKind::Choice(&["high", "medium", "low"]),
        "How well founded the current health is; a score without a confidence counts as medium; missing without a score."),
    define(BuiltInField::UrgentOpenDays, "urgent_open_days", "Urgent ticket open, days", FieldKind::Number,
        "For how many days, with fractions, the oldest urgent or critical ticket had been open at the current health; missing where none was, and where the score was imported."),
    define(BuiltInField::SeatShare, "seat_share", "Seats in use, percent", FieldKind::Number,
        "People who signed in within 30 days in percent of the seats, 0 to 100, at the current health; missing under 28 days of history, where either is unknown, and where the score was imported."),
    define(BuiltInField::UsageTrend, "usage_trend", "Usage trend", FieldKind::Number,
        "Score of the trend of usage at the current health, 0 (half or less of what was usual) to 100; missing without a baseline, and where the score was imported."),
    define(BuiltInField::UsageOfBest, "usage_of_best", "Use of best quarter, percent", FieldKind::Number,
        "The median week of the last 13 in percent of the best such median that ended within a year, 0 to 100, at the current health; missing under 26 weeks of history, and where the score was imported."),
    define(BuiltInField::Seats, "seats", "Seats", FieldKind::Number,
        "Seats that the current health was computed with: crm_attributes.seats, else the last told by usage; missing where they are unknown, and where the score was imported."),
    define(BuiltInField::Stage, "stage", "Stage", FieldKind::Stage,
        "Current stage of the journey, entered by name or id, stored by id."),
    define(BuiltInField::DaysInStage, "days_in_stage", "Days in stage", FieldKind::Number,
        "Whole days of 24 hours in the current stage."),
    define(BuiltInField::StageState, "stage_state", "Pace in stage", FieldKind::Choice(&["on_track", "behind", "stuck"]),
        "on_track up to the target of the current stage, behind up to 1.5 times it, stuck beyond; missing without a target."),
    define(BuiltInField::OverdueMilestones, "overdue_milestones", "Overdue milestones", FieldKind::Number,
        "How many milestones of the current stage are open although they are past due."),
    define(BuiltInField::Arr, "arr", "ARR", FieldKind::Number,
        "Annual recurring revenue in the tenant's currency; missing where it is unknown."),
    define(BuiltInField::CountedArr, "counted_arr", "ARR that counts", FieldKind::Number,
        "What the account adds to every sum of ARR: 0 once lost or where ARR is unknown; without that of its children where the tenant's parents include it."),
    define(BuiltInField::Csm, "csm", "CSM", FieldKind::Member,
        "The member who looks after the account, entered by e-mail address, full name or user id, stored by user id."),
    define(BuiltInField::Status, "status", "Status", FieldKind::Choice(&AccountStatus::LABELS),
        "Whether the account is active."),
    define(BuiltInField::DaysToRenewal, "days_to_renewal", "Days to renewal", FieldKind::Number,
        "Days from today, in the tenant's time zone, to the end of the contract; negative once it has passed."),
    define(BuiltInField::ContractEndDate, "contract_end_date", "End of contract", FieldKind::Date,
        "The day the contract ends, as YYYY-MM-DD."),
    define(BuiltInField::Name, "name", "Name", FieldKind::Text,
        "Name of the account."),
    define(BuiltInField::ExternalId, "external_id", "External id", FieldKind::Text,
        "The id of the account in the system it comes from."),
    define(BuiltInField::Industry, "industry", "Industry", FieldKind::Text,
        "Industry, from crm_attributes.industry."),
    define(BuiltInField::HierarchyLevel, "hierarchy_level", "Level in the tree", FieldKind::Number,
        "0 for an account without a parent, 1 for its subsidiaries, and so on."),
    define(BuiltInField::Parent, "parent", "Parent", FieldKind::Account,
        "The account directly above, by id; missing at the top."),
    define(BuiltInField::Id, "id", "Account", FieldKind::Account,
        "The account itself, by id: how a selection is written."),
    define(BuiltInField::Logins30d, "logins_30d", "Logins, 30 days", FieldKind::Number,
        "Sum over the last 30 days, quiet periods left out; 0 after silence, missing where logins were never recorded."),
    define(BuiltInField::FeatureUsage30d, "feature_usage_30d", "Feature usage, 30 days", FieldKind::Number,
        "Sum over the last 30 days, quiet periods left out; 0 after silence, missing where feature usage was never recorded."),
    define(BuiltInField::ApiCalls30d, "api_calls_30d", "API calls, 30 days", FieldKind::Number,
        "Sum over the last 30 days, quiet periods left out; 0 after silence, missing where API calls were never recorded."),
    define(BuiltInField::SupportTickets30d, "support_tickets_30d", "Support tickets, 30 days", FieldKind::Number,
        "Sum over the last 30 days, quiet periods left out; 0 after silence, missing where support tickets were never recorded."),
    define(BuiltInField::DaysSinceLogin, "days_since_login", "Days since login", FieldKind::Number,
        "Whole days of 24 hours since logins were last recorded, quiet periods left out; missing where they never were."),
    define(BuiltInField::DaysSinceUsage, "days_since_usage", "Days since usage", FieldKind::Number,
        "Whole days of 24 hours since logins, feature usage or API calls were last recorded, quiet periods left out; missing where they never were."),
    define(BuiltInField::DaysSinceTouch, "days_since_touch", "Days since touch", FieldKind::Number,
        "Whole days of 24 hours since the last call, e-mail, meeting, note or task done; since the account was made where there was none."),
];

/// The name and description that stand for all CRM attributes in the list.
pub const ANY_ATTRIBUTE: (&str, &str) = (
    "crm_attributes.*",
    "Any CRM attribute, by its keys joined by dots; compared where it has the type of the value given. Dates are text written as YYYY-MM-DD; contains also finds an array with the text. A number to compare with keeps about 17 digits.",
);

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::field::Field;
    use std::collections::HashSet;

    #[test]
    fn every_field_is_found_by_its_own_name_and_is_one_of_a_kind() {
        for definition in &FIELDS {
            assert_eq!(
                Field::find(definition.name),
                Some(Field::BuiltIn(definition)),
                "{}",
                definition.name
            );
            assert!(definition.description.ends_with('.'), "{}", definition.name);
        }
        let labels: HashSet<_> = FIELDS.iter().map(|it| it.label).collect();
        assert_eq!(labels.len(), FIELDS.len());
        assert_eq!(
            Field::find(ANY_ATTRIBUTE.0).map(|it| it.kind()),
            Some(FieldKind::Any)
        );
    }
}
