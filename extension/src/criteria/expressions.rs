//! Owns where the value of each field is in the tables: one SQL expression over aliases, and the joins it needs. Pure.
//!
//! An expression has the SQL type of its kind: numeric or integer, text, date, uuid for stages, members and accounts, jsonb
//! for CRM attributes. NULL is missing.

use super::built_in_fields::BuiltInField;

/// A table or subquery joined to `account`; they are in the order in which they can be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Join {
    /// `tenant`.
    Tenant,
    /// `stage`: the current one.
    Stage,
    /// `stay`: the one in the current stage.
    Stay,
    /// `model`: the quiet periods of the health model in force.
    Model,
    /// `counting`: the ARR that counts.
    Counting,
    /// `csm`: the profile of the member who looks after the account.
    Csm,
    /// `health`: the current score.
    Health,
    /// `month_ago`: the score of 30 days ago.
    MonthAgo,
    /// `touch`: the last call, e-mail, meeting, note or task done.
    Touch,
    /// `overdue`: open milestones past due.
    Overdue,
    /// `sum_<metric>`: usage of this metric over 30 days.
    Sum(&'static str),
    /// `last_<metric>`: when this metric was last recorded.
    Last(&'static str),
}

impl Join {
    /// The joins that have to come before it.
    pub const fn needs(self) -> &'static [Self] {
        match self {
            Self::Overdue => &[Self::Stage, Self::Stay],
            Self::Sum(_) => &[Self::Tenant, Self::Model],
            _ => &[],
        }
    }

    /// The SQL that follows `from cs.accounts as account`.
    pub fn sql(self) -> String {
        match self {
            Self::Tenant => "join cs.tenants as tenant on tenant.id = account.tenant_id".to_owned(),
            Self::Stage => "join cs.journey_stages as stage
                on stage.tenant_id = account.tenant_id and stage.name = account.current_stage"
                .to_owned(),
            Self::Stay => "left join cs.counted_stays as stay
                on stay.tenant_id = account.tenant_id and stay.account_id = account.id and stay.exited_at is null"
                .to_owned(),
            Self::Model => "left join (
                    select distinct on (tenant_id) tenant_id, quiet_periods
                    from cs.health_models
                    order by tenant_id, version desc
                ) as model on model.tenant_id = account.tenant_id"
                .to_owned(),
            Self::Counting => "join cs.counted_arr as counting
                on counting.tenant_id = account.tenant_id and counting.account_id = account.id"
                .to_owned(),
            Self::Csm => "left join cs.profiles as csm
                on csm.tenant_id = account.tenant_id and csm.user_id = account.csm_id"
                .to_owned(),
            Self::Health => "left join cs.health_scores as health
                on health.tenant_id = account.tenant_id and health.account_id = account.id and health.is_current"
                .to_owned(),
            Self::MonthAgo => "left join lateral
                cs.score_at(account.tenant_id, account.id, now() - interval '30 days') as month_ago on true"
                .to_owned(),
            Self::Touch => "left join lateral cs.last_touch(account.tenant_id, account.id, now()) as touch on true".to_owned(),
            Self::Overdue => OVERDUE.to_owned(),
            Self::Sum(metric) => sum(metric),
            Self::Last(metric) => last(metric),
        }
    }
}

/// SQL of this file as of another moment than now; `now()` is the only clock in it.
pub fn as_of(sql: &str, moment: &str) -> String {
    sql.replace("now()", moment)
}

/// As the view account_milestone_status counts them.
const OVERDUE: &str = "cross join lateral (
    select count(*) as milestones
    from cs.stage_milestones as milestone
    where milestone.tenant_id = stage.tenant_id
        and milestone.stage_id = stage.id
        and milestone.is_active
        and cs.milestone_due_at(stay.entered_at, milestone.due_after_days) < now()
        and not exists (
            select
            from cs.account_milestones as closed
            where closed.tenant_id = account.tenant_id
                and closed.account_id = account.id
                and closed.milestone_id = milestone.id
        )
) as overdue";

fn rows(metric: &str) -> String {
    format!(
        "from cs.usage_metrics as metric
        where metric.tenant_id = account.tenant_id
            and metric.account_id = account.id
            and metric.metric_type = '{metric}'
            and metric.recorded_at <= now()"
    )
}

/// The window is the one of health: days in the tenant's time zone, without quiet ones.
fn sum(metric: &str) -> String {
    let rows = rows(metric);
    format!(
        "cross join lateral (
            select coalesce(sum(metric.metric_value), (select 0 {rows} limit 1)) as total
            {rows}
                and metric.recorded_at > case
                    when coalesce(model.quiet_periods, '[]') = '[]' then
                        (cs.local_time(tenant.settings, now()) - interval '30 days') at time zone cs.time_zone(tenant.settings)
                    else cs.counted_days_before(now(), 30, cs.time_zone(tenant.settings), model.quiet_periods)
                end
        ) as sum_{metric}"
    )
}

fn last(metric: &str) -> String {
    let rows = rows(metric);
    format!(
        "cross join lateral (
            select max(metric.recorded_at) as at {rows} and metric.metric_value > 0
        ) as last_{metric}"
    )
}

/// Whole days since a moment, without quiet ones.
macro_rules! days_since {
    ($at:literal) => {
        concat!(
            "case when coalesce(model.quiet_periods, '[]') = '[]' then cs.days_between(",
            $at,
            ", now())
                else cs.counted_days(",
            $at,
            ", now(), cs.time_zone(tenant.settings), model.quiet_periods) end"
        )
    };
}

/// The expression of a built-in field and the joins it needs.
pub const fn expression_of(field: BuiltInField) -> (&'static str, &'static [Join]) {
    match field {
        BuiltInField::HealthScore => ("health.overall_score", &[Join::Health]),
        BuiltInField::ScoreChange30d => (
            "health.overall_score - month_ago.overall_score",
            &[Join::Health, Join::MonthAgo],
        ),
        BuiltInField::UsageScore => ("health.usage_score", &[Join::Health]),
        BuiltInField::EngagementScore => ("health.engagement_score", &[Join::Health]),
        BuiltInField::SupportScore => ("health.support_score", &[Join::Health]),
        BuiltInField::AdoptionScore => ("health.adoption_score", &[Join::Health]),
        BuiltInField::RiskLevel => ("health.risk_level::text", &[Join::Health]),
        BuiltInField::HealthBand => (
            "cs.health_band(account.status, health.risk_level::text, health.confidence)",
            &[Join::Health],
        ),
        BuiltInField::Confidence => (
            "case when health.id is not null then coalesce(health.confidence, 'medium') end",
            &[Join::Health],
        ),
        BuiltInField::UrgentOpenDays => (
            "(health.inputs ->> 'urgent_open_days')::numeric",
            &[Join::Health],
        ),
        BuiltInField::SeatShare => ("(health.inputs ->> 'seat_share')::numeric", &[Join::Health]),
        BuiltInField::UsageTrend => (
            "(health.inputs ->> 'usage_trend')::numeric",
            &[Join::Health],
        ),
        BuiltInField::UsageOfBest => (
            "(health.inputs ->> 'usage_of_best')::numeric",
            &[Join::Health],
        ),
        BuiltInField::Seats => ("(health.inputs ->> 'seats')::numeric", &[Join::Health]),
        BuiltInField::Stage => ("stage.id", &[Join::Stage]),
        BuiltInField::DaysInStage => ("cs.days_between(stay.entered_at, now())", &[Join::Stay]),
        BuiltInField::StageState => (
            "cs.stage_state(extract(epoch from now() - stay.entered_at), stage.target_duration_days)",
            &[Join::Stage, Join::Stay],
        ),
        BuiltInField::OverdueMilestones => ("overdue.milestones", &[Join::Overdue]),
        BuiltInField::Arr => ("account.arr", &[]),
        BuiltInField::CountedArr => ("counting.arr", &[Join::Counting]),
        BuiltInField::Csm => ("account.csm_id", &[]),
        BuiltInField::Status => ("account.status::text", &[]),
        BuiltInField::DaysToRenewal => (
            "cs.days_to_renewal(account.contract_end_date, tenant.settings, now())",
            &[Join::Tenant],
        ),
        BuiltInField::ContractEndDate => ("account.contract_end_date", &[]),
        BuiltInField::Name => ("account.name", &[]),
        BuiltInField::ExternalId => ("account.external_id", &[]),
        BuiltInField::Industry => ("account.crm_attributes ->> 'industry'", &[]),
        BuiltInField::HierarchyLevel => ("account.hierarchy_level", &[]),
        BuiltInField::Parent => ("account.parent_id", &[]),
        BuiltInField::Id => ("account.id", &[]),
        BuiltInField::Logins30d => ("sum_logins.total", &[Join::Sum("logins")]),
        BuiltInField::FeatureUsage30d => ("sum_feature_usage.total", &[Join::Sum("feature_usage")]),
        BuiltInField::ApiCalls30d => ("sum_api_calls.total", &[Join::Sum("api_calls")]),
        BuiltInField::SupportTickets30d => {
            ("sum_support_tickets.total", &[Join::Sum("support_tickets")])
        }
        BuiltInField::DaysSinceLogin => (
            days_since!("last_logins.at"),
            &[Join::Tenant, Join::Model, Join::Last("logins")],
        ),
        BuiltInField::DaysSinceUsage => (
            days_since!("greatest(last_logins.at, last_feature_usage.at, last_api_calls.at)"),
            &[
                Join::Tenant,
                Join::Model,
                Join::Last("logins"),
                Join::Last("feature_usage"),
                Join::Last("api_calls"),
            ],
        ),
        BuiltInField::DaysSinceTouch => (
            "cs.days_between(coalesce(touch.happened_at, account.created_at), now())",
            &[Join::Touch],
        ),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::built_in_fields::FIELDS;

    #[test]
    fn now_is_the_only_clock() {
        for definition in &FIELDS {
            let (expression, joins) = expression_of(definition.field);
            let sql = joins.iter().map(|join| join.sql());
            let sql = sql.fold(expression.to_owned(), |all, join| all + &join);
            let sql = as_of(&sql, "account.at");
            for clock in [
                "now(",
                "current_date",
                "current_time",
                "clock_",
                "statement_",
                "transaction_",
                "localtime",
            ] {
                assert!(!sql.contains(clock), "{}: {clock}", definition.name);
            }
        }
    }
}
