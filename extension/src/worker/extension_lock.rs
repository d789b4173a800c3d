//! Owns the worker's hold on the extension: DROP EXTENSION waits for a transaction of the worker, and the other way
//! round. Without it each could hold a table that the other wants next.

use super::transaction::{self, Failure};
use crate::pg::fault::Fault;
use pgrx::pg_sys;
use std::ffi::CStr;
use std::time::Duration;

/// Runs `body` as [`transaction::attempt`] does, while the extension is there.
pub fn attempt<T>(
    activity: &CStr,
    limit: Option<Duration>,
    body: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Failure> {
    let done = transaction::attempt(activity, limit, || match hold() {
        true => body().map(Some),
        false => Ok(None),
    });
    // The next round finds it gone, and leaves.
    done?.ok_or_else(|| Failure::Passing("the extension is being dropped".to_owned()))
}

/// As [`attempt`]; `None` where it failed, and the failure is in the server's log.
pub fn run<T>(activity: &CStr, body: impl FnOnce() -> Result<T, Fault>) -> Option<T> {
    let log = |failure: Failure| failure.log(activity);
    attempt(activity, None, body).map_err(log).ok()
}

/// Keeps the extension there until the transaction ends; false where there is none. What is read after it is from after the wait.
pub fn hold() -> bool {
    // SAFETY: catalogue look-ups inside a transaction with one active snapshot, and a lock that its end releases. DROP
    // EXTENSION takes its own lock on the same object before any other.
    unsafe {
        let present = || pg_sys::get_extension_oid(c"customer_success".as_ptr(), true);
        loop {
            let extension = present();
            if extension == pg_sys::Oid::INVALID {
                return false;
            }
            let mode = pg_sys::AccessShareLock.cast_signed();
            pg_sys::LockDatabaseObject(pg_sys::ExtensionRelationId, extension, 0, mode);
            // During the wait it may have been dropped and created again.
            if present() == extension {
                pg_sys::PopActiveSnapshot();
                pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot());
                return true;
            }
        }
    }
}
