//! Owns scores of the past one after another, and what happened with them.

use super::{Edge, Scope};
use crate::health::{DAY, Moment};
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, StreamedRow, stream_with};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange, ScoreChange, ShownScore};
use crate::playbooks::past::asked_moment::AskedMoment;
use pgrx::Uuid;
use std::collections::VecDeque;

/// A row of health_scores.
#[derive(Debug, Clone)]
pub struct ScoreRow {
    pub account: Uuid,
    pub id: Uuid,
    pub at: Moment,
    pub score: ShownScore,
    pub is_uncertain: bool,
    pub is_stale: bool,
    /// Whether it came with a new model: playbooks do not look at such scores unless the publisher asked for it.
    pub is_of_model: bool,
}

/// The scores of each account in their order, the one that was shown when the time begins first.
pub fn read_scores(
    scope: &Scope<'_>,
    since: Moment,
    each: &mut dyn FnMut(ScoreRow),
) -> Result<(), Fault> {
    let arguments = scope.arguments_since(since)?;
    let text = include_str!("../sql/scores.sql");
    stream_with(Sight::Transaction, text, &arguments, &mut |row| {
        if let Some(row) = score_row(row) {
            each(row);
        }
    })
}

fn score_row(row: &StreamedRow<'_>) -> Option<ScoreRow> {
    Some(ScoreRow {
        account: row.uuid(0)?,
        id: row.uuid(1)?,
        at: row.value(2)?,
        score: ShownScore {
            overall: row.value(3)?,
            components: [row.value(4), row.value(5), row.value(6), row.value(7)],
            risk: row.text(8)?,
        },
        is_uncertain: row.value(9)?,
        is_stale: row.value(10)?,
        is_of_model: row.value(11)?,
    })
}

/// What happened with scores.
pub fn find(
    scope: &Scope<'_>,
    awaited: &AwaitedEvent,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let days = match awaited {
        AwaitedEvent::HealthDropBy { days, .. } => *days,
        _ => 0,
    };
    let span = i64::from(days) * DAY;
    let mut before = None::<ScoreRow>;
    let mut highest = Highest::default();
    read_scores(scope, scope.since.saturating_sub(span), &mut |row| {
        if before.as_ref().is_some_and(|it| it.account != row.account) {
            before = None;
            highest = Highest::default();
        }
        if let Some(before) = &before {
            highest.ended(row.at, before.score.overall);
        }
        let peak = highest.since(row.at.saturating_sub(span));
        if row.at > scope.since && !row.is_of_model {
            let change = ScoreChange {
                previous: before.take().map(|it| it.score),
                score: row.score.clone(),
                peaks: peak.map(|it| (days, it)).into_iter().collect(),
                is_uncertain: row.is_uncertain,
                is_stale: row.is_stale,
            };
            let event = Event {
                id: row.id,
                tenant_id: scope.tenant,
                account_id: row.account,
                change: EventChange::Score(change),
            };
            if event.is_awaited(awaited) {
                add(Edge {
                    moment: AskedMoment::new(row.account, row.at),
                    event,
                    until: None,
                });
            }
        }
        before = Some(row);
    })
}

/// The highest of an account's scores over a time that moves on: each with when it ended, the highest first.
#[derive(Debug, Default)]
struct Highest(VecDeque<(Moment, i32)>);

impl Highest {
    /// A score was shown until then.
    fn ended(&mut self, at: Moment, score: i32) {
        while self.0.back().is_some_and(|(_, lower)| *lower <= score) {
            self.0.pop_back();
        }
        self.0.push_back((at, score));
    }

    /// The highest that was still shown after a moment, which only moves on.
    fn since(&mut self, moment: Moment) -> Option<i32> {
        while self.0.front().is_some_and(|(end, _)| *end <= moment) {
            self.0.pop_front();
        }
        self.0.front().map(|(_, score)| *score)
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn the_highest_score_is_forgotten_once_it_has_not_been_shown_for_so_long() {
        let mut highest = Highest::default();
        let mut before = None;
        let mut peaks = Vec::new();
        for (at, score) in [
            (0, 80),
            (10, 50),
            (14, 60),
            (18, 40),
            (21, 30),
            (25, 20),
            (40, 10),
        ] {
            if let Some(before) = before {
                highest.ended(at, before);
            }
            peaks.push(highest.since(at - 10));
            before = Some(score);
        }
        // At 18 the 80 was shown until 10, at 21 no longer within the last ten.
        let expected = [
            None,
            Some(80),
            Some(80),
            Some(80),
            Some(60),
            Some(60),
            Some(20),
        ];
        assert_eq!(peaks, expected);
    }
}
