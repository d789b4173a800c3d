//! Owns what a playbook can wait for, and the reading of it from `trigger_criteria.event`. Pure.

use super::cron::Cron;
use crate::criteria::{self, Criteria, Field};
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use serde_json::{Map, Value, json};

/// Where an event stands in `trigger_criteria`.
pub const AT: &str = "trigger_criteria.event";

/// The kinds of event and the keys that each has, in the order in which readers meet them.
const KINDS: [(&str, &[&str]); 15] = [
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

const RISK_LEVELS: [&str; 3] = ["Healthy", "At Risk", "Critical"];
const COMPONENTS: [&str; 4] = ["usage", "engagement", "support", "adoption"];
const METRICS: [&str; 4] = ["logins", "feature_usage", "api_calls", "support_tickets"];

/// The built-in fields that change with a row of accounts, and not with time or with other rows.
const WATCHED_FIELDS: [&str; 8] = [
    "name",
    "external_id",
    "parent",
    "csm",
    "status",
    "arr",
    "contract_end_date",
    "industry",
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
    /// Reads an event. Errors: 22023 with the path of the first key that is unknown or value that does not fit.
    pub fn parse(event: Option<&Value>) -> Result<Self, Fault> {
        let Some(Value::Object(event)) = event else {
            return Err(must_be(AT, "an object")
                .hint(r#"Such as {"event": {"kind": "health_drop", "threshold": 40}}."#));
        };
        let kind = event
            .get("kind")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let Some((_, keys)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            let names = KINDS.map(|(name, _)| name).join(", ");
            return Err(must_be(&format!("{AT}.kind"), &format!("one of {names}")));
        };
        let known = [&["kind"], *keys].concat();
        let read = EventReader(ObjectReader::at(AT.to_owned(), event, &known)?);
        read.event(kind)
    }

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

/// Reads the keys of an event.
struct EventReader<'a>(ObjectReader<'a>);

impl EventReader<'_> {
    fn event(&self, kind: &str) -> Result<AwaitedEvent, Fault> {
        Ok(match kind {
            "health_drop" => AwaitedEvent::HealthDrop {
                threshold: self.whole("threshold", 100)?,
            },
            "health_drop_by" => AwaitedEvent::HealthDropBy {
                points: self.whole("points", 100)?,
                days: self.days()?,
            },
            "risk_level_change" => AwaitedEvent::RiskLevelChange {
                to: self.one_of("to", &RISK_LEVELS)?,
            },
            "component_below" => AwaitedEvent::ComponentBelow {
                component: self.one_of("component", &COMPONENTS)?,
                threshold: self.whole("threshold", 100)?,
            },
            "stage_enter" => AwaitedEvent::StageEnter {
                stage: self.name("stage", "stage")?,
            },
            "stage_exit" => AwaitedEvent::StageExit {
                stage: self.name("stage", "stage")?,
            },
            "stage_stuck" => AwaitedEvent::StageStuck {
                stage: self.name("stage", "stage")?,
            },
            "usage_decline" => AwaitedEvent::UsageDecline {
                metric: self.one_of("metric", &METRICS)?,
                percent: self.whole("percent", 100)?,
                days: self.days()?,
            },
            "metric_absent" => AwaitedEvent::MetricAbsent {
                metric: self.one_of("metric", &METRICS)?,
                days: self.days()?,
            },
            "ticket_spike" => AwaitedEvent::TicketSpike,
            "contract_ending" => AwaitedEvent::ContractEnding { days: self.days()? },
            "milestone_overdue" => AwaitedEvent::MilestoneOverdue {
                milestone: self.name("milestone", "milestone")?,
            },
            "attribute_change" => self.attribute_change()?,
            "schedule" => AwaitedEvent::Schedule { cron: self.cron()? },
            _ => AwaitedEvent::Manual,
        })
    }

    /// A whole number from 1.
    fn whole(&self, key: &str, most: i32) -> Result<i32, Fault> {
        let number = self.0.whole_number(key, 1..=most)?;
        number.ok_or_else(|| {
            let what = format!("a whole number from 1 to {most}");
            must_be(&self.0.path_of(key), &what)
        })
    }

    fn days(&self) -> Result<i32, Fault> {
        self.whole("days", 365)
    }

    /// One of these labels, without regard to case.
    fn one_of(&self, key: &str, labels: &[&str]) -> Result<String, Fault> {
        let given = self.0.get(key).and_then(Value::as_str).unwrap_or_default();
        let found = labels
            .iter()
            .find(|label| label.eq_ignore_ascii_case(given.trim()));
        found.map(|label| (*label).to_owned()).ok_or_else(|| {
            let what = format!("one of {}", labels.join(", "));
            must_be(&self.0.path_of(key), &what)
        })
    }

    /// The name or id of a stage or milestone; `None` is any.
    fn name(&self, key: &str, what: &str) -> Result<Option<String>, Fault> {
        match self.0.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(name)) if !name.trim().is_empty() => Ok(Some(name.clone())),
            Some(_) => Err(
                must_be(&self.0.path_of(key), &format!("the name or id of a {what}"))
                    .hint(format!("Leave it out to mean any {what}.")),
            ),
        }
    }

    fn attribute_change(&self) -> Result<AwaitedEvent, Fault> {
        let given = self.0.get("field").and_then(Value::as_str);
        let watched = |field: &Field| match field {
            Field::Attribute(_) => true,
            Field::BuiltIn(known) => WATCHED_FIELDS.contains(&known.name),
        };
        let field = given.and_then(Field::find).filter(watched).ok_or_else(|| {
            let names = WATCHED_FIELDS.join(", ");
            must_be(
                &self.0.path_of("field"),
                &format!("one of {names} or crm_attributes.…"),
            )
            .hint("Scores, stages and usage have kinds of event of their own.")
        })?;
        let to = match self.0.get("to") {
            None | Some(Value::Null) => None,
            Some(value) => Some(self.changed_to(&field, value)?),
        };
        Ok(AwaitedEvent::AttributeChange { field, to })
    }

    fn changed_to(&self, field: &Field, value: &Value) -> Result<ChangedTo, Fault> {
        let condition = json!({ "field": field.name(), "op": "eq", "value": value });
        let condition = criteria::parse("", &condition).map_err(|flaws| {
            let why = flaws.first().map_or("", |it| &it.message);
            Fault::invalid(&self.0.path_of("to"), why)
        })?;
        Ok(ChangedTo {
            written: value.clone(),
            condition,
        })
    }

    fn cron(&self) -> Result<Cron, Fault> {
        let given = self
            .0
            .get("cron")
            .and_then(Value::as_str)
            .unwrap_or_default();
        Cron::parse(given).map_err(|why| {
            Fault::invalid(&self.0.path_of("cron"), why).hint(
                "Five fields: minute, hour, day of month, month, day of week; such as 0 9 * * MON, every Monday at nine.",
            )
        })
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn parse(event: &Value) -> Result<AwaitedEvent, Fault> {
        AwaitedEvent::parse(Some(event))
    }

    #[test]
    fn every_kind_is_read_and_written_as_it_was() {
        for event in [
            json!({ "kind": "health_drop", "threshold": 40 }),
            json!({ "kind": "health_drop_by", "points": 15, "days": 7 }),
            json!({ "kind": "risk_level_change", "to": "At Risk" }),
            json!({ "kind": "component_below", "component": "support", "threshold": 30 }),
            json!({ "kind": "stage_enter" }),
            json!({ "kind": "stage_enter", "stage": "Renewal" }),
            json!({ "kind": "stage_exit", "stage": "Renewal" }),
            json!({ "kind": "stage_stuck" }),
            json!({ "kind": "usage_decline", "metric": "logins", "percent": 30, "days": 30 }),
            json!({ "kind": "metric_absent", "metric": "api_calls", "days": 14 }),
            json!({ "kind": "ticket_spike" }),
            json!({ "kind": "contract_ending", "days": 60 }),
            json!({ "kind": "milestone_overdue", "milestone": "Kick-off" }),
            json!({ "kind": "attribute_change", "field": "csm" }),
            json!({ "kind": "attribute_change", "field": "status", "to": "Paused" }),
            json!({ "kind": "attribute_change", "field": "crm_attributes.plan.tier", "to": "gold" }),
            json!({ "kind": "schedule", "cron": "0 9 * * MON" }),
            json!({ "kind": "manual" }),
        ] {
            let read = parse(&event).unwrap();
            assert_eq!(read.to_json(), event);
            assert_eq!(read.kind(), event["kind"]);
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_and_never_ignored() {
        for (event, field) in [
            (json!("health_drop"), ""),
            (json!({}), ".kind"),
            (json!({ "kind": "earthquake" }), ".kind"),
            (json!({ "kind": "health_drop" }), ".threshold"),
            (
                json!({ "kind": "health_drop", "threshold": 0 }),
                ".threshold",
            ),
            (
                json!({ "kind": "health_drop", "threshold": 40.5 }),
                ".threshold",
            ),
            (
                json!({ "kind": "health_drop", "treshold": 40 }),
                ".treshold",
            ),
            (json!({ "kind": "health_drop_by", "points": 10 }), ".days"),
            (
                json!({ "kind": "health_drop_by", "points": 10, "days": 366 }),
                ".days",
            ),
            (json!({ "kind": "risk_level_change" }), ".to"),
            (
                json!({ "kind": "risk_level_change", "to": "Doomed" }),
                ".to",
            ),
            (
                json!({ "kind": "component_below", "component": "sales", "threshold": 9 }),
                ".component",
            ),
            (json!({ "kind": "stage_enter", "stage": 7 }), ".stage"),
            (
                json!({ "kind": "usage_decline", "metric": "clicks", "percent": 1, "days": 1 }),
                ".metric",
            ),
            (
                json!({ "kind": "usage_decline", "metric": "logins", "percent": 101, "days": 1 }),
                ".percent",
            ),
            (json!({ "kind": "contract_ending", "days": -1 }), ".days"),
            (json!({ "kind": "attribute_change" }), ".field"),
            (
                json!({ "kind": "attribute_change", "field": "health_score" }),
                ".field",
            ),
            (
                json!({ "kind": "attribute_change", "field": "stage" }),
                ".field",
            ),
            (
                json!({ "kind": "attribute_change", "field": "arr", "to": "much" }),
                ".to",
            ),
            (
                json!({ "kind": "attribute_change", "field": "status", "to": "Gone" }),
                ".to",
            ),
            (
                json!({ "kind": "schedule", "cron": "every monday" }),
                ".cron",
            ),
            (json!({ "kind": "manual", "stage": "Renewal" }), ".stage"),
        ] {
            let fault = parse(&event).unwrap_err();
            assert_eq!(fault.field(), Some(format!("{AT}{field}")), "{event}");
        }
    }
}
