//! Owns every answer that is a refusal or a failure: one enum, one JSON shape (`sqlstate` has the table).
//!
//! What the caller can act on is answered in the database's words. Our own failures are logged under the request's
//! id, and the answer says that id alone.

use super::head_refusal::HeadRefusal;
use super::request_id;
use super::sqlstate::{self, DatabaseRefusal, status_of};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;
use thiserror::Error;
use tokio_postgres::error::DbError;

/// How long a client should wait when the database is unavailable or crowded.
const RETRY_SECONDS: u64 = 2;

#[derive(Debug, Error)]
pub(crate) enum ApiError {
    #[error("{message}")]
    Invalid {
        message: String,
        field: Option<String>,
    },
    #[error("The body is not valid JSON: {0}.")]
    BadJson(String),
    #[error("Please sign in.")]
    NoSession,
    #[error("E-mail or password is wrong.")]
    WrongLogin,
    #[error("This request did not come from the pages of this server.")]
    CrossSite,
    #[error("An API token may not do this. Please sign in.")]
    PersonOnly,
    #[error(
        "Signing up is switched off on this server. Please ask an administrator to invite you."
    )]
    SignUpClosed,
    #[error("{message}")]
    NotFound { code: &'static str, message: String },
    /// There are rows, but not as they were requested.
    #[error("{message}")]
    Rows {
        status: StatusCode,
        code: &'static str,
        message: String,
        details: String,
    },
    #[error("{}", .0.message())]
    Head(HeadRefusal),
    #[error("This address does not accept that method.")]
    WrongMethod,
    #[error("The body is larger than this server accepts.")]
    TooLarge,
    #[error("The request did not arrive, or could not be answered, in time.")]
    Slow,
    #[error("The body must be sent as application/json.")]
    NotJson,
    #[error("Too many attempts. Please wait.")]
    TooMany { retry_seconds: u64 },
    #[error("{}", .0.message)]
    Database(Box<DatabaseRefusal>),
    #[error("{}", sqlstate::UNAVAILABLE)]
    Unavailable(String),
    /// One person or tenant holds all that one may hold.
    #[error("Too many requests of this {whose} are in progress. Please try again.")]
    ShareInUse { whose: &'static str },
    #[error("Something went wrong on the server.")]
    Internal(String),
}

impl ApiError {
    pub(crate) fn invalid(message: impl Into<String>, field: &str) -> Self {
        Self::Invalid {
            message: message.into(),
            field: Some(field.to_owned()),
        }
    }

    /// The wait until the next attempt counts, rounded up: a client that comes a moment too early would wait again.
    pub(crate) fn too_many(wait: Duration) -> Self {
        Self::TooMany {
            retry_seconds: wait.as_secs().saturating_add(1),
        }
    }

    /// An error of a statement that runs for the caller.
    pub(crate) fn from_call(error: &tokio_postgres::Error) -> Self {
        match error.as_db_error() {
            Some(refusal) => Self::from_refusal(refusal),
            None if error.is_closed()
                || std::error::Error::source(error).is_some_and(|s| s.is::<std::io::Error>()) =>
            {
                Self::Unavailable(error.to_string())
            }
            None => Self::Internal(error.to_string()),
        }
    }

    /// An error of the gateway's own statement: the caller is told only that the database is unavailable or slow.
    pub(crate) fn from_gateway_sql(error: &tokio_postgres::Error) -> Self {
        match Self::from_call(error) {
            Self::Database(refusal) if refusal.status.is_client_error() => {
                Self::Internal(format!("{} {}", refusal.code, refusal.message))
            }
            other => other,
        }
    }

    /// An error of the check of the session: the caller is also told that it has ended.
    pub(crate) fn from_session_check(error: &tokio_postgres::Error) -> Self {
        match error.code() {
            Some(code) if code.code() == "28000" => Self::from_call(error),
            _ => Self::from_gateway_sql(error),
        }
    }

    fn from_refusal(error: &DbError) -> Self {
        let code = error.code().code();
        match status_of(code) {
            StatusCode::INTERNAL_SERVER_ERROR => {
                Self::Internal(format!("{code} {}", error.message()))
            }
            status => Self::Database(Box::new(DatabaseRefusal::new(status, error))),
        }
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Invalid { .. } | Self::BadJson(_) => StatusCode::BAD_REQUEST,
            Self::NoSession | Self::WrongLogin => StatusCode::UNAUTHORIZED,
            Self::CrossSite | Self::PersonOnly | Self::SignUpClosed => StatusCode::FORBIDDEN,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::Rows { status, .. } => *status,
            Self::Head(refusal) => refusal.status(),
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Database(refusal) => refusal.status,
            Self::Unavailable(_) | Self::ShareInUse { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A refusal of the request itself, which may have been made before the session was checked.
    pub(crate) fn is_of_request_itself(&self) -> bool {
        !matches!(
            self,
            Self::Database(_)
                | Self::Unavailable(_)
                | Self::ShareInUse { .. }
                | Self::Internal(_)
                | Self::NoSession
        )
    }

    /// Always a SQLSTATE, the gateway's own refusals included.
    fn code(&self) -> &str {
        match self {
            Self::Invalid { .. } => "22023",
            Self::BadJson(_) => "22P02",
            Self::NoSession => "28000",
            Self::WrongLogin => "28P01",
            Self::CrossSite | Self::PersonOnly | Self::SignUpClosed => "42501",
            Self::NotFound { code, .. } | Self::Rows { code, .. } => code,
            Self::WrongMethod | Self::NotJson => "0A000",
            Self::Head(HeadRefusal::Malformed(_)) => "22023",
            Self::TooLarge | Self::Head(_) => "54000",
            Self::Slow => "57014",
            Self::TooMany { .. } => "53400",
            Self::ShareInUse { .. } => "53300",
            Self::Database(refusal) => &refusal.code,
            Self::Unavailable(_) => "08006",
            Self::Internal(_) => "XX000",
        }
    }

    fn details(&self) -> Value {
        match self {
            Self::Invalid {
                field: Some(field), ..
            } => json!({ "field": field }),
            Self::Rows { details, .. } => json!(details),
            Self::Database(refusal) => refusal.details.clone(),
            Self::Internal(_) => json!({ "request_id": request_id::current() }),
            _ => Value::Null,
        }
    }

    fn retry_seconds(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_seconds } => Some(*retry_seconds),
            _ if self.status() == StatusCode::SERVICE_UNAVAILABLE => Some(RETRY_SECONDS),
            _ => None,
        }
    }

    /// Logged inside the span that carries the request's id.
    fn log(&self) {
        match self {
            Self::Internal(cause) => tracing::error!(cause, "request failed: {cause}"),
            Self::Unavailable(cause) => tracing::warn!(cause, "unavailable: {cause}"),
            Self::Database(refusal) if refusal.status == StatusCode::SERVICE_UNAVAILABLE => {
                tracing::warn!(code = refusal.code, "unavailable: {}", refusal.code);
            }
            _ => {}
        }
    }
}

/// The SQLSTATE of an answer, for the metrics.
#[derive(Clone)]
pub(crate) struct ErrorCode(pub(crate) String);

/// The body of every refusal.
#[derive(Serialize)]
struct ErrorBody<'a> {
    code: &'a str,
    message: String,
    details: Value,
    hint: Option<String>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.log();
        let hint = match &self {
            Self::Database(refusal) => refusal.hint.clone(),
            Self::Head(refusal) => refusal.hint().map(str::to_owned),
            _ => None,
        };
        let code = ErrorCode(self.code().to_owned());
        let body = ErrorBody {
            code: self.code(),
            message: self.to_string(),
            details: self.details(),
            hint,
        };
        let mut response = (self.status(), Json(body)).into_response();
        response.extensions_mut().insert(code);
        if response.status() == StatusCode::UNAUTHORIZED {
            // the one scheme a program can answer with; browsers do not prompt for it
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        if let Some(seconds) = self.retry_seconds() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_failures_reveal_nothing_of_the_inside() {
        let error = ApiError::Internal("42P01 relation cs.secret".to_owned());
        assert!(!error.to_string().contains("secret"));
        assert!(!error.details().to_string().contains("secret"));
        assert_eq!(error.status().as_u16(), 500);
    }
}
