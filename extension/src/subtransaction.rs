//! Owns trying something that may fail, or must leave nothing behind, without ending the transaction around it.

use crate::fault::Fault;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::prelude::*;
use std::panic::AssertUnwindSafe;

/// A failure inside a subtransaction: SQLSTATE and message.
#[derive(Debug)]
pub struct Failure {
    /// Five characters, such as 42501.
    pub sqlstate: String,
    /// The sentence.
    pub message: String,
}

/// Runs `body` in a subtransaction that is rolled back whatever comes of it; settings made in it go back too.
pub fn undone<T>(body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    // SAFETY: what the subtransaction changes of memory context and resource owner is put back below, as PL/pgSQL does.
    let (context, owner) = unsafe {
        let before = (pg_sys::CurrentMemoryContext, pg_sys::CurrentResourceOwner);
        pg_sys::BeginInternalSubTransaction(std::ptr::null());
        pg_sys::MemoryContextSwitchTo(before.0);
        before
    };
    let attempt = AssertUnwindSafe(|| Ok(body().unwrap_or_else(|fault| fault.raise())));
    let outcome = PgTryBuilder::new(attempt)
        .catch_others(|error| Err(describe(&error)))
        .catch_rust_panic(|error| Err(describe(&error)))
        .execute();
    // SAFETY: the subtransaction begun above is the current one, also after an error in it.
    unsafe {
        pg_sys::RollbackAndReleaseCurrentSubTransaction();
        pg_sys::MemoryContextSwitchTo(context);
        pg_sys::CurrentResourceOwner = owner;
    }
    outcome
}

fn describe(error: &CaughtError) -> Failure {
    let report = match error {
        CaughtError::PostgresError(report)
        | CaughtError::ErrorReport(report)
        | CaughtError::RustPanic {
            ereport: report, ..
        } => report,
    };
    Failure {
        sqlstate: sqlstate(report.sql_error_code() as i32),
        message: report.message().to_owned(),
    }
}

/// PostgreSQL packs the five characters into six bits each, the first one lowest.
fn sqlstate(packed: i32) -> String {
    (0..5)
        .filter_map(|place| u8::try_from((packed >> (6 * place)) & 0x3f).ok())
        .map(|bits| char::from(bits + b'0'))
        .collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_packed_code_unpacks() {
        let code = PgSqlErrorCode::ERRCODE_INSUFFICIENT_PRIVILEGE as i32;
        assert_eq!(sqlstate(code), "42501");
        assert_eq!(
            sqlstate(PgSqlErrorCode::ERRCODE_NO_DATA_FOUND as i32),
            "P0002"
        );
    }
}
