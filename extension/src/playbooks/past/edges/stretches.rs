//! Owns the stretches of a stay in which it was stuck, or a milestone overdue, to the moment: what begins with one begins
//! once, however often the stay was interrupted by a move that was taken back.

use super::{Edge, Scope};
use crate::health::Moment;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, StreamedRow, stream_with};
use pgrx::Uuid;
use serde_json::Value;

/// A stretch, of those of one subject in their order.
#[derive(Debug, Clone, PartialEq)]
struct Stretch {
    account: Uuid,
    subject: String,
    /// The row of journey_history.
    stay: Uuid,
    begins: Moment,
    /// The first moment after it.
    ends: Moment,
    values: Value,
}

/// Accounts that were stuck in a stage, or in any.
pub fn find_stuck(
    scope: &Scope<'_>,
    stage: Option<&str>,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    find(
        scope,
        include_str!("../sql/stuck_stretches.sql"),
        stage,
        add,
    )
}

/// Milestones, or one, that were open past their due date.
pub fn find_overdue(
    scope: &Scope<'_>,
    milestone: Option<&str>,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    find(
        scope,
        include_str!("../sql/overdue_stretches.sql"),
        milestone,
        add,
    )
}

fn find(
    scope: &Scope<'_>,
    text: &str,
    id: Option<&str>,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let mut arguments = scope.arguments()?;
    arguments.push(Argument::new(id));
    let mut under_way = None::<Stretch>;
    let mut add_begun = |it: Stretch| {
        if it.begins > scope.since {
            add(scope.begun(it.account, (it.begins, it.ends), it.values));
        }
    };
    stream_with(Sight::Transaction, text, &arguments, &mut |row| {
        let Some(next) = read_stretch(row) else {
            return;
        };
        match &mut under_way {
            Some(it) if it.is_continued_by(&next) => {
                it.ends = next.ends;
                it.stay = next.stay;
            }
            _ => under_way.replace(next).into_iter().for_each(&mut add_begun),
        }
    })?;
    under_way.into_iter().for_each(add_begun);
    Ok(())
}

fn read_stretch(row: &StreamedRow<'_>) -> Option<Stretch> {
    Some(Stretch {
        account: row.uuid(0)?,
        subject: row.text(1)?,
        stay: row.uuid(2)?,
        begins: row.value(3)?,
        ends: row.value(4)?,
        values: serde_json::from_str(&row.text(5)?).ok()?,
    })
}

impl Stretch {
    /// Whether it goes on with the next: without a gap, or after an interruption that was taken back.
    fn is_continued_by(&self, next: &Self) -> bool {
        self.subject == next.subject && (self.ends >= next.begins || self.stay != next.stay)
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn an_interruption_that_was_taken_back_ends_nothing_and_a_gap_within_a_stay_does() {
        let stretch = |subject: &str, stay: u8, begins, ends| Stretch {
            account: Uuid::from_bytes([9; 16]),
            subject: subject.into(),
            stay: Uuid::from_bytes([stay; 16]),
            begins,
            ends,
            values: Value::Null,
        };
        let first = stretch("a", 1, 10, 20);
        assert!(first.is_continued_by(&stretch("a", 1, 20, 30)));
        assert!(!first.is_continued_by(&stretch("a", 1, 21, 30)));
        assert!(first.is_continued_by(&stretch("a", 2, 25, 30)));
        assert!(!first.is_continued_by(&stretch("b", 1, 20, 30)));
    }
}
