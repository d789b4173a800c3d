//! Owns changes of accounts in the past, as the audit log has them.

use super::{Edge, Scope};
use crate::criteria::Field;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, StreamedRow, stream_with};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::past::asked_moment::AskedMoment;
use serde_json::{Map, Value};

/// What happened with a field of accounts.
pub fn find(
    scope: &Scope<'_>,
    awaited: &AwaitedEvent,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let AwaitedEvent::AttributeChange { field, .. } = awaited else {
        return Ok(());
    };
    let mut arguments = scope.arguments()?;
    arguments.push(Argument::new(column_of(field)));
    arguments.extend(match field {
        Field::Attribute(path) => [
            Argument::new("crm_attributes"),
            Argument::new(path.first().cloned()),
        ],
        Field::BuiltIn(known) => [Argument::new(known.name), Argument::new(None::<String>)],
    });
    let text = include_str!("../sql/attribute_changes.sql");
    stream_with(Sight::Transaction, text, &arguments, &mut |row| {
        let changed = read_change(scope, row);
        if let Some(edge) = changed.filter(|it| it.event.is_awaited(awaited)) {
            add(edge);
        }
    })
}

/// The column of accounts that a field is kept in.
fn column_of(field: &Field) -> &'static str {
    match field {
        Field::Attribute(_) => "crm_attributes",
        Field::BuiltIn(known) => match known.name {
            "name" => "name",
            "external_id" => "external_id",
            "parent" => "parent_id",
            "csm" => "csm_id",
            "status" => "status",
            _ => "crm_attributes",
        },
    }
}

fn read_change(scope: &Scope<'_>, row: &StreamedRow<'_>) -> Option<Edge> {
    let account = row.uuid(0)?;
    let object = |column| serde_json::from_str::<Map<String, Value>>(&row.text(column)?).ok();
    Some(Edge {
        moment: AskedMoment::new(account, row.value(2)?),
        event: Event {
            id: row.uuid(1)?,
            tenant_id: scope.tenant,
            account_id: account,
            change: EventChange::Attributes {
                before: object(3)?,
                after: object(4)?,
            },
        },
        until: None,
    })
}
