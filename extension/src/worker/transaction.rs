//! Owns a background process's transactions: an error aborts its own transaction and is logged, nothing else.

use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, c_char};
use std::panic::AssertUnwindSafe;

/// Runs `body` in a transaction of its own. `None` where it failed; the failure is in the server's log.
pub fn run<T>(activity: &CStr, body: impl FnOnce() -> Result<T, Fault>) -> Option<T> {
    report(pg_sys::BackendState::STATE_RUNNING, activity.as_ptr());
    let attempt = AssertUnwindSafe(|| {
        // SAFETY: the calls a background worker makes around SPI, in their order.
        unsafe {
            pg_sys::SetCurrentStatementStartTimestamp();
            pg_sys::StartTransactionCommand();
            pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot());
        }
        let value = body().unwrap_or_else(|fault| fault.raise());
        // SAFETY: as above.
        unsafe {
            pg_sys::PopActiveSnapshot();
            pg_sys::CommitTransactionCommand();
        }
        Some(value)
    });
    let outcome = PgTryBuilder::new(attempt)
        .catch_others(abort)
        .catch_rust_panic(abort)
        .execute();
    // SAFETY: outside a transaction; without it autovacuum would never learn of what a worker writes.
    unsafe { pg_sys::pgstat_report_stat(true) };
    report(pg_sys::BackendState::STATE_IDLE, std::ptr::null());
    outcome
}

fn abort<T>(error: pg_sys::panic::CaughtError) -> Option<T> {
    use pg_sys::panic::CaughtError::{ErrorReport, PostgresError, RustPanic};
    let what = match &error {
        PostgresError(report) | ErrorReport(report) => report.message().to_owned(),
        RustPanic { ereport, .. } => ereport.message().to_owned(),
    };
    // SAFETY: the transaction is the one that failed; this ends it and puts the memory context back.
    unsafe { pg_sys::AbortCurrentTransaction() };
    pgrx::log!("customer_success: {what}");
    None
}

fn report(state: pg_sys::BackendState::Type, activity: *const c_char) {
    // SAFETY: activity is a C string or NULL.
    unsafe { pg_sys::pgstat_report_activity(state, activity) }
}
