//! Owns a background process's transactions: an error aborts its own transaction and is logged, nothing else.

use crate::pg::fault::Fault;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, c_char};
use std::panic::AssertUnwindSafe;

/// How a transaction failed; the error itself is in the server's log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Because of something that passes: a lock, a deadlock, a cancel, a full disk.
    Passing,
    /// Because of what it was doing.
    Lasting,
}

/// Runs `body` in a transaction of its own. `None` where it failed; the failure is in the server's log.
pub fn run<T>(activity: &CStr, body: impl FnOnce() -> Result<T, Fault>) -> Option<T> {
    attempt(activity, body).ok()
}

/// As [`run`], but says how it failed.
pub fn attempt<T>(activity: &CStr, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
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
        Ok(value)
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

fn abort<T>(error: pg_sys::panic::CaughtError) -> Result<T, Failure> {
    use pg_sys::panic::CaughtError::{ErrorReport, PostgresError, RustPanic};
    let (PostgresError(report)
    | ErrorReport(report)
    | RustPanic {
        ereport: report, ..
    }) = &error;
    let (what, code) = (report.message().to_owned(), report.sql_error_code());
    // SAFETY: the transaction is the one that failed; this ends it and puts the memory context back.
    unsafe { pg_sys::AbortCurrentTransaction() };
    pgrx::log!("customer_success: {what}");
    Err(if passes(code) {
        Failure::Passing
    } else {
        Failure::Lasting
    })
}

const fn passes(code: PgSqlErrorCode) -> bool {
    matches!(
        code,
        PgSqlErrorCode::ERRCODE_LOCK_NOT_AVAILABLE
            | PgSqlErrorCode::ERRCODE_T_R_DEADLOCK_DETECTED
            | PgSqlErrorCode::ERRCODE_T_R_SERIALIZATION_FAILURE
            | PgSqlErrorCode::ERRCODE_QUERY_CANCELED
            | PgSqlErrorCode::ERRCODE_DISK_FULL
            | PgSqlErrorCode::ERRCODE_IO_ERROR
            | PgSqlErrorCode::ERRCODE_READ_ONLY_SQL_TRANSACTION
    )
}

fn report(state: pg_sys::BackendState::Type, activity: *const c_char) {
    // SAFETY: activity is a C string or NULL.
    unsafe { pg_sys::pgstat_report_activity(state, activity) }
}
