//! Owns a background process's transactions: an error aborts its own transaction, nothing else.

use super::time_limit::TimeLimit;
use crate::pg::fault::Fault;
use pgrx::pg_sys;
use pgrx::prelude::*;
use std::ffi::{CStr, c_char};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// How a transaction failed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Because of something that passes: a lock, a deadlock, a cancel, a full disk.
    Passing(String),
    /// It took longer than it may.
    TooLong(String),
    /// Because of what it was doing.
    Lasting(String),
}

impl Failure {
    /// What PostgreSQL or the extension said.
    pub fn message(&self) -> &str {
        match self {
            Self::Passing(message) | Self::TooLong(message) | Self::Lasting(message) => message,
        }
    }

    /// Writes it to the server's log.
    pub fn log(&self, activity: &CStr) {
        let activity = activity.to_string_lossy();
        pgrx::log!("customer_success: {activity}: {}", self.message());
    }
}

/// Runs `body` in a transaction of its own. `None` where it failed; the failure is in the server's log.
pub fn run<T>(activity: &CStr, body: impl FnOnce() -> Result<T, Fault>) -> Option<T> {
    let log = |failure: Failure| failure.log(activity);
    attempt(activity, None, body).map_err(log).ok()
}

/// As [`run`], but says how it failed instead of logging it, and cancels what takes longer than the limit.
pub fn attempt<T>(
    activity: &CStr,
    limit: Option<Duration>,
    body: impl FnOnce() -> Result<T, Fault>,
) -> Result<T, Failure> {
    report(pg_sys::BackendState::STATE_RUNNING, activity.as_ptr());
    let began = Instant::now();
    let is_too_long = || limit.is_some_and(|limit| began.elapsed() >= limit);
    let attempt = AssertUnwindSafe(|| {
        let _limit = limit.map(TimeLimit::begin);
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
    let abort = |error| Err(abort(&error, is_too_long()));
    let outcome = PgTryBuilder::new(attempt)
        .catch_others(abort)
        .catch_rust_panic(abort)
        .execute();
    // SAFETY: outside a transaction; without it autovacuum would never learn of what a worker writes.
    unsafe { pg_sys::pgstat_report_stat(true) };
    report(pg_sys::BackendState::STATE_IDLE, std::ptr::null());
    outcome
}

fn abort(error: &pg_sys::panic::CaughtError, is_too_long: bool) -> Failure {
    use pg_sys::panic::CaughtError::{ErrorReport, PostgresError, RustPanic};
    let (PostgresError(report)
    | ErrorReport(report)
    | RustPanic {
        ereport: report, ..
    }) = error;
    let (message, code) = (report.message().to_owned(), report.sql_error_code());
    // SAFETY: the transaction is the one that failed; this ends it and puts the memory context back.
    unsafe { pg_sys::AbortCurrentTransaction() };
    match code {
        PgSqlErrorCode::ERRCODE_QUERY_CANCELED if is_too_long => {
            Failure::TooLong("it takes longer than the time allowed for a step".to_owned())
        }
        code if passes(code) => Failure::Passing(message),
        _ => Failure::Lasting(message),
    }
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

/// What pg_stat_activity shows while nothing is being done.
pub fn report_idle(activity: &'static CStr) {
    report(pg_sys::BackendState::STATE_IDLE, activity.as_ptr());
}

fn report(state: pg_sys::BackendState::Type, activity: *const c_char) {
    // SAFETY: activity is a C string or NULL.
    unsafe { pg_sys::pgstat_report_activity(state, activity) }
}
