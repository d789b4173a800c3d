//! Owns the reading of usage rows, one by one as the executor produces them.

use super::metadata::{self, Names};
use crate::health::score::metric::{KINDS, MetricKind, UsageRow};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::stream::{Argument, StreamedRow, stream};
use pgrx::{Uuid, pg_sys};
use std::collections::HashMap;

/// The kind each member of `cs.metric_type` stands for.
pub fn kinds_by_oid() -> Result<HashMap<pg_sys::Oid, MetricKind>, Fault> {
    let members = sql::read(
        "select oid, enumlabel::text as label from pg_enum where enumtypid = 'cs.metric_type'::regtype",
        &[],
        |row| {
            Ok((
                row.need::<pg_sys::Oid>("oid")?,
                row.need::<String>("label")?,
            ))
        },
    )?;
    Ok(members
        .into_iter()
        .filter_map(|(oid, label)| Some((oid, *KINDS.iter().find(|it| it.label() == label)?)))
        .collect())
}

/// Reads usage rows (account_id, metric_type, recorded_at, id, metric_value, metadata) one by one.
pub fn rows(
    query: &str,
    arguments: &[Argument],
    names: &mut Names,
    each: &mut dyn FnMut(Uuid, UsageRow<'_>),
) -> Result<(), Fault> {
    let kinds = kinds_by_oid()?;
    stream(query, arguments, &mut |slot| {
        if let Some((account, row)) = row_of(slot, &kinds, names) {
            each(account, row);
        }
    })
}

fn row_of<'a>(
    slot: &'a StreamedRow<'_>,
    kinds: &HashMap<pg_sys::Oid, MetricKind>,
    names: &mut Names,
) -> Option<(Uuid, UsageRow<'a>)> {
    let kind = *kinds.get(&slot.value(1)?)?;
    // SAFETY: the queries give these columns these types; what is borrowed lives as long as the slot's row.
    let (value, about) = unsafe {
        (
            metadata::quantity(slot.datum(4)?)?,
            metadata::about(slot.datum(5)?, kind, names),
        )
    };
    let row = UsageRow {
        kind,
        stamp: (
            slot.value(2)?,
            u128::from_be_bytes(*slot.uuid(3)?.as_bytes()),
        ),
        value,
        about,
    };
    Some((slot.uuid(0)?, row))
}
