//! Owns the SQL of each kind of event: one file, whose first two arguments are the tenant and the accounts to look among.

use crate::criteria;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::playbooks::definition::AwaitedEvent;
use pgrx::datum::DatumWithOid;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};

/// A query with the columns account_id, subject, event, stale and uncertain.
pub struct StandingQuery {
    /// Its text; it can stand in parentheses.
    pub text: &'static str,
    /// The values of $1, $2 and so on.
    pub arguments: Vec<DatumWithOid<'static>>,
}

impl StandingQuery {
    /// The query of what a playbook waits for, in a tenant, among these accounts or all.
    pub fn of(tenant: Uuid, awaited: &AwaitedEvent, among: Option<&[Uuid]>) -> Result<Self, Fault> {
        let among = match awaited {
            AwaitedEvent::AttributeChange { to: Some(to), .. } => {
                let condition = to.condition.to_json();
                Some(criteria::find_matching(Some(tenant), &condition, among)?)
            }
            _ => among.map(<[Uuid]>::to_vec),
        };
        let (text, own) = query_of_kind(awaited)?;
        let mut arguments = vec![tenant.into(), among.into()];
        arguments.extend(own);
        Ok(Self { text, arguments })
    }
}

/// What is known of an event that is everybody's.
fn values_of(awaited: &AwaitedEvent) -> Value {
    match awaited {
        AwaitedEvent::AttributeChange { field, to } => match to {
            Some(to) => json!({ "field": field.name(), "to": to.written }),
            None => json!({ "field": field.name() }),
        },
        AwaitedEvent::Schedule { cron } => json!({ "cron": cron.as_written() }),
        _ => json!({}),
    }
}

/// The query of a kind, and its arguments beyond the first two.
fn query_of_kind(
    awaited: &AwaitedEvent,
) -> Result<(&'static str, Vec<DatumWithOid<'static>>), Fault> {
    Ok(match awaited {
        AwaitedEvent::HealthDrop { threshold } => (
            include_str!("sql/health_drop.sql"),
            vec![(*threshold).into()],
        ),
        AwaitedEvent::HealthDropBy { points, days } => (
            include_str!("sql/health_drop_by.sql"),
            vec![(*points).into(), (*days).into()],
        ),
        AwaitedEvent::RiskLevelChange { to } => (
            include_str!("sql/risk_level_change.sql"),
            vec![to.clone().into()],
        ),
        AwaitedEvent::ComponentBelow {
            component,
            threshold,
        } => (
            include_str!("sql/component_below.sql"),
            vec![component.clone().into(), (*threshold).into()],
        ),
        AwaitedEvent::StageEnter { stage } => {
            (include_str!("sql/stage_enter.sql"), vec![stored_id(stage)?])
        }
        AwaitedEvent::StageExit { stage } => {
            (include_str!("sql/stage_exit.sql"), vec![stored_id(stage)?])
        }
        AwaitedEvent::StageStuck { stage } => {
            (include_str!("sql/stage_stuck.sql"), vec![stored_id(stage)?])
        }
        AwaitedEvent::UsageDecline {
            metric,
            percent,
            days,
        } => (
            include_str!("sql/usage_decline.sql"),
            vec![metric.clone().into(), (*percent).into(), (*days).into()],
        ),
        AwaitedEvent::MetricAbsent { metric, days } => (
            include_str!("sql/metric_absent.sql"),
            vec![metric.clone().into(), (*days).into()],
        ),
        AwaitedEvent::TicketSpike => (include_str!("sql/ticket_spike.sql"), Vec::new()),
        AwaitedEvent::ContractEnding { days } => (
            include_str!("sql/contract_ending.sql"),
            vec![(*days).into()],
        ),
        AwaitedEvent::MilestoneOverdue { milestone } => (
            include_str!("sql/milestone_overdue.sql"),
            vec![stored_id(milestone)?],
        ),
        AwaitedEvent::AttributeChange { .. }
        | AwaitedEvent::Schedule { .. }
        | AwaitedEvent::Manual => (
            include_str!("sql/everybody.sql"),
            vec![JsonB(values_of(awaited)).into()],
        ),
    })
}

/// The id of a stage or milestone as it is stored, or NULL for any.
fn stored_id(stored: &Option<String>) -> Result<DatumWithOid<'static>, Fault> {
    let read = |text: &str| {
        id::parse(text)
            .ok_or_else(|| Fault::internal("a stage or milestone is not stored by its id"))
    };
    Ok(stored.as_deref().map(read).transpose()?.into())
}
