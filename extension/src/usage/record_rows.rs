//! Owns which rows are written, and how: rights, accounts, one insert, and the answer. Runs with the caller's rights.

use super::accounts::NamedAccounts;
use super::measurement::{Measurement, check_reach};
use super::row::{CheckedRow, check_row};
use crate::health::{Moment, PgZone, Zone};
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::given_rows::GivenRows;
use crate::pg::rejected_rows::{Rejected, refusal};
use crate::pg::sql;
use crate::pg::written_time::WrittenTime;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid, pg_sys};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Writes the good rows of a JSON array of rows. Without `keep_good` a faulty one refuses them all.
pub fn record_rows(rows: GivenRows<'_>, keep_good: bool) -> Result<JsonB, Fault> {
    identity::require_somewhere(Action::UsageRecord)?;
    let held = rows.hold()?;
    let rows = held.read()?;
    // SAFETY: reads when the transaction began: what now() answers, in µs since 2000.
    let now = unsafe { pg_sys::GetCurrentTransactionStartTimestamp() };
    let mut rejected = rows.rejected;
    let checked = rows
        .sound
        .iter()
        .map(|(index, element)| check_row(*index, element.get(), &mut rejected))
        .collect::<Vec<_>>();
    let mut good = find_accounts(checked, &mut rejected)?;
    set_moments(&mut good, now, &mut rejected)?;
    rejected.sort_by_key(|it| it.index);
    if !keep_good && !rejected.is_empty() {
        return Err(refusal(&rejected, rows.all));
    }
    sort_by_event(&mut good);
    let inserted = insert_rows(&good)?;
    let mut duplicates = good.len() - inserted;
    if duplicates > 0 {
        let told_otherwise = find_told_otherwise(&good)?;
        duplicates -= told_otherwise.len();
        rejected.extend(told_otherwise);
        rejected.sort_by_key(|it| it.index);
        if !keep_good && !rejected.is_empty() {
            return Err(refusal(&rejected, rows.all));
        }
    }
    Ok(JsonB(serde_json::json!({
        "inserted": inserted,
        "duplicates": duplicates,
        "rejected": rejected,
    })))
}

/// A measurement and the account it belongs to.
struct GoodRow<'a> {
    index: usize,
    tenant: Uuid,
    account: Uuid,
    at: Moment,
    measurement: Measurement<'a>,
}

/// Keeps the good rows, each with its account; rows that name an account the caller does not see are rejected too.
fn find_accounts<'a>(
    checked: Vec<CheckedRow<'a>>,
    rejected: &mut Vec<Rejected>,
) -> Result<Vec<GoodRow<'a>>, Fault> {
    let accounts = NamedAccounts::find_all(&checked)?;
    let mut good = Vec::with_capacity(checked.len());
    for row in checked {
        let Some(named) = row.account else { continue };
        match (accounts.find(&named), row.measurement) {
            (Ok((tenant, account)), Some(measurement)) => good.push(GoodRow {
                index: row.index,
                tenant,
                account,
                at: 0,
                measurement,
            }),
            (Ok(_), None) => {}
            (Err(reason), _) => rejected.push(Rejected::new(row.index, named.field(), reason)),
        }
    }
    Ok(good)
}

/// When each row was measured: what has no zone is the time of its tenant. Rows out of reach are rejected too.
fn set_moments(
    good: &mut Vec<GoodRow<'_>>,
    now: Moment,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let mut zones = HashMap::new();
    for row in good.iter_mut() {
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
    good.retain(|row| match check_reach(row.at, now) {
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
fn sort_by_event(good: &mut [GoodRow<'_>]) {
    good.sort_by(|one, other| {
        let key = |it: &GoodRow<'_>| it.tenant;
        (&one.measurement.event_id, key(one)).cmp(&(&other.measurement.event_id, key(other)))
    });
}

/// Writes the rows whose event the tenant does not have yet; returns how many.
fn insert_rows(good: &[GoodRow<'_>]) -> Result<usize, Fault> {
    if good.is_empty() {
        return Ok(0);
    }
    let columns = [
        column(good, |it| it.tenant).into(),
        column(good, |it| it.account).into(),
        column(good, |it| it.measurement.metric_type).into(),
        column(good, |it| it.measurement.metric_value.as_ref()).into(),
        column(good, |it| it.measurement.metadata).into(),
        moments(good, |_| true)?.into(),
        column(good, |it| it.measurement.event_id.as_deref()).into(),
    ];
    sql::count(include_str!("sql/insert.sql"), &columns)
}

/// Rows whose event was told before with other content: another fact under a used id would be lost without a word.
fn find_told_otherwise(good: &[GoodRow<'_>]) -> Result<Vec<Rejected>, Fault> {
    let columns = [
        column(good, |it| it.tenant).into(),
        column(good, |it| it.measurement.event_id.as_deref()).into(),
        column(good, |it| it.account).into(),
        column(good, |it| it.measurement.metric_type).into(),
        column(good, |it| it.measurement.metric_value.as_ref()).into(),
        column(good, |it| it.measurement.metadata).into(),
        moments(good, |it| it.measurement.recorded_at.is_some())?.into(),
    ];
    // As a writer, who sees what this call has written.
    let places = sql::write(include_str!("sql/told_otherwise.sql"), &columns, |row| {
        row.need::<i64>("place")
    })?;
    let index = |place: i64| {
        Some(
            good.get(usize::try_from(place).ok()?.checked_sub(1)?)?
                .index,
        )
    };
    let told = places.into_iter().filter_map(index);
    Ok(told
        .map(|index| {
            let reason = "was told before with other content: give each event an id of its own";
            Rejected::new(index, "event_id", reason)
        })
        .collect())
}

fn column<'a, T>(good: &'a [GoodRow<'_>], value: impl Fn(&'a GoodRow<'_>) -> T) -> Vec<T> {
    good.iter().map(value).collect()
}

/// The moments of the rows that pass.
fn moments(
    good: &[GoodRow<'_>],
    passes: impl Fn(&GoodRow<'_>) -> bool,
) -> Result<Vec<Option<TimestampWithTimeZone>>, Fault> {
    let moment = |it: &GoodRow<'_>| TimestampWithTimeZone::try_from(it.at);
    good.iter()
        .map(|it| passes(it).then(|| moment(it)).transpose())
        .collect::<Result<_, _>>()
        .map_err(|_| Fault::internal("a checked time is out of range"))
}
