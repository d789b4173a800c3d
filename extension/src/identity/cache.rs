//! Owns the one look-up per transaction, of the caller and of a Contributor's own accounts. Dropped at the end of the
//! transaction, when a subtransaction aborts, when an identity setting or the outer role changes, and after a write to
//! people.

use super::Identity;
use crate::pg::fault::Fault;
use pgrx::prelude::*;
use pgrx::{Uuid, pg_sys};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::ffi::c_void;

unsafe extern "C" {
    // Asked once per row: it cannot fail, and pgrx's own prepares for failure each time.
    fn GetOuterUserId() -> pg_sys::Oid;
}

thread_local! {
    static CALLER: Cell<Option<(pg_sys::Oid, Identity)>> = const { Cell::new(None) };
    static IS_LOOKING_UP: Cell<bool> = const { Cell::new(false) };
    static OWN_ACCOUNTS: RefCell<Option<HashSet<Uuid>>> = const { RefCell::new(None) };
}

/// The cached identity of the outer role, or the result of `look_up`, which is kept.
pub fn get_or_look_up(look_up: impl FnOnce() -> Identity) -> Identity {
    // SAFETY: reads a variable of this backend.
    let outer_role = unsafe { GetOuterUserId() };
    if let Some((role, identity)) = CALLER.get()
        && role == outer_role
    {
        return identity;
    }
    forget_caller();
    let _looking_up = LookingUp::begin();
    let identity = look_up();
    CALLER.set(Some((outer_role, identity)));
    identity
}

/// While alive, the caller is being looked up. The tables are read as their owner, whom no policy asks who is calling: where one does,
/// they are not cs_owner's, as after a restore without owners.
struct LookingUp;

impl LookingUp {
    fn begin() -> Self {
        if IS_LOOKING_UP.replace(true) {
            IS_LOOKING_UP.set(false);
            Fault::incomplete().raise();
        }
        Self
    }
}

impl Drop for LookingUp {
    fn drop(&mut self) {
        IS_LOOKING_UP.set(false);
    }
}

/// Whether an account is among the caller's own, which `look_up` finds once.
pub fn owns_account(
    account: Uuid,
    look_up: impl FnOnce() -> Result<HashSet<Uuid>, Fault>,
) -> Result<bool, Fault> {
    if let Some(found) =
        OWN_ACCOUNTS.with_borrow(|own| own.as_ref().map(|own| own.contains(&account)))
    {
        return Ok(found);
    }
    let own = look_up()?;
    let found = own.contains(&account);
    OWN_ACCOUNTS.set(Some(own));
    Ok(found)
}

/// Drops what is cached; it is looked up again when next needed.
pub fn forget_caller() {
    CALLER.set(None);
    OWN_ACCOUNTS.set(None);
}

/// Registers the callbacks that drop the cache; called once, when the library is loaded.
pub fn register_callbacks() {
    // SAFETY: both callbacks live as long as the process and cannot fail.
    unsafe {
        pg_sys::RegisterXactCallback(Some(at_transaction_end), std::ptr::null_mut());
        pg_sys::RegisterSubXactCallback(Some(at_subtransaction_abort), std::ptr::null_mut());
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn at_transaction_end(_event: pg_sys::XactEvent::Type, _arg: *mut c_void) {
    forget_caller();
}

#[pg_guard]
unsafe extern "C-unwind" fn at_subtransaction_abort(
    event: pg_sys::SubXactEvent::Type,
    _mine: pg_sys::SubTransactionId,
    _parent: pg_sys::SubTransactionId,
    _arg: *mut c_void,
) {
    if event == pg_sys::SubXactEvent::SUBXACT_EVENT_ABORT_SUB {
        forget_caller();
    }
}
