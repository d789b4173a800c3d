//! Owns which events a playbook waits for: the moment in which something becomes so, never that it still is. Pure.

use super::attributes;
use super::definition::AwaitedEvent;
use super::event::{Event, EventChange, ScoreChange, StageChange};

impl Event {
    /// Whether a playbook that waits for this has waited for it.
    pub fn is_awaited(&self, awaited: &AwaitedEvent) -> bool {
        match &self.change {
            EventChange::Score(change) => score_is_awaited(change, awaited),
            EventChange::Stage(change) => stage_is_awaited(change, awaited),
            EventChange::Attributes { before, after } => {
                attributes::is_awaited(before, after, awaited)
            }
            EventChange::Standing { .. } | EventChange::Manual | EventChange::Held(_) => true,
        }
    }
}

fn score_is_awaited(change: &ScoreChange, awaited: &AwaitedEvent) -> bool {
    let (score, previous) = (&change.score, change.previous.as_ref());
    match awaited {
        AwaitedEvent::HealthDrop { threshold } => {
            let was_over = previous.is_none_or(|it| it.overall >= *threshold);
            score.overall < *threshold && was_over
        }
        AwaitedEvent::HealthDropBy { points, days } => match (change.peak(*days), previous) {
            (Some(peak), Some(previous)) => {
                peak - score.overall >= *points && peak - previous.overall < *points
            }
            _ => false,
        },
        AwaitedEvent::RiskLevelChange { to } => {
            score.risk == *to && previous.is_none_or(|it| it.risk != *to)
        }
        AwaitedEvent::ComponentBelow {
            component,
            threshold,
        } => {
            let is_under = score.component(component).is_some_and(|it| it < *threshold);
            let before = previous.and_then(|it| it.component(component));
            is_under && before.is_none_or(|it| it >= *threshold)
        }
        _ => false,
    }
}

fn stage_is_awaited(change: &StageChange, awaited: &AwaitedEvent) -> bool {
    match awaited {
        AwaitedEvent::StageEnter { stage } => {
            stage.as_ref().is_none_or(|wanted| *wanted == change.to.1)
        }
        AwaitedEvent::StageExit { stage } => change
            .from
            .as_ref()
            .is_some_and(|(_, left)| stage.as_ref().is_none_or(|wanted| wanted == left)),
        _ => false,
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::playbooks::event::ShownScore;
    use pgrx::Uuid;
    use serde_json::{Value, json};

    fn happened(change: EventChange) -> Event {
        let id = Uuid::from_bytes([1; 16]);
        Event {
            id,
            tenant_id: id,
            account_id: id,
            change,
        }
    }

    fn shown(overall: i32, support: Option<i32>) -> ShownScore {
        let risk = if overall < 40 { "Critical" } else { "At Risk" };
        ShownScore {
            overall,
            risk: risk.into(),
            components: [None, None, support, None],
        }
    }

    fn score(
        previous: Option<ShownScore>,
        score: ShownScore,
        peaks: &[(i32, i32)],
        event: &Value,
    ) -> bool {
        let awaited = AwaitedEvent::parse(Some(event)).unwrap();
        happened(EventChange::Score(ScoreChange {
            previous,
            score,
            peaks: peaks.to_vec(),
            is_uncertain: false,
            is_stale: false,
        }))
        .is_awaited(&awaited)
    }

    #[test]
    fn a_drop_is_a_crossing_of_the_threshold() {
        let drops = |before: Option<i32>, after: i32| {
            let before = before.map(|it| shown(it, None));
            let event = json!({ "kind": "health_drop", "threshold": 40 });
            score(before, shown(after, None), &[], &event)
        };
        assert!(drops(Some(40), 35));
        assert!(drops(Some(72), 38));
        assert!(drops(None, 39));
        for (before, after) in [(Some(35), 33), (Some(72), 40), (None, 40), (Some(30), 50)] {
            assert!(!drops(before, after), "{before:?} {after}");
        }
    }

    #[test]
    fn a_drop_by_points_is_told_once() {
        let drops = |before: i32, after: i32, peak: i32| {
            let event = json!({ "kind": "health_drop_by", "points": 15, "days": 7 });
            score(
                Some(shown(before, None)),
                shown(after, None),
                &[(30, 100), (7, peak)],
                &event,
            )
        };
        assert!(drops(80, 65, 80));
        assert!(drops(70, 64, 80));
        assert!(!drops(80, 66, 80));
        assert!(!drops(64, 60, 80));
        assert!(!drops(60, 60, 80));
    }

    #[test]
    fn a_level_and_a_component_are_crossed_as_the_score_is() {
        let level = json!({ "kind": "risk_level_change", "to": "Critical" });
        assert!(score(Some(shown(50, None)), shown(39, None), &[], &level));
        assert!(score(None, shown(39, None), &[], &level));
        assert!(!score(Some(shown(30, None)), shown(39, None), &[], &level));
        assert!(!score(Some(shown(30, None)), shown(50, None), &[], &level));
        let support = json!({ "kind": "component_below", "component": "support", "threshold": 30 });
        let moves = |before: Option<i32>, after: Option<i32>| {
            score(Some(shown(50, before)), shown(50, after), &[], &support)
        };
        assert!(moves(Some(30), Some(29)));
        assert!(moves(None, Some(0)));
        assert!(!moves(Some(29), Some(10)));
        assert!(!moves(Some(29), None));
        assert!(!moves(Some(60), Some(30)));
    }

    #[test]
    fn a_stage_is_compared_by_id() {
        let moved = |from: Option<&str>, event: &Value| {
            let pair = |id: &str| ("Name".to_owned(), id.to_owned());
            let change = EventChange::Stage(StageChange {
                from: from.map(pair),
                to: pair("id-1"),
                to_is_end: false,
                is_undo: false,
            });
            happened(change).is_awaited(&AwaitedEvent::parse(Some(event)).unwrap())
        };
        for (from, event, expected) in [
            (None, json!({ "kind": "stage_enter" }), true),
            (
                None,
                json!({ "kind": "stage_enter", "stage": "id-1" }),
                true,
            ),
            (
                Some("id-2"),
                json!({ "kind": "stage_enter", "stage": "id-2" }),
                false,
            ),
            (None, json!({ "kind": "stage_exit" }), false),
            (Some("id-2"), json!({ "kind": "stage_exit" }), true),
            (
                Some("id-2"),
                json!({ "kind": "stage_exit", "stage": "id-2" }),
                true,
            ),
            (
                Some("id-2"),
                json!({ "kind": "stage_exit", "stage": "id-1" }),
                false,
            ),
            (
                None,
                json!({ "kind": "health_drop", "threshold": 40 }),
                false,
            ),
        ] {
            assert_eq!(moved(from, &event), expected, "{event}");
        }
    }
}
