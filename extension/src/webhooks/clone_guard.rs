//! Owns the silence of copies: a database that was registered in another cluster, or as another database, sends nothing until
//! confirmed.

use crate::background::footing;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql;
use pgrx::pg_sys;
use pgrx::prelude::*;

/// What distinguishes this database from its copies: the cluster's system identifier and the database's oid.
pub fn installation_id() -> (String, pg_sys::Oid) {
    // SAFETY: both are fixed once the backend is connected.
    unsafe {
        (
            pg_sys::GetSystemIdentifier().to_string(),
            pg_sys::MyDatabaseId,
        )
    }
}

/// What `webhook_queue.installation` holds of what this database may send.
pub fn this_installation() -> String {
    let (system, database) = installation_id();
    format!("{system}/{}", database.to_u32())
}

/// Registers this database as the one that may send, unless one is registered.
pub fn register_if_first() -> Result<(), Fault> {
    let (system, database) = installation_id();
    sql::run(
        "insert into cs.installation (system_identifier, database_oid) values ($1, $2) on conflict do nothing",
        &[system.into(), database.into()],
    )
}

/// Whether another database is registered as the one that sends. In a system section.
pub fn is_copy() -> Result<bool, Fault> {
    let (system, database) = installation_id();
    let is_registered = sql::exists(
        "select from cs.installation where system_identifier = $1 and database_oid = $2",
        &[system.into(), database.into()],
    )?;
    Ok(!is_registered)
}

#[pg_extern]
fn confirm_webhooks() -> i64 {
    require_superuser("let a copied database send webhooks").or_raise();
    let _pinned = Pinned::enter();
    footing::require_completeness().or_raise();
    confirm().or_raise()
}

/// Registers this database, and makes what still waits for others its own; how many deliveries that are.
fn confirm() -> Result<i64, Fault> {
    let (system, database) = installation_id();
    sql::run(
        "insert into cs.installation (system_identifier, database_oid) values ($1, $2)
         on conflict (only_row) do update
         set system_identifier = excluded.system_identifier, database_oid = excluded.database_oid, confirmed_at = now()",
        &[system.into(), database.into()],
    )?;
    let adopted = sql::write_first(
        include_str!("sql/adopt_deliveries.sql"),
        &[this_installation().into()],
        |row| row.need::<i64>("adopted"),
    )?;
    crate::background::wake::look_anew_at_commit();
    Ok(adopted.unwrap_or(0))
}
