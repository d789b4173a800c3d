//! Owns when live clients are notified: what a transaction changed becomes notifications just before it commits, so
//! that they leave with it or not at all. A transaction prepared for two phases sends none.

use super::notice::{ChangeAuthor, ChangedIds};
use super::transaction_changes::TransactionChanges;
use crate::pg::fault::Fault;
use pgrx::prelude::*;
use pgrx::{Uuid, pg_sys};
use std::cell::RefCell;
use std::ffi::{CString, c_char, c_void};

unsafe extern "C-unwind" {
    // Of commands/async.h, which pgrx's bindings leave out.
    fn Async_Notify(channel: *const c_char, payload: *const c_char);
    fn Async_Listen(channel: *const c_char);
    static mut Trace_notify: bool;
}

thread_local! {
    static CHANGES: RefCell<TransactionChanges> = const { RefCell::new(TransactionChanges::none()) };
    static CHANNEL: RefCell<Option<CString>> = const { RefCell::new(None) };
}

/// Adds what a statement changed in a topic, by tenant. `channel` is called once per transaction.
pub fn add_changes(
    changes: Vec<(Uuid, ChangedIds)>,
    topic: &str,
    author: ChangeAuthor,
    channel: impl FnOnce() -> Result<Option<CString>, Fault>,
) -> Result<(), Fault> {
    if changes.is_empty() {
        return Ok(());
    }
    if CHANNEL.with_borrow(Option::is_none) {
        let found = channel()?;
        CHANNEL.set(found);
    }
    // SAFETY: reads a variable of this backend.
    let subtransaction = unsafe { pg_sys::GetCurrentSubTransactionId() };
    CHANGES.with_borrow_mut(|all| {
        for (tenant, ids) in changes {
            all.add(subtransaction, tenant, topic, ids, author);
        }
    });
    Ok(())
}

/// Makes this session listen to the channel once its transaction commits.
pub fn listen_to(channel: &CString) {
    // SAFETY: copies the name; an error comes back as a panic.
    without_trace(|| unsafe { Async_Listen(channel.as_ptr()) });
}

/// Registers the callbacks; called once, when the library is loaded.
pub fn register_callbacks() {
    // SAFETY: both callbacks live as long as the process.
    unsafe {
        pg_sys::RegisterXactCallback(Some(at_transaction_end), std::ptr::null_mut());
        pg_sys::RegisterSubXactCallback(Some(at_subtransaction_end), std::ptr::null_mut());
    }
}

/// Before the commit record, and before PostgreSQL queues the transaction's notifications: a failure is an ordinary ERROR.
#[pg_guard]
unsafe extern "C-unwind" fn at_transaction_end(event: pg_sys::XactEvent::Type, _arg: *mut c_void) {
    use pg_sys::XactEvent::{
        XACT_EVENT_ABORT, XACT_EVENT_COMMIT, XACT_EVENT_PRE_COMMIT, XACT_EVENT_PRE_PREPARE,
    };
    match event {
        XACT_EVENT_PRE_COMMIT => send_notifications(),
        XACT_EVENT_ABORT | XACT_EVENT_COMMIT | XACT_EVENT_PRE_PREPARE => forget_changes(),
        _ => {}
    }
}

fn send_notifications() {
    let payloads = CHANGES.with_borrow_mut(TransactionChanges::take_payloads);
    if let Some(channel) = CHANNEL.take() {
        for payload in payloads {
            let Ok(payload) = CString::new(payload) else {
                continue;
            };
            // SAFETY: copies both into the transaction's memory; an error comes back as a panic.
            without_trace(|| unsafe { Async_Notify(channel.as_ptr(), payload.as_ptr()) });
        }
    }
}

fn forget_changes() {
    CHANGES.set(TransactionChanges::none());
    CHANNEL.set(None);
}

/// Without `trace_notify`, which anyone may set: with it PostgreSQL shows the writer the name of the channel.
fn without_trace(call: impl FnOnce()) {
    // SAFETY: a variable of this backend, put back by the guard; errors of the call unwind through here.
    unsafe {
        let _guard = TraceGuard((&raw mut Trace_notify).replace(false));
        pg_sys::ffi::pg_guard_ffi_boundary(call);
    }
}

/// Puts `trace_notify` back.
struct TraceGuard(bool);

impl Drop for TraceGuard {
    fn drop(&mut self) {
        // SAFETY: a variable of this backend.
        unsafe { Trace_notify = self.0 }
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn at_subtransaction_end(
    event: pg_sys::SubXactEvent::Type,
    mine: pg_sys::SubTransactionId,
    parent: pg_sys::SubTransactionId,
    _arg: *mut c_void,
) {
    use pg_sys::SubXactEvent::{SUBXACT_EVENT_ABORT_SUB, SUBXACT_EVENT_COMMIT_SUB};
    CHANGES.with_borrow_mut(|all| match event {
        SUBXACT_EVENT_COMMIT_SUB => all.commit_subtransaction(mine, parent),
        SUBXACT_EVENT_ABORT_SUB => all.abort_subtransaction(mine),
        _ => {}
    });
}

/// What would be sent if the transaction committed now; nothing of it is left.
#[cfg(any(test, feature = "pg_test"))]
pub fn take_payloads() -> Vec<String> {
    CHANGES.with_borrow_mut(TransactionChanges::take_payloads)
}
