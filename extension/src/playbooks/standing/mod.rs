//! Owns who is in the state that a kind of event means, now: not whether it has just begun.
//!
//! In: what a playbook waits for. Out: accounts with the values that say so, and SQL for whoever compares them with what was
//! known before. Paused and lost accounts are among them: what holds a playbook back is no matter of this room.

mod query;

use super::definition::AwaitedEvent;
use crate::pg::fault::Fault;
use crate::pg::sql::{self, Row};
use pgrx::{JsonB, Uuid};
use serde_json::Value;

pub use query::StandingQuery;

/// An account that is in the state.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The account.
    pub account_id: Uuid,
    /// What has lasted, where an account can be in the state for several things or again and again; else empty.
    pub subject: String,
    /// The values that say so, as a run keeps them.
    pub values: Value,
    /// Whether it rests on a feed that is out.
    pub stale: bool,
    /// Whether it rests on a score with too little data to act on.
    pub uncertain: bool,
}

/// The accounts of a tenant that are in the state, or those of these. Inside a system section.
pub fn find(
    tenant: Uuid,
    awaited: &AwaitedEvent,
    among: Option<&[Uuid]>,
) -> Result<Vec<Standing>, Fault> {
    let query = StandingQuery::of(tenant, awaited, among)?;
    sql::read(query.text, &query.arguments, Standing::of_row)
}

impl Standing {
    /// Of a row with the columns of [`StandingQuery`].
    pub fn of_row(row: &Row<'_>) -> Result<Self, Fault> {
        Ok(Self {
            account_id: row.need("account_id")?,
            subject: row.need("subject")?,
            values: row.need::<JsonB>("event")?.0,
            stale: row.need("stale")?,
            uncertain: row.need("uncertain")?,
        })
    }
}
