//! Owns trying something that may fail, or must leave nothing behind, without ending the transaction around it.

use super::fault::{Fault, field_in};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::CaughtError;
use pgrx::prelude::*;
use std::panic::AssertUnwindSafe;

/// A failure inside a subtransaction.
#[derive(Debug)]
pub struct Failure {
    /// Five characters, such as 42501.
    pub sqlstate: String,
    /// The message.
    pub message: String,
    /// The detail; a JSON object in classes 22, 27 and 55 where the extension raised it.
    pub detail: Option<String>,
}

impl Failure {
    /// The field it is about, where it is about one.
    pub fn field(&self) -> Option<String> {
        field_in(self.detail.as_deref())
    }
}

/// What becomes of the work of a body that succeeded.
#[derive(Clone, Copy)]
enum Ending {
    Kept,
    Undone,
}

/// Runs `body` in a subtransaction that is rolled back in any case, settings made in it included.
pub fn undone<T>(body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    within(body, Ending::Undone).map_err(|error| describe(&error))
}

/// As [`undone`], but what failed in it ends the statement around it in the same way.
pub fn rehearsed<T>(body: impl FnOnce() -> Result<T, Fault>) -> T {
    within(body, Ending::Undone).unwrap_or_else(|error| error.rethrow())
}

/// Runs `body` in a subtransaction that is kept, or rolled back where the body is refused. A failure that is not a
/// refusal (cancelled, deadlocked, out of space) ends the statement around it.
pub fn kept_unless_refused<T>(body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Failure> {
    within(body, Ending::Kept).map_err(|error| {
        let failure = describe(&error);
        match is_refusal(&failure.sqlstate) {
            true => failure,
            false => error.rethrow(),
        }
    })
}

/// Whether a SQLSTATE says that the input, and not the world, was wrong.
fn is_refusal(sqlstate: &str) -> bool {
    sqlstate == "42501"
        || ["0A", "22", "23", "27", "55000", "P0"]
            .iter()
            .any(|class| sqlstate.starts_with(class))
}

fn within<T>(
    body: impl FnOnce() -> Result<T, Fault>,
    ending: Ending,
) -> Result<T, Box<CaughtError>> {
    // SAFETY: what the subtransaction changes of memory context and resource owner is put back below, as PL/pgSQL does.
    let (context, owner) = unsafe {
        let before = (pg_sys::CurrentMemoryContext, pg_sys::CurrentResourceOwner);
        pg_sys::BeginInternalSubTransaction(std::ptr::null());
        pg_sys::MemoryContextSwitchTo(before.0);
        // What the transaction has written so far is seen in it, also by what only reads.
        pg_sys::PushActiveSnapshot(pg_sys::GetTransactionSnapshot());
        before
    };
    let attempt = AssertUnwindSafe(|| Ok(body().unwrap_or_else(|fault| fault.raise())));
    let outcome = PgTryBuilder::new(attempt)
        .catch_others(|error| Err(Box::new(error)))
        .catch_rust_panic(|error| Err(Box::new(error)))
        .execute();
    // SAFETY: the subtransaction begun above is the current one, also after an error in it.
    unsafe {
        if outcome.is_ok() {
            // After an error, ending the subtransaction does it.
            pg_sys::PopActiveSnapshot();
        }
        match (ending, outcome.is_ok()) {
            (Ending::Kept, true) => pg_sys::ReleaseCurrentSubTransaction(),
            _ => pg_sys::RollbackAndReleaseCurrentSubTransaction(),
        }
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
        detail: report.detail().map(str::to_owned),
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

    #[test]
    fn who_cancels_refuses_nothing() {
        for refusal in [
            "22023", "23505", "42501", "55000", "P0002", "27000", "0A000",
        ] {
            assert!(is_refusal(refusal), "{refusal}");
        }
        for other in [
            "57014", "40P01", "40001", "53100", "XX000", "42601", "55P03",
        ] {
            assert!(!is_refusal(other), "{other}");
        }
    }
}
