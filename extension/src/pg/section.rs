//! Owns the one way to act beyond the caller, and the settings every query of ours runs under.
//!
//! A [`System`] section does what PostgreSQL's own foreign-key checks do: it runs as the owner of the tables with row
//! security not forced. The code that enters one takes the tenant from a row that policies have checked, never from an argument.

use super::fault::Fault;
use pgrx::pg_sys;
use std::ffi::{CStr, c_int};

/// Unqualified names mean PostgreSQL's own; a time written as text reads back as the same time; no query of a page waits for
/// its plan to be compiled, which takes longer than running it.
const PINS: [(&CStr, &CStr); 3] = [
    (c"search_path", c"pg_catalog, pg_temp"),
    (c"datestyle", c"ISO, YMD"),
    (c"jit", c"off"),
];

/// While alive, settings that the caller may have changed have their trusted values.
pub struct Pinned {
    nest_level: c_int,
}

impl Pinned {
    /// Pins the settings until the guard is dropped, also by a panic.
    pub fn enter() -> Self {
        Self::pin(&PINS)
    }

    fn pin(pins: &[(&CStr, &CStr)]) -> Self {
        // SAFETY: a GUC nest level opened here is closed in drop, in the same (sub)transaction or by its abort.
        unsafe {
            let nest_level = pg_sys::NewGUCNestLevel();
            for (name, value) in pins {
                // Inside another section there is nothing to set, and so nothing to put back.
                let present = pg_sys::GetConfigOption(name.as_ptr(), true, false);
                if !present.is_null() && CStr::from_ptr(present) == *value {
                    continue;
                }
                pg_sys::set_config_option(
                    name.as_ptr(),
                    value.as_ptr(),
                    pg_sys::GucContext::PGC_USERSET,
                    pg_sys::GucSource::PGC_S_SESSION,
                    pg_sys::GucAction::GUC_ACTION_SAVE,
                    true,
                    0,
                    false,
                );
            }
            Self { nest_level }
        }
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // SAFETY: closes the level opened in enter.
        unsafe { pg_sys::AtEOXact_GUC(true, self.nest_level) }
    }
}

/// While alive, statements run as `cs_owner` and see every tenant's rows.
pub struct System {
    user: pg_sys::Oid,
    context: c_int,
    _pinned: Pinned,
}

impl System {
    /// Enters the section; left when the guard is dropped, also by a panic.
    pub fn enter() -> Self {
        Self::with(Pinned::enter())
    }

    /// As [`System::enter`], for statements that are planned once and hold no time as text: only names have their trusted meaning.
    pub fn enter_for_kept_plans() -> Self {
        Self::with(Pinned::pin(&PINS[..1]))
    }

    fn with(pinned: Pinned) -> Self {
        let (mut user, mut context) = (pg_sys::Oid::INVALID, 0);
        // SAFETY: what is read here is restored in drop.
        unsafe {
            let owner = pg_sys::get_role_oid(c"cs_owner".as_ptr(), false);
            pg_sys::GetUserIdAndSecContext(&mut user, &mut context);
            let flags = pg_sys::SECURITY_LOCAL_USERID_CHANGE | pg_sys::SECURITY_NOFORCE_RLS;
            pg_sys::SetUserIdAndSecContext(owner, context | flags.cast_signed());
        }
        Self {
            user,
            context,
            _pinned: pinned,
        }
    }
}

impl Drop for System {
    fn drop(&mut self) {
        // SAFETY: restores what enter found.
        unsafe { pg_sys::SetUserIdAndSecContext(self.user, self.context) }
    }
}

/// Whether a system section is open around the current statement.
pub fn inside_system() -> bool {
    let (mut user, mut context) = (pg_sys::Oid::INVALID, 0);
    // SAFETY: only reads.
    unsafe { pg_sys::GetUserIdAndSecContext(&mut user, &mut context) };
    context & pg_sys::SECURITY_NOFORCE_RLS.cast_signed() != 0
}

/// Whether row security applies to the outer role: neither superuser nor BYPASSRLS.
pub fn caller_is_narrowed() -> bool {
    // SAFETY: catalogue look-ups inside a transaction.
    unsafe { !pg_sys::has_bypassrls_privilege(pg_sys::GetOuterUserId()) }
}

/// Whether the current role is a superuser; in a system section it never is.
pub fn is_superuser() -> bool {
    // SAFETY: a look-up of the current role.
    unsafe { pg_sys::superuser() }
}

/// Refuses everyone but superusers; `what` completes "only a superuser may".
pub fn require_superuser(what: &str) -> Result<(), Fault> {
    match is_superuser() {
        true => Ok(()),
        false => Err(Fault::forbidden(format!("only a superuser may {what}"))),
    }
}

/// Whether a dump is being restored: `pg_dump` writes `SET row_security = off` first, and no one can use that to slip
/// past a policy, since the outer role must bypass row security anyway.
pub fn restoring() -> bool {
    // SAFETY: reads a setting of this backend.
    unsafe { !pg_sys::row_security && !caller_is_narrowed() }
}
