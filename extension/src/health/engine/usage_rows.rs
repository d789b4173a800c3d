//! Owns the reading of usage rows, one by one as the executor produces them.

use super::feature_names::FeatureNames;
use super::stored_metadata::{read_metadata, read_quantity};
use super::tenant_zone::PgZone;
use crate::health::score::metric::{KINDS, MetricKind, UsageRow};
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::stream::{Argument, StreamedRow, stream};
use pgrx::{Uuid, pg_sys};
use std::collections::HashMap;

/// A query of usage rows. All of them give the columns account_id, metric_type, recorded_at, id, metric_value and
/// metadata the types that they are read as, so there are no others.
#[derive(Debug, Clone, Copy)]
pub struct UsageQuery(&'static str);

impl UsageQuery {
    /// Of all accounts. Arguments: tenant, until, from.
    pub const OF_ALL: Self = Self(include_str!("sql/rows_of_all.sql"));
    /// Of some accounts. Arguments: tenant, until, from, accounts.
    pub const OF_SOME: Self = Self(include_str!("sql/rows_of_some.sql"));
    /// Of all accounts, those rows that norms are taken from. Arguments: tenant, until, from.
    pub const OF_NORMS: Self = Self(include_str!("sql/rows_of_norms.sql"));
}

/// The kind that each member of `cs.metric_type` stands for.
pub fn kinds_by_oid() -> Result<HashMap<pg_sys::Oid, MetricKind>, Fault> {
    let members = planned::read(
        Planning::Once,
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

/// Reads the rows of a query and hands each over with its account.
pub fn stream_usage_rows(
    (planning, query): (Planning, UsageQuery),
    arguments: &[Argument],
    (names, zone): (&mut FeatureNames, &PgZone),
    each: &mut dyn FnMut(Uuid, UsageRow<'_>),
) -> Result<(), Fault> {
    let kinds = kinds_by_oid()?;
    stream(planning, query.0, arguments, &mut |streamed| {
        // SAFETY: the row of a usage query.
        if let Some((account, row)) = unsafe { read_usage_row(streamed, &kinds, names, zone) } {
            each(account, row);
        }
    })
}

/// `None` where the quantity is not a finite number.
///
/// # Safety
/// The row is of a [`UsageQuery`].
unsafe fn read_usage_row<'row>(
    streamed: &'row StreamedRow<'_>,
    kinds: &HashMap<pg_sys::Oid, MetricKind>,
    names: &mut FeatureNames,
    zone: &PgZone,
) -> Option<(Uuid, UsageRow<'row>)> {
    let kind = *kinds.get(&streamed.value(1)?)?;
    let stamp = (
        streamed.value(2)?,
        u128::from_be_bytes(*streamed.uuid(3)?.as_bytes()),
    );
    // SAFETY: the query gives these columns these types; what is unpacked lives until the streamed row is gone.
    let (value, metadata) = unsafe {
        (
            read_quantity(streamed.datum(4)?)?,
            read_metadata(streamed.datum(5)?, kind, stamp, names, zone),
        )
    };
    let row = UsageRow {
        kind,
        stamp,
        value,
        metadata,
    };
    Some((streamed.uuid(0)?, row))
}
