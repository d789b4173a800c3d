//! Owns usage of accounts that do not exist yet: kept where the caller asks for it, counted once the account is there, ended after 30
//! days.

use super::told_row::{
    ToldRow, Written, column, moments, sort_by_event, told_moments, told_otherwise,
};
use crate::pg::changed_columns;
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use crate::pg::section::System;
use crate::pg::sql::{self, Kept};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use std::borrow::Cow;

/// So many rows of a tenant may wait: a sender whose accounts never come must not fill the disk.
const MOST_WAITING: usize = 100_000;
const NO_ROOM: &str = "no such account, and 100,000 rows wait for theirs already";

thread_local! {
    static COUNT_WAITING: Kept = const {
        Kept::new(concat!(include_str!("sql/waiting_of_new_accounts.sql"), include_str!("sql/count_waiting.sql")), &[])
    };
}

type UnknownRow<'a> = ToldRow<'a, Cow<'a, str>>;

/// Rejects those for which there is no room.
pub fn keep_room(
    rows: &mut Vec<UnknownRow<'_>>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let Some(first) = rows.first() else {
        return Ok(());
    };
    let most = i64::try_from(MOST_WAITING).unwrap_or(i64::MAX);
    let waiting = {
        let _section = System::enter();
        let arguments = [first.tenant.into(), most.into()];
        sql::first(include_str!("sql/waiting_count.sql"), &arguments, |row| {
            row.need::<i64>("waiting")
        })?
    };
    let waiting = usize::try_from(waiting.unwrap_or(0)).unwrap_or(MOST_WAITING);
    let room = MOST_WAITING.saturating_sub(waiting).min(rows.len());
    let beyond = rows.drain(room..);
    rejected.extend(beyond.map(|it| Rejected::new(it.index, "external_id", NO_ROOM)));
    Ok(())
}

/// Keeps the rows whose event the tenant does not have yet.
pub fn keep(mut rows: Vec<UnknownRow<'_>>) -> Result<Written, Fault> {
    let Some(tenant) = rows.first().map(|it| it.tenant) else {
        return Ok(Written::default());
    };
    sort_by_event(&mut rows);
    let columns = |moments| {
        [
            tenant.into(),
            column(&rows, |it| it.account.as_ref()).into(),
            column(&rows, |it| it.measurement.metric_type).into(),
            column(&rows, |it| it.measurement.metric_value.as_ref()).into(),
            column(&rows, |it| it.measurement.metadata).into(),
            moments,
            column(&rows, |it| it.measurement.event_id.as_deref()).into(),
        ]
    };
    // The caller's right was checked, and the tenant is the caller's own.
    let _section = System::enter();
    let keep = include_str!("sql/keep_unknown.sql");
    let written = sql::count(keep, &columns(moments(&rows)?.into()))?;
    let told_otherwise = match written == rows.len() {
        true => Vec::new(),
        false => {
            let arguments = columns(told_moments(&rows)?.into());
            let find = include_str!("sql/unknown_told_otherwise.sql");
            told_otherwise(
                &rows,
                &sql::write(find, &arguments, |row| row.need("place"))?,
            )
        }
    };
    Ok(Written {
        written,
        duplicates: rows.len() - written - told_otherwise.len(),
        told_otherwise,
    })
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over the transition table `new_rows`.
#[pg_trigger]
fn tg_accounts__count_waiting<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let is_update = matches!(trigger.op(), Ok(PgTriggerOperation::Update));
        if is_update && !changed_columns::changed(trigger, &["external_id"])? {
            return Ok(());
        }
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            COUNT_WAITING.with(|it| transition_tables::write(trigger, client, it, &[], |_| Ok(())))
        })
        .map(drop)
    })
}

/// Counts what waits though its account is there, as where both came at the same time; ends what has waited too long, and forgets
/// what ended long ago. At most 1,000 rows of each; true where there may be more.
pub fn tidy_waiting() -> Result<bool, Fault> {
    let _section = System::enter();
    let mut is_more = false;
    for step in [
        concat!(
            include_str!("sql/waiting_of_any_account.sql"),
            include_str!("sql/count_waiting.sql"),
        ),
        include_str!("sql/end_waiting.sql"),
        include_str!("sql/forget_ended.sql"),
    ] {
        let done = sql::write(step, &[], |row| row.need::<i64>("rows"))?;
        is_more |= done.first().is_some_and(|rows| *rows >= 1_000);
    }
    Ok(is_more)
}
