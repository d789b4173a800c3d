//! Owns the making of the database: the files of `sql/` in their order, run so that what they make is not a member of any
//! extension.
//!
//! Tables that were members of the extension would not be dumped and would vanish with it; so only the native functions
//! are members. Structure files run once; the repeatable files run whenever they or the extension's oid have changed.

mod files;
mod leftovers;
mod ownership;
mod publication;
mod restore;
mod server;

use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use files::{AGAIN, ALWAYS, File, STRUCTURE};
use pgrx::pg_sys;
use pgrx::prelude::*;
use sha2::{Digest, Sha256};

#[pg_extern]
fn install() {
    let _pinned = Pinned::enter();
    let outside = OutsideExtension::enter();
    let is_by_hand = !outside.0;
    make(is_by_hand).or_raise();
}

extension_sql!("select cs.install();", name = "install", finalize);

fn make(is_by_hand: bool) -> Result<(), Fault> {
    server::check()?;
    run_all(ALWAYS)?;
    if is_by_hand {
        restore::with_row_security(bring_up_to_date)
    } else if restore::is_under_way()? {
        // The dump brings the rest.
        Ok(())
    } else {
        bring_up_to_date()
    }
}

fn bring_up_to_date() -> Result<(), Fault> {
    let applied = applied_files()?;
    for (name, text) in STRUCTURE {
        if !applied.iter().any(|file| file == name) {
            run_file(name, text)?;
            record(name, &hash([*text]))?;
        }
    }
    let was_incomplete = ownership::mend(STRUCTURE.iter().map(|(_, text)| *text))?;
    let state = again_state()?;
    if was_incomplete || recorded_hash("again")?.as_deref() != Some(&state) {
        make_again()?;
        record("again", &state)?;
    }
    crate::webhooks::clone_guard::register_if_first()?;
    crate::background::wake::register_at_commit();
    Ok(())
}

/// Runs the repeatable files so that what they make is the same as on a fresh database, whatever an older version had made.
fn make_again() -> Result<(), Fault> {
    leftovers::drop_attached()?;
    let grants = leftovers::drop_outdated(|| run_all(AGAIN))?;
    run_all(AGAIN)?;
    grants.iter().try_for_each(|grant| sql::run(grant, &[]))
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

fn run_all(files: &[File]) -> Result<(), Fault> {
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

/// What the repeatable files look like, together with the extension they depend on.
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
