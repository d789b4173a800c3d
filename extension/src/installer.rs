//! Owns the making of the database: the files of `sql/` in their order, run so that what they make is nobody's member.
//!
//! Tables that were members of the extension would not be dumped and would vanish with it; so only the native functions
//! are members. Structure files run once; the repeatable files run whenever they or the extension's oid have changed.

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, restoring};
use crate::pg::sql::{self};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use sha2::{Digest, Sha256};

macro_rules! files {
    ($($name:literal),+ $(,)?) => { &[$(($name, include_str!(concat!("../../sql/", $name)))),+] };
}

/// Run at every CREATE EXTENSION, also while a dump is restored: no dump carries what they make.
const ALWAYS: &[(&str, &str)] = files!["00_cluster.sql", "01_natives.sql"];

/// Run once each, in this order.
const STRUCTURE: &[(&str, &str)] = files![
    "02_schema_versions.sql",
    "10_people.sql",
    "12_access.sql",
    "20_accounts.sql",
    "22_custom_fields.sql",
    "24_contacts.sql",
    "30_journey.sql",
    "32_milestones.sql",
    "34_activities.sql",
    "36_revenue.sql",
    "40_usage.sql",
    "50_health.sql",
    "52_health_models.sql",
    "54_health_work.sql",
    "60_playbooks.sql",
    "70_webhooks.sql",
    "72_events.sql",
    "80_audit.sql",
    "84_saved_views.sql",
    "86_timeline.sql",
];

/// Run together, in this order, whenever one of them or the extension is new.
const AGAIN: &[(&str, &str)] = files![
    "again/10_defaults.sql",
    "again/20_accounts.sql",
    "again/21_custom_fields.sql",
    "again/22_arr.sql",
    "again/24_contacts.sql",
    "again/25_hierarchy.sql",
    "again/30_journey.sql",
    "again/35_criteria.sql",
    "again/40_revenue.sql",
    "again/45_activities.sql",
    "again/50_health.sql",
    "again/60_playbooks.sql",
    "again/70_webhooks.sql",
    "again/75_audit.sql",
    "again/77_events.sql",
    "again/80_views.sql",
    "again/82_account_events.sql",
    "again/82_search.sql",
    "again/82_timeline.sql",
    "again/84_portfolio.sql",
    "again/84_saved_views.sql",
    "again/85_board.sql",
    "again/86_accounts_of_executive.sql",
    "again/86_executive.sql",
    "again/88_trends.sql",
    "again/90_policies.sql",
    "again/95_grants.sql",
];

/// Minor releases before these have a known hole in row security (major, first good minor).
const SAFE_MINORS: [(i32, i32); 4] = [(15, 20), (16, 16), (17, 12), (18, 7)];

#[pg_extern]
fn install() {
    let _pinned = Pinned::enter();
    bring_up_to_date().or_raise();
}

extension_sql!("select cs.install();", name = "install", finalize);

fn bring_up_to_date() -> Result<(), Fault> {
    warn_of_the_server()?;
    let _outside = OutsideExtension::enter();
    run_all(ALWAYS)?;
    if restoring() {
        return Ok(());
    }
    let applied = applied_files()?;
    for (name, text) in STRUCTURE {
        if !applied.iter().any(|file| file == name) {
            run_file(name, text)?;
            record(name, &hash([*text]))?;
        }
    }
    let state = again_state()?;
    if recorded_hash("again")?.as_deref() != Some(&state) {
        run_all(AGAIN)?;
        record("again", &state)?;
    }
    crate::webhooks::clone_guard::claim_if_first()?;
    crate::background::wake::register_at_commit();
    Ok(())
}

/// While alive, what is made does not become a member of the extension.
struct OutsideExtension(bool);

impl OutsideExtension {
    fn enter() -> Self {
        // SAFETY: a plain variable of this backend, put back in drop.
        unsafe { Self((&raw mut pg_sys::creating_extension).replace(false)) }
    }
}

impl Drop for OutsideExtension {
    fn drop(&mut self) {
        // SAFETY: restores what enter found.
        unsafe { pg_sys::creating_extension = self.0 }
    }
}

fn run_all(files: &[(&str, &str)]) -> Result<(), Fault> {
    files
        .iter()
        .try_for_each(|(name, text)| run_file(name, text))
}

fn run_file(name: &str, text: &str) -> Result<(), Fault> {
    sql::run(text, &[]).map_err(|fault| Fault::internal(format!("sql/{name}: {}", fault.message())))
}

fn applied_files() -> Result<Vec<String>, Fault> {
    let exists = sql::read(
        "select to_regclass('cs.schema_versions') is not null as it",
        &[],
        |row| row.need::<bool>("it"),
    )?;
    if exists != [true] {
        return Ok(Vec::new());
    }
    sql::read("select file from cs.schema_versions", &[], |row| {
        row.need("file")
    })
}

fn recorded_hash(file: &str) -> Result<Option<String>, Fault> {
    let hashes = sql::first(
        "select hash from cs.schema_versions where file = $1",
        &[file.into()],
        |row| row.need("hash"),
    )?;
    Ok(hashes)
}

fn record(file: &str, hash: &str) -> Result<(), Fault> {
    sql::run(
        "insert into cs.schema_versions (file, hash) values ($1, $2)
         on conflict (file) do update set hash = excluded.hash, applied_at = now()",
        &[file.into(), hash.into()],
    )
}

/// What the repeatable files look like, together with the extension they hang on.
fn again_state() -> Result<String, Fault> {
    // SAFETY: a catalogue look-up; missing is an error of its own.
    let extension = unsafe { pg_sys::get_extension_oid(c"customer_success".as_ptr(), false) };
    let oid = extension.to_u32().to_string();
    Ok(hash(
        AGAIN.iter().map(|(_, text)| *text).chain([oid.as_str()]),
    ))
}

fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let digest = parts.into_iter().fold(Sha256::new(), |digest, part| {
        digest.chain_update(part).chain_update([0])
    });
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn warn_of_the_server() -> Result<(), Fault> {
    let number = sql::read(
        "select current_setting('server_version_num')::int as it",
        &[],
        |row| row.need::<i32>("it"),
    )?;
    let (major, minor) = number
        .first()
        .map_or((0, 0), |number| (number / 10_000, number % 10_000));
    if major < 15 {
        return Err(Fault::unsupported(
            "customer_success needs PostgreSQL 15 or newer",
        ));
    }
    if let Some((_, safe)) = SAFE_MINORS
        .iter()
        .find(|(known, safe)| *known == major && minor < *safe)
    {
        pgrx::warning!(
            "PostgreSQL {major}.{minor} has a known hole in row security; update it to {major}.{safe} or later"
        );
    }
    if !crate::background::board::is_available() {
        ErrorReport::new(
            PgSqlErrorCode::ERRCODE_CONFIG_FILE_ERROR,
            "webhooks will not be delivered: the library is not preloaded",
            "",
        )
        .set_hint("Add customer_success to shared_preload_libraries in postgresql.conf and restart the server.")
        .report(PgLogLevel::WARNING);
    }
    Ok(())
}
