//! Owns what a playbook waits for, and the reading of it from `trigger_criteria`. Pure.

use crate::pg::document::refuse_unknown_keys;
use crate::pg::fault::Fault;
use serde_json::{Map, Value};

/// The kinds of event that a playbook can wait for.
pub const EVENT_KINDS: [&str; 2] = ["health_drop", "stage_enter"];

/// What a playbook waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaybookTrigger {
    /// The score falls from the threshold or above, or from nothing, to under it.
    HealthDrop {
        /// Score from 1 to 100.
        threshold: i32,
    },
    /// The account enters a stage, given by id or name; `None` is any.
    StageEnter {
        /// Id (as stored) or name (as entered).
        stage: Option<String>,
    },
}

impl PlaybookTrigger {
    /// The kind of event, as written in `trigger_criteria`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::HealthDrop { .. } => EVENT_KINDS[0],
            Self::StageEnter { .. } => EVENT_KINDS[1],
        }
    }

    /// Reads `trigger_criteria`. Errors: 22023 with the path of the first key that is unknown or value that does not fit.
    pub fn parse(criteria: &Map<String, Value>) -> Result<Self, Fault> {
        refuse_unknown_keys(criteria, "trigger_criteria", &["event"])?;
        let path = "trigger_criteria.event";
        let Some(Value::Object(event)) = criteria.get("event") else {
            return Err(Fault::invalid(path, format!("{path} must be an object"))
                .hint(r#"Such as {"event": {"kind": "health_drop", "threshold": 40}}."#));
        };
        match event.get("kind").and_then(Value::as_str) {
            Some("health_drop") => {
                refuse_unknown_keys(event, path, &["kind", "threshold"])?;
                Ok(Self::HealthDrop {
                    threshold: threshold(event.get("threshold"))?,
                })
            }
            Some("stage_enter") => {
                refuse_unknown_keys(event, path, &["kind", "stage"])?;
                Ok(Self::StageEnter {
                    stage: stage(event.get("stage"))?,
                })
            }
            _ => Err(Fault::invalid(
                &format!("{path}.kind"),
                format!("{path}.kind must be one of {}", EVENT_KINDS.join(", ")),
            )),
        }
    }
}

fn threshold(value: Option<&Value>) -> Result<i32, Fault> {
    value
        .and_then(Value::as_i64)
        .filter(|number| (1..=100).contains(number))
        .and_then(|number| i32::try_from(number).ok())
        .ok_or_else(|| {
            let path = "trigger_criteria.event.threshold";
            Fault::invalid(path, format!("{path} must be a whole number from 1 to 100"))
        })
}

fn stage(value: Option<&Value>) -> Result<Option<String>, Fault> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(name)) if !name.trim().is_empty() => Ok(Some(name.clone())),
        Some(_) => {
            let path = "trigger_criteria.event.stage";
            Err(
                Fault::invalid(path, format!("{path} must be the name or id of a stage"))
                    .hint("Leave it out to mean any stage."),
            )
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn parse(criteria: Value) -> Result<PlaybookTrigger, Fault> {
        PlaybookTrigger::parse(criteria.as_object().unwrap())
    }

    #[test]
    fn both_kinds_are_read() {
        let drop = serde_json::json!({ "event": { "kind": "health_drop", "threshold": 40 } });
        assert_eq!(
            parse(drop),
            Ok(PlaybookTrigger::HealthDrop { threshold: 40 })
        );
        let any = serde_json::json!({ "event": { "kind": "stage_enter" } });
        assert_eq!(parse(any), Ok(PlaybookTrigger::StageEnter { stage: None }));
        let one = serde_json::json!({ "event": { "kind": "stage_enter", "stage": "Renewal" } });
        assert_eq!(
            parse(one),
            Ok(PlaybookTrigger::StageEnter {
                stage: Some("Renewal".into())
            })
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_and_never_ignored() {
        for bad in [
            serde_json::json!({}),
            serde_json::json!({ "event": "health_drop" }),
            serde_json::json!({ "event": { "kind": "earthquake" } }),
            serde_json::json!({ "event": { "kind": "health_drop" } }),
            serde_json::json!({ "event": { "kind": "health_drop", "threshold": 0 } }),
            serde_json::json!({ "event": { "kind": "health_drop", "threshold": 40.5 } }),
            serde_json::json!({ "event": { "kind": "health_drop", "treshold": 40 } }),
            serde_json::json!({ "event": { "kind": "stage_enter", "stage": 7 } }),
            serde_json::json!({ "event": { "kind": "stage_enter" }, "when": { "all": [] } }),
        ] {
            assert!(parse(bad.clone()).is_err(), "{bad}");
        }
    }
}
