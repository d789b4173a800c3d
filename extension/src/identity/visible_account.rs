//! Owns the look at one account with the caller's rights: whether the caller sees it, and what it shows.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};

/// The tenant of an account that the caller sees. Errors: P0002 where there is none, or the caller does not see it.
pub fn require_visible_account(account: Uuid) -> Result<Uuid, Fault> {
    let tenant = sql::first(
        "select tenant_id from cs.accounts where id = $1",
        &[account.into()],
        |row| row.need("tenant_id"),
    )?;
    tenant.ok_or_else(|| Fault::no_such("account"))
}

/// The account as the list of accounts shows it, with what this transaction has written.
pub fn read_overview(account: Uuid) -> Result<Option<JsonB>, Fault> {
    sql::write_first(
        "select to_jsonb(overview) as it from cs.account_overview as overview where id = $1",
        &[account.into()],
        |row| row.need::<JsonB>("it"),
    )
}
