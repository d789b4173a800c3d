//! Owns which rows are written, and how: rights, accounts, one insert, and the answer. Runs with the caller's rights.

use super::accounts::NamedAccounts;
use super::row::{CheckedRow, check_row};
use super::told_row::{
    ToldRow, Written, column, moments, set_moments, sort_by_event, told_moments, told_otherwise,
};
use super::unknown_accounts;
use crate::accounts::AccountName;
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::given_rows::GivenRows;
use crate::pg::rejected_rows::{Rejected, refusal};
use crate::pg::sql;
use pgrx::{JsonB, Uuid, pg_sys};
use std::borrow::Cow;

/// What to do with rows that cannot be counted now.
#[derive(Debug, Clone, Copy)]
pub struct Leniency {
    /// Faulty ones do not refuse the others.
    pub keep_good: bool,
    /// Those of an account that does not exist wait for it.
    pub keep_unknown: bool,
}

/// Writes the good rows of a JSON array of rows.
pub fn record_rows(rows: GivenRows<'_>, leniency: Leniency) -> Result<JsonB, Fault> {
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
    let mut sorted = sort_out(checked, leniency.keep_unknown, &mut rejected)?;
    set_moments(&mut sorted.known, now, &mut rejected)?;
    set_moments(&mut sorted.unknown, now, &mut rejected)?;
    if leniency.keep_unknown {
        unknown_accounts::keep_room(&mut sorted.unknown, &mut rejected)?;
    }
    refuse_faults(&mut rejected, leniency, rows.all)?;
    let known = write_known(sorted.known)?;
    let unknown = unknown_accounts::keep(sorted.unknown)?;
    let told_otherwise = known.told_otherwise.into_iter();
    rejected.extend(told_otherwise.chain(unknown.told_otherwise));
    refuse_faults(&mut rejected, leniency, rows.all)?;
    let mut answer = serde_json::json!({
        "inserted": known.written,
        "duplicates": known.duplicates + unknown.duplicates,
        "rejected": rejected,
    });
    if leniency.keep_unknown {
        answer["kept"] = unknown.written.into();
    }
    Ok(JsonB(answer))
}

fn refuse_faults(rejected: &mut [Rejected], leniency: Leniency, rows: usize) -> Result<(), Fault> {
    rejected.sort_by_key(|it| it.index);
    match leniency.keep_good || rejected.is_empty() {
        true => Ok(()),
        false => Err(refusal(rejected, rows)),
    }
}

/// The good rows, by whether their account is known.
struct Sorted<'a> {
    known: Vec<ToldRow<'a, Uuid>>,
    unknown: Vec<ToldRow<'a, Cow<'a, str>>>,
}

/// Rows that name an account the caller does not see are rejected, where they are not to be kept.
fn sort_out<'a>(
    checked: Vec<CheckedRow<'a>>,
    keeps_unknown: bool,
    rejected: &mut Vec<Rejected>,
) -> Result<Sorted<'a>, Fault> {
    let accounts = NamedAccounts::find_all(&checked)?;
    let (mut known, mut unknown) = (Vec::with_capacity(checked.len()), Vec::new());
    for CheckedRow {
        index,
        account,
        measurement,
    } in checked
    {
        let Some(named) = account else { continue };
        let found = accounts.find(&named);
        match (found, named, accounts.tenant()) {
            (Ok((tenant, account)), ..) => {
                known.extend(measurement.map(|it| ToldRow::new(index, tenant, account, it)));
            }
            // Whoever may record usage sees all accounts of the tenant: this one is not hidden.
            (Err(_), AccountName::External(id), Some(tenant)) if keeps_unknown => {
                unknown.extend(measurement.map(|it| ToldRow::new(index, tenant, id, it)));
            }
            (Err(reason), named, _) => {
                rejected.push(Rejected::new(index, named.field(), reason));
            }
        }
    }
    Ok(Sorted { known, unknown })
}

/// Writes the rows whose event the tenant does not have yet.
fn write_known(mut rows: Vec<ToldRow<'_, Uuid>>) -> Result<Written, Fault> {
    if rows.is_empty() {
        return Ok(Written::default());
    }
    sort_by_event(&mut rows);
    let columns = [
        column(&rows, |it| it.tenant).into(),
        column(&rows, |it| it.account).into(),
        column(&rows, |it| it.measurement.metric_type).into(),
        column(&rows, |it| it.measurement.metric_value.as_ref()).into(),
        column(&rows, |it| it.measurement.metadata).into(),
        moments(&rows)?.into(),
        column(&rows, |it| it.measurement.event_id.as_deref()).into(),
    ];
    let written = sql::count(include_str!("sql/insert.sql"), &columns)?;
    let told_otherwise = match written == rows.len() {
        true => Vec::new(),
        false => find_told_otherwise(&rows)?,
    };
    Ok(Written {
        written,
        duplicates: rows.len() - written - told_otherwise.len(),
        told_otherwise,
    })
}

fn find_told_otherwise(rows: &[ToldRow<'_, Uuid>]) -> Result<Vec<Rejected>, Fault> {
    let columns = [
        column(rows, |it| it.tenant).into(),
        column(rows, |it| it.measurement.event_id.as_deref()).into(),
        column(rows, |it| it.account).into(),
        column(rows, |it| it.measurement.metric_type).into(),
        column(rows, |it| it.measurement.metric_value.as_ref()).into(),
        column(rows, |it| it.measurement.metadata).into(),
        told_moments(rows)?.into(),
    ];
    // As a writer, who sees what this call has written.
    let places = sql::write(include_str!("sql/told_otherwise.sql"), &columns, |row| {
        row.need("place")
    })?;
    Ok(told_otherwise(rows, &places))
}
