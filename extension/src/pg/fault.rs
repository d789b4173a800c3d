//! Owns how the extension refuses: SQLSTATE, a message for the reader, where the fault is, how to mend it.
//!
//! Pure code returns a [`Fault`]; only glue raises one.

use pgrx::PgSqlErrorCode;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ops::RangeInclusive;

/// Why something was refused. Classes 22, 27 and 55 carry a JSON object in their detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    code: PgSqlErrorCode,
    message: String,
    detail: Option<String>,
    hint: Option<String>,
}

impl Fault {
    fn new(code: PgSqlErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            detail: None,
            hint: None,
        }
    }

    /// A value that cannot be accepted (22023), with the field it was in.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        let mut fault = Self::new(PgSqlErrorCode::ERRCODE_INVALID_PARAMETER_VALUE, message);
        fault.detail = Some(serde_json::json!({ "field": field }).to_string());
        fault
    }

    /// Something that does not exist, or that the caller cannot see (P0002): the answer never says which.
    pub fn no_such(what: &str) -> Self {
        Self::new(
            PgSqlErrorCode::ERRCODE_NO_DATA_FOUND,
            format!("no such {what}"),
        )
    }

    /// Something the caller sees but may not do (42501).
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(PgSqlErrorCode::ERRCODE_INSUFFICIENT_PRIVILEGE, message)
    }

    /// Something that already exists (23505).
    pub fn taken(message: impl Into<String>) -> Self {
        Self::new(PgSqlErrorCode::ERRCODE_UNIQUE_VIOLATION, message)
    }

    /// Something that others still depend on (23503).
    pub fn in_use(message: impl Into<String>) -> Self {
        Self::new(PgSqlErrorCode::ERRCODE_FOREIGN_KEY_VIOLATION, message)
    }

    /// What the caller saw has changed since (27000); the detail says what it is now.
    pub fn changed(message: impl Into<String>, current: serde_json::Value) -> Self {
        let mut fault = Self::new(
            PgSqlErrorCode::ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION,
            message,
        );
        fault.detail = Some(serde_json::json!({ "current": current }).to_string());
        fault
    }

    /// Something that open milestones hold back (55000); the detail lists them.
    pub fn held(message: impl Into<String>, open_milestones: Vec<serde_json::Value>) -> Self {
        let mut fault = Self::new(
            PgSqlErrorCode::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
            message,
        );
        fault.detail = Some(serde_json::json!({ "open_milestones": open_milestones }).to_string());
        fault
    }

    /// A database in which something of ours is missing (55000).
    pub fn incomplete() -> Self {
        Self::new(
            PgSqlErrorCode::ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE,
            "tables, owners or privileges of customer_success are missing in this database, as after a restore without them",
        )
        .hint("A superuser runs select cs.install().")
    }

    /// Something this version does not do (0A000).
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(PgSqlErrorCode::ERRCODE_FEATURE_NOT_SUPPORTED, message)
    }

    /// A session that is not valid, or no longer is, (28000).
    pub fn signed_out() -> Self {
        Self::new(
            PgSqlErrorCode::ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
            "the session has ended",
        )
        .hint("Sign in again.")
    }

    /// An API token that is not valid, or no longer is, (28000).
    pub fn wrong_token() -> Self {
        Self::new(
            PgSqlErrorCode::ERRCODE_INVALID_AUTHORIZATION_SPECIFICATION,
            "this token is unknown, revoked or expired",
        )
    }

    /// A broken expectation of ours (XX000), never the caller's doing.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(PgSqlErrorCode::ERRCODE_INTERNAL_ERROR, message)
    }

    /// More than a field: a JSON object for programs, in place of what was in the detail.
    #[must_use]
    pub fn detail(mut self, detail: &serde_json::Value) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    /// How to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The message for the reader.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The field it is about, where it is about one.
    pub fn field(&self) -> Option<String> {
        field_in(self.detail.as_deref())
    }

    /// Ends the statement with this fault as a PostgreSQL error.
    pub fn raise(self) -> ! {
        let mut report = ErrorReport::new(self.code, self.message, "");
        if let Some(detail) = self.detail {
            report = report.set_detail(detail);
        }
        if let Some(hint) = self.hint {
            report = report.set_hint(hint);
        }
        report.report(PgLogLevel::ERROR);
        unreachable!("an ERROR does not return")
    }
}

/// An argument that must not be NULL (22023).
pub fn given<T>(argument: &str, value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| Fault::invalid(argument, format!("{argument} must be given")))
}

/// A whole number within its bounds, both included, or 22023 for the argument of this name.
pub fn within(argument: &str, number: i32, bounds: RangeInclusive<i32>) -> Result<i32, Fault> {
    match bounds.contains(&number) {
        true => Ok(number),
        false => {
            let (least, most) = bounds.into_inner();
            let message = format!("{argument} must be from {least} to {most}, not {number}");
            Err(Fault::invalid(argument, message))
        }
    }
}

/// The longest piece of input that a message repeats, in characters.
pub const LONGEST_QUOTE: usize = 60;

/// A piece of input as a message repeats it: cut where it is long.
pub fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The field that the detail of an error names.
pub fn field_in(detail: Option<&str>) -> Option<String> {
    let detail: serde_json::Value = serde_json::from_str(detail?).ok()?;
    detail.get("field")?.as_str().map(str::to_owned)
}

impl From<pgrx::spi::Error> for Fault {
    fn from(error: pgrx::spi::Error) -> Self {
        Self::internal(format!("SPI: {error}"))
    }
}

/// The end of a `Result` in glue code: the value, or the fault raised.
pub trait OrRaise<T> {
    /// The value, or the fault raised as a PostgreSQL error.
    fn or_raise(self) -> T;
}

impl<T, E: Into<Fault>> OrRaise<T> for Result<T, E> {
    fn or_raise(self) -> T {
        match self {
            Ok(value) => value,
            Err(fault) => fault.into().raise(),
        }
    }
}
