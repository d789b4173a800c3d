//! Owns which rows are written: rights, accounts, one insert, and the answer. Runs with the caller's rights.

use super::accounts::Accounts;
use super::row::{self, Checked, Measure};
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::{Rejected, refusal};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid, pg_sys};
use serde_json::value::RawValue;

/// Writes the good rows of a JSON array of rows. Without `keep_good` a faulty one refuses them all.
pub fn record(rows: &str, keep_good: bool) -> Result<JsonB, Fault> {
    identity::require_somewhere(Action::UsageRecord)?;
    let elements = serde_json::from_str::<Vec<&RawValue>>(rows)
        .map_err(|_| Fault::invalid("rows", "rows must be a JSON array"))?;
    // SAFETY: reads when the transaction began: what now() answers, in µs since 2000.
    let now = unsafe { pg_sys::GetCurrentTransactionStartTimestamp() };
    let mut rejected = Vec::new();
    let checked = elements
        .iter()
        .enumerate()
        .map(|(index, element)| row::check(index, element.get(), now, &mut rejected))
        .collect::<Vec<_>>();
    let good = resolve(checked, &mut rejected)?;
    if !keep_good && !rejected.is_empty() {
        return Err(refusal(&rejected, elements.len()));
    }
    let offered = good.len();
    let inserted = insert(good)?;
    Ok(JsonB(serde_json::json!({
        "inserted": inserted,
        "duplicates": offered - inserted,
        "rejected": rejected,
    })))
}

/// A measurement and the account it belongs to.
struct Good<'a> {
    tenant: Uuid,
    account: Uuid,
    measure: Measure<'a>,
}

/// Leaves the good rows, each with its account; rows that name none the caller sees are rejected too.
fn resolve<'a>(
    checked: Vec<Checked<'a>>,
    rejected: &mut Vec<Rejected>,
) -> Result<Vec<Good<'a>>, Fault> {
    let accounts = Accounts::named_by(&checked)?;
    let mut good = Vec::with_capacity(checked.len());
    for row in checked {
        let Some(named) = row.account else { continue };
        match (accounts.find(&named), row.measure) {
            (Ok((tenant, account)), Some(measure)) => good.push(Good {
                tenant,
                account,
                measure,
            }),
            (Ok(_), None) => {}
            (Err(reason), _) => rejected.push(Rejected::new(row.index, named.field(), reason)),
        }
    }
    rejected.sort_by_key(|it| it.index);
    Ok(good)
}

/// How many rows were written: those whose event the tenant did not have yet.
fn insert(mut good: Vec<Good<'_>>) -> Result<usize, Fault> {
    if good.is_empty() {
        return Ok(0);
    }
    // One order for all, so that two calls with the same events wait for each other and never in a circle. Stable: of
    // rows with one event the first is written.
    good.sort_by(|one, other| {
        let key = |it: &Good<'_>| *it.tenant.as_bytes();
        (&one.measure.event_id, key(one)).cmp(&(&other.measure.event_id, key(other)))
    });
    let columns = [
        column(&good, |it| it.tenant).into(),
        column(&good, |it| it.account).into(),
        column(&good, |it| it.measure.metric_type).into(),
        column(&good, |it| it.measure.metric_value).into(),
        column(&good, |it| it.measure.metadata).into(),
        good.iter()
            .map(|it| TimestampWithTimeZone::try_from(it.measure.recorded_at))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| Fault::internal("a checked time is out of range"))?
            .into(),
        column(&good, |it| it.measure.event_id.as_deref()).into(),
    ];
    Spi::connect_mut(|client| {
        Ok(client
            .update(include_str!("sql/insert.sql"), None, &columns)?
            .len())
    })
}

fn column<'a, T>(good: &'a [Good<'_>], value: impl Fn(&'a Good<'_>) -> T) -> Vec<T> {
    good.iter().map(value).collect()
}
