//! Owns the plain answers: JSON as PostgreSQL wrote it, and nothing. Pure.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// JSON text as PostgreSQL wrote it; SQL's NULL is JSON's null.
pub(crate) fn json(text: Option<String>) -> Response {
    let content_type = (
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    ([content_type], text.unwrap_or_else(|| "null".to_owned())).into_response()
}

pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
