//! Owns what can happen to an account, and what is kept of it with a run. Pure.

use super::definition::AwaitedEvent;
use pgrx::Uuid;
use serde_json::{Map, Value, json};

/// Something that happened to an account.
#[derive(Debug, Clone)]
pub struct Event {
    /// Of the row that records it, a score or a stay in a stage, where there is one.
    pub id: Uuid,
    /// Tenant of the account.
    pub tenant_id: Uuid,
    /// The account.
    pub account_id: Uuid,
    /// What happened.
    pub change: EventChange,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum EventChange {
    /// A new current score.
    Score(ScoreChange),
    /// A stage left, if any, and one entered.
    Stage(StageChange),
    /// Another row of accounts.
    Attributes {
        /// What it was.
        before: Map<String, Value>,
        /// What it has become.
        after: Map<String, Value>,
    },
    /// Something that lasts has begun, or a moment of a timetable has come.
    Standing {
        /// The values that say so.
        values: Value,
        /// Whether it rests on a feed that is out.
        is_stale: bool,
        /// Whether it rests on a score with too little data to act on.
        is_uncertain: bool,
    },
    /// Somebody runs the playbook.
    Manual,
    /// What happened earlier and was held back then: its description.
    Held(Value),
}

/// A new current score against the one before it.
#[derive(Debug, Clone)]
pub struct ScoreChange {
    /// The score before, if any.
    pub previous: Option<ShownScore>,
    /// The new one.
    pub score: ShownScore,
    /// The highest score of the last days, before this one, for each number of days that is asked for.
    pub peaks: Vec<(i32, i32)>,
    /// Whether the score rests on too little data to act on.
    pub is_uncertain: bool,
    /// Whether parts of it are as of the last row of a feed that is out.
    pub is_stale: bool,
}

/// A score as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownScore {
    /// From 0 to 100.
    pub overall: i32,
    /// The label of its risk level.
    pub risk: String,
    /// Usage, engagement, support, adoption.
    pub components: [Option<i32>; 4],
}

/// A move between stages.
#[derive(Debug, Clone)]
pub struct StageChange {
    /// Name and id of the stage left, if any.
    pub from: Option<(String, String)>,
    /// Name and id of the stage entered.
    pub to: (String, String),
    /// Whether that is the stage of lost customers.
    pub to_is_end: bool,
    /// Whether it takes back the move before it.
    pub is_undo: bool,
}

impl ShownScore {
    /// A component by its name.
    pub fn component(&self, name: &str) -> Option<i32> {
        let names = ["usage", "engagement", "support", "adoption"];
        let place = names.iter().position(|it| *it == name)?;
        self.components[place]
    }
}

impl Event {
    /// Whether the account's status cannot hold it back, since it is itself what changed the status.
    pub fn is_change_of_status(&self, awaited: &AwaitedEvent) -> bool {
        match (&self.change, awaited) {
            (EventChange::Stage(change), AwaitedEvent::StageEnter { .. }) => change.to_is_end,
            (EventChange::Attributes { .. }, AwaitedEvent::AttributeChange { field, .. }) => {
                field.name() == "status"
            }
            _ => false,
        }
    }

    /// The value of `playbook_executions.event`.
    pub fn describe(&self, awaited: &AwaitedEvent) -> Value {
        let mut description = self.values(awaited);
        description["kind"] = awaited.kind().into();
        description["event_id"] = self.id.to_string().into();
        description
    }

    fn values(&self, awaited: &AwaitedEvent) -> Value {
        match &self.change {
            EventChange::Score(change) => describe_score(change, awaited),
            EventChange::Stage(change) => {
                let from = change.from.as_ref().map(|(name, _)| name);
                let (to, to_id) = &change.to;
                let mut values =
                    json!({ "from_stage": from, "to_stage": to, "to_stage_id": to_id });
                if change.is_undo {
                    values["undo"] = true.into();
                }
                values
            }
            EventChange::Attributes { before, after } => match awaited {
                AwaitedEvent::AttributeChange { field, .. } => json!({
                    "field": field.name(),
                    "from": super::attributes::value_at(before, field),
                    "to": super::attributes::value_at(after, field),
                }),
                _ => json!({}),
            },
            EventChange::Standing { values, .. } | EventChange::Held(values) => values.clone(),
            EventChange::Manual => json!({}),
        }
    }
}

fn describe_score(change: &ScoreChange, awaited: &AwaitedEvent) -> Value {
    let previous = change.previous.as_ref();
    let mut values = json!({
        "previous_score": previous.map(|it| it.overall),
        "score": change.score.overall,
    });
    match awaited {
        AwaitedEvent::HealthDrop { threshold } => values["threshold"] = (*threshold).into(),
        AwaitedEvent::HealthDropBy { points, days } => {
            values["points"] = (*points).into();
            values["days"] = (*days).into();
            values["highest_score"] = change.peak(*days).into();
        }
        AwaitedEvent::RiskLevelChange { .. } => {
            values["previous_risk_level"] = previous.map(|it| it.risk.as_str()).into();
            values["risk_level"] = change.score.risk.as_str().into();
        }
        AwaitedEvent::ComponentBelow {
            component,
            threshold,
        } => {
            values["component"] = component.as_str().into();
            values["threshold"] = (*threshold).into();
            values["previous_component_score"] =
                previous.and_then(|it| it.component(component)).into();
            values["component_score"] = change.score.component(component).into();
        }
        _ => {}
    }
    values
}

impl ScoreChange {
    /// The highest score of so many days before this one.
    pub fn peak(&self, days: i32) -> Option<i32> {
        let found = self.peaks.iter().find(|(asked, _)| *asked == days);
        found.map(|(_, score)| *score)
    }
}
