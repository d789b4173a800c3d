//! Owns what a playbook can wait for. Pure.

use super::cron::Cron;
use crate::criteria::{Criteria, Field};
use serde_json::{Map, Value, json};

/// Where an event stands in `trigger_criteria`.
pub const AT: &str = "trigger_criteria.event";

/// The kinds of event and the keys that each has, in the order in which readers meet them.
pub const KINDS: [(&str, &[&str]); 15] = [
    ("health_drop", &["threshold"]),
    ("health_drop_by", &["points", "days"]),
    ("risk_level_change", &["to"]),
    ("component_below", &["component", "threshold"]),
    ("stage_enter", &["stage"]),
    ("stage_exit", &["stage"]),
    ("stage_stuck", &["stage"]),
    ("usage_decline", &["metric", "percent", "days"]),
    ("metric_absent", &["metric", "days"]),
    ("ticket_spike", &[]),
    ("contract_ending", &["days"]),
    ("milestone_overdue", &["milestone"]),
    ("attribute_change", &["field", "to"]),
    ("schedule", &["cron"]),
    ("manual", &[]),
];

/// What a playbook waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AwaitedEvent {
    /// The score falls from the threshold or above, or from nothing, to under it.
    HealthDrop { threshold: i32 },
    /// The score has lost this many points against the highest of the last days.
    HealthDropBy { points: i32, days: i32 },
    /// The risk level becomes this one.
    RiskLevelChange { to: String },
    /// A component falls from the threshold or above, or from nothing, to under it.
    ComponentBelow { component: String, threshold: i32 },
    /// The account enters a stage, by name as entered and by id as stored; `None` is any.
    StageEnter { stage: Option<String> },
    /// The account leaves a stage; `None` is any.
    StageExit { stage: Option<String> },
    /// The account has been in a stage for more than 1.5 times its target; `None` is any.
    StageStuck { stage: Option<String> },
    /// The sum of a type of usage over the last days is at least so many percent under that of the days before.
    UsageDecline {
        metric: String,
        percent: i32,
        days: i32,
    },
    /// A type of usage that was recorded before has not been for so many days.
    MetricAbsent { metric: String, days: i32 },
    /// At least 3 tickets in 7 days, and at least twice as many as usual.
    TicketSpike,
    /// The contract ends within so many days.
    ContractEnding { days: i32 },
    /// A milestone of the current stage is open past its due date, by title or id; `None` is any.
    MilestoneOverdue { milestone: Option<String> },
    /// A field of the account changes; where there is a value, to that one.
    AttributeChange { field: Field, to: Option<ChangedTo> },
    /// A moment of a timetable, in the tenant's time zone.
    Schedule { cron: Cron },
    /// Nothing: people run it.
    Manual,
}

/// The value that a field has to change to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedTo {
    /// As written.
    pub written: Value,
    /// That the field has it.
    pub condition: Criteria,
}

impl AwaitedEvent {
    /// The kind of event, as written in `trigger_criteria`.
    pub const fn kind(&self) -> &'static str {
        let place = match self {
            Self::HealthDrop { .. } => 0,
            Self::HealthDropBy { .. } => 1,
            Self::RiskLevelChange { .. } => 2,
            Self::ComponentBelow { .. } => 3,
            Self::StageEnter { .. } => 4,
            Self::StageExit { .. } => 5,
            Self::StageStuck { .. } => 6,
            Self::UsageDecline { .. } => 7,
            Self::MetricAbsent { .. } => 8,
            Self::TicketSpike => 9,
            Self::ContractEnding { .. } => 10,
            Self::MilestoneOverdue { .. } => 11,
            Self::AttributeChange { .. } => 12,
            Self::Schedule { .. } => 13,
            Self::Manual => 14,
        };
        KINDS[place].0
    }

    /// The stage that it names.
    pub fn stage(&self) -> Option<&str> {
        match self {
            Self::StageEnter { stage } | Self::StageExit { stage } | Self::StageStuck { stage } => {
                stage.as_deref()
            }
            _ => None,
        }
    }

    /// Whether it comes from a score, so that it rests on feeds and on how sure the score is.
    pub const fn is_of_score(&self) -> bool {
        matches!(
            self,
            Self::HealthDrop { .. }
                | Self::HealthDropBy { .. }
                | Self::RiskLevelChange { .. }
                | Self::ComponentBelow { .. }
        )
    }

    /// Whether a match that a gate holds back stays open until that gate opens. Of what lasts, the worker's passes ask again.
    pub const fn may_be_held_over(&self) -> bool {
        self.is_of_score() || matches!(self, Self::StageEnter { .. } | Self::AttributeChange { .. })
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        let mut event = match self {
            Self::HealthDrop { threshold } => json!({ "threshold": threshold }),
            Self::HealthDropBy { points, days } => json!({ "points": points, "days": days }),
            Self::RiskLevelChange { to } => json!({ "to": to }),
            Self::ComponentBelow {
                component,
                threshold,
            } => json!({ "component": component, "threshold": threshold }),
            Self::StageEnter { stage } | Self::StageExit { stage } | Self::StageStuck { stage } => {
                with("stage", stage.as_deref().map(Value::from))
            }
            Self::UsageDecline {
                metric,
                percent,
                days,
            } => json!({ "metric": metric, "percent": percent, "days": days }),
            Self::MetricAbsent { metric, days } => json!({ "metric": metric, "days": days }),
            Self::ContractEnding { days } => json!({ "days": days }),
            Self::MilestoneOverdue { milestone } => {
                with("milestone", milestone.as_deref().map(Value::from))
            }
            Self::AttributeChange { field, to } => {
                let mut event = with("to", to.as_ref().map(|it| it.written.clone()));
                event["field"] = field.name().into();
                event
            }
            Self::Schedule { cron } => json!({ "cron": cron.as_written() }),
            Self::TicketSpike | Self::Manual => json!({}),
        };
        event["kind"] = self.kind().into();
        event
    }
}

fn with(key: &str, value: Option<Value>) -> Value {
    let pairs = value.map(|value| (key.to_owned(), value));
    Value::Object(pairs.into_iter().collect::<Map<_, _>>())
}
