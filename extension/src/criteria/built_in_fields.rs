//! Owns the list of built-in fields: what each is called, of which type it is and what it means. Pure.

use super::kind::Kind;
use crate::stages::AccountStatus;

/// A built-in field.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// For code that finds its value.
    pub known: Known,
    /// As criteria write it.
    pub name: &'static str,
    /// As pages show it.
    pub label: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it means, with its unit, and when it is missing.
    pub description: &'static str,
}

/// The built-in fields by themselves; the list below explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    HealthScore,
    ScoreChange30d,
    UsageScore,
    EngagementScore,
    SupportScore,
    AdoptionScore,
    RiskLevel,
    Confidence,
    Stage,
    DaysInStage,
    StageState,
    OverdueMilestones,
    Arr,
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

const fn field(
    known: Known,
    name: &'static str,
    label: &'static str,
    kind: Kind,
    description: &'static str,
) -> Definition {
    Definition {
        known,
        name,
        label,
        kind,
        description,
    }
}

/// All of them, in the order readers meet them.
#[rustfmt::skip]
pub static FIELDS: [Definition; 30] = [
    field(Known::HealthScore, "health_score", "Health score", Kind::Number,
        "Current health, 0 to 100; missing without data."),
    field(Known::ScoreChange30d, "score_change_30d", "Change of health, 30 days", Kind::Number,
        "Points gained or lost against the score of 30 days ago; missing where there was none."),
    field(Known::UsageScore, "usage_score", "Usage score", Kind::Number,
        "Usage component of the current health, 0 to 100; missing without data."),
    field(Known::EngagementScore, "engagement_score", "Engagement score", Kind::Number,
        "Engagement component of the current health, 0 to 100; missing without data."),
    field(Known::SupportScore, "support_score", "Support score", Kind::Number,
        "Support component of the current health, 0 to 100; missing without data."),
    field(Known::AdoptionScore, "adoption_score", "Adoption score", Kind::Number,
        "Adoption component of the current health, 0 to 100; missing without data."),
    field(Known::RiskLevel, "risk_level", "Risk level", Kind::Choice(&["Healthy", "At Risk", "Critical"]),
        "Band of the current health; missing without data."),
    field(Known::Confidence, "confidence", "Confidence", Kind::Choice(&["high", "medium", "low"]),
        "How well founded the current health is; a score that does not say counts as medium; missing without a score."),
    field(Known::Stage, "stage", "Stage", Kind::Stage,
        "Present stage of the journey, entered by name or id, stored by id."),
    field(Known::DaysInStage, "days_in_stage", "Days in stage", Kind::Number,
        "Whole days of 24 hours in the present stage."),
    field(Known::StageState, "stage_state", "Pace in stage", Kind::Choice(&["on_track", "behind", "stuck"]),
        "on_track up to the target of the present stage, behind up to 1.5 times it, stuck beyond; missing without a target."),
    field(Known::OverdueMilestones, "overdue_milestones", "Overdue milestones", Kind::Number,
        "How many milestones of the present stage are open although their time has passed."),
    field(Known::Arr, "arr", "ARR", Kind::Number,
        "Annual recurring revenue in the tenant's currency; missing where it is unknown."),
    field(Known::Csm, "csm", "CSM", Kind::Member,
        "Who looks after the account, entered by e-mail, full name or user id, stored by user id."),
    field(Known::Status, "status", "Status", Kind::Choice(&AccountStatus::LABELS),
        "Whether the account is active."),
    field(Known::DaysToRenewal, "days_to_renewal", "Days to renewal", Kind::Number,
        "Days from today, in the tenant's time zone, to the end of the contract; negative once it has passed."),
    field(Known::ContractEndDate, "contract_end_date", "End of contract", Kind::Date,
        "The day the contract ends, as YYYY-MM-DD."),
    field(Known::Name, "name", "Name", Kind::Text,
        "Name of the account."),
    field(Known::ExternalId, "external_id", "External id", Kind::Text,
        "The id of the account in the system it comes from."),
    field(Known::Industry, "industry", "Industry", Kind::Text,
        "Industry, from crm_attributes.industry."),
    field(Known::HierarchyLevel, "hierarchy_level", "Level in the tree", Kind::Number,
        "0 for an account without a parent, 1 for its subsidiaries, and so on."),
    field(Known::Parent, "parent", "Parent", Kind::Account,
        "The account directly above, by id; missing at the top."),
    field(Known::Id, "id", "Account", Kind::Account,
        "The account itself, by id: how a selection is written."),
    field(Known::Logins30d, "logins_30d", "Logins, 30 days", Kind::Number,
        "Sum over the last 30 days; 0 after silence, missing where logins were never recorded."),
    field(Known::FeatureUsage30d, "feature_usage_30d", "Feature usage, 30 days", Kind::Number,
        "Sum over the last 30 days; 0 after silence, missing where feature usage was never recorded."),
    field(Known::ApiCalls30d, "api_calls_30d", "API calls, 30 days", Kind::Number,
        "Sum over the last 30 days; 0 after silence, missing where API calls were never recorded."),
    field(Known::SupportTickets30d, "support_tickets_30d", "Support tickets, 30 days", Kind::Number,
        "Sum over the last 30 days; 0 after silence, missing where support tickets were never recorded."),
    field(Known::DaysSinceLogin, "days_since_login", "Days since login", Kind::Number,
        "Whole days of 24 hours since logins were last recorded; missing where they never were."),
    field(Known::DaysSinceUsage, "days_since_usage", "Days since usage", Kind::Number,
        "Whole days of 24 hours since logins, feature usage or API calls were last recorded; missing where they never were."),
    field(Known::DaysSinceTouch, "days_since_touch", "Days since touch", Kind::Number,
        "Whole days of 24 hours since the last call, e-mail, meeting, note or task done; missing where there was none."),
];

/// What stands in the list for all CRM attributes.
pub const ANY_ATTRIBUTE: (&str, &str) = (
    "crm_attributes.*",
    "Anything the CRM knows, by its keys joined by dots; compared where it has the type of the value given. Days are text written as YYYY-MM-DD; contains finds an array that has the text. A number to compare with keeps about 17 digits.",
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
                Some(Field::Known(definition)),
                "{}",
                definition.name
            );
            assert!(definition.description.ends_with('.'), "{}", definition.name);
        }
        let labels: HashSet<_> = FIELDS.iter().map(|it| it.label).collect();
        assert_eq!(labels.len(), FIELDS.len());
        assert_eq!(
            Field::find(ANY_ATTRIBUTE.0).map(|it| it.kind()),
            Some(Kind::Any)
        );
    }
}
