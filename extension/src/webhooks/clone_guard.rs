//! Owns the silence of copies: a database that finds another cluster's or database's mark sends nothing until confirmed.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql;
use pgrx::pg_sys;
use pgrx::prelude::*;

/// What tells this database from its copies: the cluster's system identifier and the database's oid.
pub fn mark() -> (String, pg_sys::Oid) {
    // SAFETY: both are fixed once the backend is connected.
    unsafe {
        (
            pg_sys::GetSystemIdentifier().to_string(),
            pg_sys::MyDatabaseId,
        )
    }
}

/// Marks a database that has no mark yet as the one that may send.
pub fn claim_if_first() -> Result<(), Fault> {
    let (system, database) = mark();
    sql::run(
        "insert into cs.installation (system_identifier, database_oid) values ($1, $2) on conflict do nothing",
        &[system.into(), database.into()],
    )
}

#[pg_extern]
fn confirm_webhooks() {
    require_superuser("let a copied database send webhooks").or_raise();
    let _pinned = Pinned::enter();
    let (system, database) = mark();
    sql::run(
        "insert into cs.installation (system_identifier, database_oid) values ($1, $2)
         on conflict (only_row) do update
         set system_identifier = excluded.system_identifier, database_oid = excluded.database_oid, confirmed_at = now()",
        &[system.into(), database.into()],
    )
    .or_raise();
    crate::background::wake::at_commit();
}
