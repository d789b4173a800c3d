//! Owns a measurement with its place in the call, its account and its moment, and the columns that many of them make.

use super::measurement::{Measurement, check_reach};
use crate::health::{Moment, PgZone, Zone};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use crate::pg::written_time::WrittenTime;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// A good row. `A` says whose usage it is: an account's id, or the external id of one that is still to come.
pub struct ToldRow<'a, A> {
    /// Its place in the array, from 0.
    pub index: usize,
    /// Its tenant.
    pub tenant: Uuid,
    /// Whose usage it is.
    pub account: A,
    /// When it was measured; see [`set_moments`].
    pub at: Moment,
    /// What was measured.
    pub measurement: Measurement<'a>,
}

impl<'a, A> ToldRow<'a, A> {
    /// One whose moment is still to be set.
    pub const fn new(index: usize, tenant: Uuid, account: A, measurement: Measurement<'a>) -> Self {
        Self {
            index,
            tenant,
            account,
            at: 0,
            measurement,
        }
    }
}

/// What became of rows.
#[derive(Default)]
pub struct Written {
    /// How many were written.
    pub written: usize,
    /// How many were known already.
    pub duplicates: usize,
    /// Those whose event is known with other content.
    pub told_otherwise: Vec<Rejected>,
}

/// When each row was measured: what has no zone is the time of its tenant. Rows out of reach are rejected.
pub fn set_moments<A>(
    rows: &mut Vec<ToldRow<'_, A>>,
    now: Moment,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let mut zones = HashMap::new();
    for row in rows.iter_mut() {
        row.at = match row.measurement.recorded_at {
            None => now,
            Some(WrittenTime::Moment(at)) => at,
            Some(written) => {
                let zone = match zones.entry(row.tenant) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(free) => free.insert(PgZone::of_tenant(row.tenant)?),
                };
                zone.moment_of(written)
            }
        };
    }
    rows.retain(|row| match check_reach(row.at, now) {
        Ok(()) => true,
        Err(reason) => {
            rejected.push(Rejected::new(row.index, "recorded_at", reason));
            false
        }
    });
    Ok(())
}

/// One order for all, so that two calls with the same events wait for each other and never in a circle. Stable: of rows with one
/// event the first is written.
pub fn sort_by_event<A>(rows: &mut [ToldRow<'_, A>]) {
    rows.sort_by(|one, other| {
        let key = |it: &ToldRow<'_, A>| it.tenant;
        (&one.measurement.event_id, key(one)).cmp(&(&other.measurement.event_id, key(other)))
    });
}

/// A value of each row.
pub fn column<'a, A, T>(
    rows: &'a [ToldRow<'_, A>],
    value: impl Fn(&'a ToldRow<'_, A>) -> T,
) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// The moment of each row.
pub fn moments<A>(rows: &[ToldRow<'_, A>]) -> Result<Vec<TimestampWithTimeZone>, Fault> {
    rows.iter().map(moment).collect()
}

/// The moment of each row that was told one.
pub fn told_moments<A>(
    rows: &[ToldRow<'_, A>],
) -> Result<Vec<Option<TimestampWithTimeZone>>, Fault> {
    let is_told = |it: &ToldRow<'_, A>| it.measurement.recorded_at.is_some();
    rows.iter()
        .map(|it| is_told(it).then(|| moment(it)).transpose())
        .collect()
}

fn moment<A>(row: &ToldRow<'_, A>) -> Result<TimestampWithTimeZone, Fault> {
    TimestampWithTimeZone::try_from(row.at)
        .map_err(|_| Fault::internal("a checked time is out of range"))
}

/// Rows whose event was told before with other content, by their places among these, from 1: another fact under a used id would be
/// lost without a word.
pub fn told_otherwise<A>(rows: &[ToldRow<'_, A>], places: &[i64]) -> Vec<Rejected> {
    let index = |place: &i64| {
        let place = usize::try_from(*place).ok()?.checked_sub(1)?;
        Some(rows.get(place)?.index)
    };
    let reason = "was told before with other content: give each event an id of its own";
    let told = places.iter().filter_map(index);
    told.map(|index| Rejected::new(index, "event_id", reason))
        .collect()
}
