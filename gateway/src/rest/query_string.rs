//! Owns the query string as pairs, in the order they were sent.

use crate::http::error::ApiError;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;

pub(super) type Pairs = Vec<(String, String)>;
pub(super) type AnyQuery = Result<Query<Pairs>, QueryRejection>;

pub(super) fn pairs(query: AnyQuery) -> Result<Pairs, ApiError> {
    let Query(pairs) = query.map_err(|_| ApiError::Invalid {
        message: "The query cannot be read.".to_owned(),
        field: None,
    })?;
    Ok(pairs)
}
