//! Owns the publication of what belongs to tenants, for a logical copy: without what belongs to one database alone.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql;
use pgrx::prelude::*;

/// What tells of one database: which files made it, whether it may send, what its workers have still to do.
const OF_ONE_DATABASE: [&str; 7] = [
    "schema_versions",
    "installation",
    "event_channel",
    "health_dirty",
    "usage_daily_changes",
    "worker_failures",
    "webhook_breakers",
];

#[pg_extern]
fn create_publication(name: default!(&str, "'cs_all'")) -> Vec<String> {
    require_superuser("publish the tables of all tenants").or_raise();
    let _pinned = Pinned::enter();
    create(name).or_raise()
}

/// Creates it; returns its tables.
fn create(name: &str) -> Result<Vec<String>, Fault> {
    let tables = sql::read(
        include_str!("sql/tables_of_tenants.sql"),
        &[OF_ONE_DATABASE.map(str::to_owned).to_vec().into()],
        |row| row.need::<String>("it"),
    )?;
    let statement = sql::one(
        "select format('create publication %I for table %s', $1, array_to_string($2, ', ')) as it",
        &[name.into(), tables.clone().into()],
        |row| row.need::<String>("it"),
    )?;
    sql::run(&statement, &[])?;
    Ok(tables)
}
