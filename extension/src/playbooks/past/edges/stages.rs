//! Owns moves between stages in the past: an undo is a move like another.

use super::{Edge, Scope};
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, StreamedRow, stream_with};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange, StageChange};
use crate::playbooks::past::asked_moment::AskedMoment;

/// What happened with stages.
pub fn find(
    scope: &Scope<'_>,
    awaited: &AwaitedEvent,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let text = include_str!("../sql/moves.sql");
    stream_with(Sight::Transaction, text, &scope.arguments()?, &mut |row| {
        let moved = read_move(scope, row);
        if let Some(edge) = moved.filter(|it| it.event.is_awaited(awaited)) {
            add(edge);
        }
    })
}

fn read_move(scope: &Scope<'_>, row: &StreamedRow<'_>) -> Option<Edge> {
    let account = row.uuid(0)?;
    let change = StageChange {
        from: row.text(4).zip(row.text(5)),
        to: (row.text(6)?, row.text(7)?),
        to_is_end: row.value(8)?,
        is_undo: row.value(9)?,
    };
    Some(Edge {
        moment: AskedMoment {
            account,
            at: row.value(2)?,
            row_at: row.value(3)?,
        },
        event: Event {
            id: row.uuid(1)?,
            tenant_id: scope.tenant,
            account_id: account,
            change: EventChange::Stage(change),
        },
        until: None,
    })
}
