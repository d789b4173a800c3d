//! Owns whether CREATE EXTENSION is part of a restore, and that the installer itself is never taken for one.

use crate::pg::fault::Fault;
use crate::pg::section::restoring;
use crate::pg::sql;
use pgrx::pg_sys;

/// Whether a dump is being restored: `pg_dump` sets `xmloption` first, which nobody else has a reason to, and `row_security`, mostly to
/// off, but to on with --enable-row-security.
pub fn is_under_way() -> Result<bool, Fault> {
    let is_dump = sql::exists(
        "select from pg_catalog.pg_settings where name = 'xmloption' and source = 'session'",
        &[],
    )?;
    let is_off = restoring();
    if is_off && !is_dump {
        pgrx::warning!(
            "row_security is off, as while a dump is restored: only functions were made; run select cs.install() for the rest"
        );
    }
    Ok(is_dump || is_off)
}

/// Runs `body` with row security on: with it off, our triggers would stand aside.
pub fn with_row_security(body: impl FnOnce() -> Result<(), Fault>) -> Result<(), Fault> {
    let _on = RowSecurityOn::enter();
    body()
}

struct RowSecurityOn(bool);

impl RowSecurityOn {
    fn enter() -> Self {
        // SAFETY: a plain variable of this backend, put back in drop.
        unsafe { Self((&raw mut pg_sys::row_security).replace(true)) }
    }
}

impl Drop for RowSecurityOn {
    fn drop(&mut self) {
        // SAFETY: restores what enter found.
        unsafe { pg_sys::row_security = self.0 }
    }
}
