//! Owns what a playbook had done, and was, when something happened: how often it had run, and whether it waited at all.

use crate::health::{Moment, to_timestamp};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::prelude::*;

/// A playbook just before a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaybookThen {
    /// Why it did not wait then; `None` where it did.
    pub idle: Option<String>,
    /// Minutes since it had last run for the account.
    pub minutes_since_last: Option<f64>,
    /// How often it had run on the day of the moment.
    pub fired_that_day: i64,
    /// How often it had run in the ten minutes before.
    pub fired_lately: i64,
}

/// What came of a match.
#[derive(Debug, Clone, PartialEq)]
pub struct RunThen {
    pub at: String,
    pub result: String,
    pub reason: String,
}

/// A playbook as it was for an account just before a moment, on a day that had begun at another one.
pub fn read_playbook_then(
    tenant: Uuid,
    playbook: Uuid,
    account: Uuid,
    at: Moment,
    day_began: Moment,
) -> Result<PlaybookThen, Fault> {
    sql::one(
        include_str!("sql/playbook_then.sql"),
        &[
            tenant.into(),
            playbook.into(),
            account.into(),
            to_timestamp(at)?.into(),
            to_timestamp(day_began)?.into(),
        ],
        |row| {
            Ok(PlaybookThen {
                idle: row.maybe("idle")?,
                minutes_since_last: row.maybe("minutes")?,
                fired_that_day: row.need("that_day")?,
                fired_lately: row.need("lately")?,
            })
        },
    )
}

/// What came of the matches of a playbook and an account after a moment: of the event with this id, or of all of this kind.
pub fn read_runs_after(
    tenant: Uuid,
    playbook: Uuid,
    account: Uuid,
    after: Option<Moment>,
    (kind, event_id): (&str, Option<String>),
) -> Result<Vec<RunThen>, Fault> {
    let after = after.map(to_timestamp).transpose()?;
    sql::read(
        include_str!("sql/runs_after.sql"),
        &[
            tenant.into(),
            playbook.into(),
            account.into(),
            after.into(),
            kind.into(),
            event_id.into(),
        ],
        |row| {
            Ok(RunThen {
                at: row
                    .need::<TimestampWithTimeZone>("executed_at")?
                    .to_iso_string(),
                result: row.need("result")?,
                reason: row.need("reason")?,
            })
        },
    )
}
