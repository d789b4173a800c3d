//! Owns the look at one account with the caller's rights: whether it is there for them, and what it shows.

use crate::pg::fault::Fault;
use crate::pg::sql::{self};
use pgrx::{JsonB, Uuid};

/// The tenant of an account the caller sees.
pub fn tenant_of(account: Uuid) -> Result<Uuid, Fault> {
    let tenants = sql::first(
        "select tenant_id from cs.accounts where id = $1",
        &[account.into()],
        |row| row.need("tenant_id"),
    )?;
    tenants.ok_or_else(|| Fault::no_such("account"))
}

/// The account as the list of accounts shows it, with what this transaction has written.
pub fn overview(account: Uuid) -> Result<Option<JsonB>, Fault> {
    let rows = sql::write_first(
        "select to_jsonb(overview) as it from cs.account_overview as overview where id = $1",
        &[account.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    Ok(rows)
}
