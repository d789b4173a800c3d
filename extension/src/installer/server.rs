//! Owns the checks of the server before anything is made: its version, the encoding of the database, and whether the library is
//! preloaded.

use crate::background::board::{self, BOARD};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Minor releases before these have a known hole in row security (major, first good minor).
const SAFE_MINORS: [(i32, i32); 4] = [(15, 20), (16, 16), (17, 12), (18, 7)];

/// Refuses a server that is too old; warns of one with a known hole, or without the library preloaded.
pub fn check() -> Result<(), Fault> {
    let number = sql::one(
        "select current_setting('server_version_num')::int as it",
        &[],
        |row| row.need::<i32>("it"),
    )?;
    let (major, minor) = (number / 10_000, number % 10_000);
    if major < 15 {
        return Err(Fault::unsupported(
            "customer_success needs PostgreSQL 15 or newer",
        ));
    }
    check_encoding()?;
    if let Some((_, safe)) = SAFE_MINORS
        .iter()
        .find(|(known, safe)| *known == major && minor < *safe)
    {
        pgrx::warning!(
            "PostgreSQL {major}.{minor} has a known hole in row security; update it to {major}.{safe} or later"
        );
    }
    if !board::is_available() {
        warn_of_no_worker(
            "the library is not preloaded",
            "Add customer_success to shared_preload_libraries in postgresql.conf and restart the server.",
        );
    } else if !BOARD.get().is_attended() {
        warn_of_no_worker(
            "there is no launcher of workers at the moment",
            "It comes back within a second of its end; if pg_stat_activity shows none, restart the server.",
        );
    }
    Ok(())
}

fn warn_of_no_worker(why: &str, remedy: &str) {
    let message = format!("scores will not be computed and webhooks not delivered: {why}");
    ErrorReport::new(PgSqlErrorCode::ERRCODE_CONFIG_FILE_ERROR, message, "")
        .set_hint(remedy)
        .report(PgLogLevel::WARNING);
}

/// Every text here is Unicode.
fn check_encoding() -> Result<(), Fault> {
    let encoding = sql::one(
        "select pg_encoding_to_char(encoding)::text as it from pg_catalog.pg_database where datname = current_database()",
        &[],
        |row| row.need::<String>("it"),
    )?;
    match encoding.as_str() {
        "UTF8" => Ok(()),
        other => Err(Fault::unsupported(format!(
            "customer_success needs a database with the encoding UTF8, this one has {other}"
        ))
        .hint("Make one: create database my_database encoding 'UTF8' template template0 locale 'C.UTF-8'.")),
    }
}
