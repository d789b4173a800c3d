//! Owns the plain answers: JSON as PostgreSQL wrote it, and nothing. Pure.

use axum::body::Bytes;
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

/// JSON that is already written.
pub(crate) fn json_bytes(json: Bytes) -> Response {
    let content_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, content_type)], json).into_response()
}

pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
