//! Owns what can happen to an account, and which playbooks an event concerns. Pure.

use super::playbook_trigger::PlaybookTrigger;
use pgrx::Uuid;
use serde_json::{Value, json};

/// Something that happened to an account in the current transaction.
#[derive(Debug, Clone)]
pub struct Event {
    /// Id of the row that records it: a score or a stay in a stage.
    pub id: Uuid,
    /// Tenant of that row.
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
    Score {
        /// The score before it, if any.
        previous: Option<i32>,
        /// The new score.
        score: i32,
        /// The risk level of the new score.
        risk: String,
        /// Whether the score rests on too little data to act on.
        low_confidence: bool,
        /// Whether parts of it are computed as of the last row of a feed that is out.
        stale_feed: bool,
    },
    /// A stage entered.
    Stage {
        /// The stage before, if any.
        from: Option<String>,
        /// The stage entered.
        to: String,
        /// Id of the stage entered, in text form.
        to_id: String,
        /// Whether it takes back the move before it.
        is_undo: bool,
    },
}

impl Event {
    /// Whether a playbook with this trigger waits for it.
    pub fn concerns(&self, trigger: &PlaybookTrigger) -> bool {
        match (&self.change, trigger) {
            (
                EventChange::Score {
                    previous, score, ..
                },
                PlaybookTrigger::HealthDrop { threshold },
            ) => score < threshold && previous.is_none_or(|previous| previous >= *threshold),
            (EventChange::Stage { to_id, .. }, PlaybookTrigger::StageEnter { stage }) => {
                stage.as_ref().is_none_or(|wanted| wanted == to_id)
            }
            _ => false,
        }
    }

    /// Whether the score behind it is too uncertain to act on.
    pub const fn is_uncertain(&self) -> bool {
        matches!(
            self.change,
            EventChange::Score {
                low_confidence: true,
                ..
            }
        )
    }

    /// Whether the score behind it is computed as of the last row of a feed that is out.
    pub const fn is_stale(&self) -> bool {
        matches!(
            self.change,
            EventChange::Score {
                stale_feed: true,
                ..
            }
        )
    }

    /// The value of `playbook_executions.event`.
    pub fn describe(&self, trigger: &PlaybookTrigger) -> Value {
        let mut description = match (&self.change, trigger) {
            (
                EventChange::Score {
                    previous, score, ..
                },
                PlaybookTrigger::HealthDrop { threshold },
            ) => {
                json!({ "threshold": threshold, "previous_score": previous, "score": score })
            }
            (
                EventChange::Stage {
                    from, to, is_undo, ..
                },
                _,
            ) => match is_undo {
                true => json!({ "from_stage": from, "to_stage": to, "undo": true }),
                false => json!({ "from_stage": from, "to_stage": to }),
            },
            _ => json!({}),
        };
        description["kind"] = trigger.kind().into();
        description["event_id"] = self.id.to_string().into();
        description
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn happened(change: EventChange) -> Event {
        let id = Uuid::from_bytes([1; 16]);
        Event {
            id,
            tenant_id: id,
            account_id: id,
            change,
        }
    }

    fn drops(previous: Option<i32>, score: i32) -> bool {
        happened(EventChange::Score {
            previous,
            score,
            risk: String::new(),
            low_confidence: false,
            stale_feed: false,
        })
        .concerns(&PlaybookTrigger::HealthDrop { threshold: 40 })
    }

    #[test]
    fn a_drop_is_a_crossing_of_the_threshold() {
        assert!(drops(Some(40), 35));
        assert!(drops(Some(72), 38));
        assert!(drops(None, 39));
    }

    #[test]
    fn no_crossing_is_no_drop() {
        assert!(!drops(Some(35), 33));
        assert!(!drops(Some(72), 40));
        assert!(!drops(None, 40));
        assert!(!drops(Some(30), 50));
    }

    #[test]
    fn a_stage_is_compared_by_id() {
        let entered = happened(EventChange::Stage {
            from: None,
            to: "Renewal".into(),
            to_id: "id-1".into(),
            is_undo: false,
        });
        assert!(entered.concerns(&PlaybookTrigger::StageEnter { stage: None }));
        assert!(entered.concerns(&PlaybookTrigger::StageEnter {
            stage: Some("id-1".into())
        }));
        assert!(!entered.concerns(&PlaybookTrigger::StageEnter {
            stage: Some("id-2".into())
        }));
        assert!(!entered.concerns(&PlaybookTrigger::HealthDrop { threshold: 40 }));
    }
}
