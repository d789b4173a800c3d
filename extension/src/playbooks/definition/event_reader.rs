//! Owns the reading of what a playbook waits for from `trigger_criteria.event`. Pure.

use super::awaited_event::{AT, AwaitedEvent, ChangedTo, KINDS};
use super::cron::Cron;
use crate::criteria::{self, Field};
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use serde_json::{Value, json};

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
