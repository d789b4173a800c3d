//! Answers made of what PostgreSQL wrote.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// JSON text as it came; SQL's NULL is JSON's.
pub(crate) fn json(text: Option<String>) -> Response {
    let kind = (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    ([kind], text.unwrap_or_else(|| "null".to_owned())).into_response()
}

pub(crate) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
