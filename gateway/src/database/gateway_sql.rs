//! Owns statements under the gateway's own role, for what happens before there is an identity.

use super::pool::{ConnectionPool, Lease};
use crate::http::error::ApiError;
use crate::shares::Purpose;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row};
use uuid::Uuid;

type SqlParams<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A statement of the gateway's own: any refusal is our failure.
pub(crate) async fn query(
    pool: &ConnectionPool,
    purpose: Purpose,
    sql: &str,
    params: SqlParams<'_>,
) -> Result<Option<Row>, ApiError> {
    let lease = pool.lease(purpose).await?;
    run(lease, sql, params)
        .await
        .map_err(|error| ApiError::from_gateway_sql(&error))
}

/// A statement on behalf of the caller: a refusal is answered in the database's words.
pub(crate) async fn query_for_caller(
    pool: &ConnectionPool,
    purpose: Purpose,
    sql: &str,
    params: SqlParams<'_>,
) -> Result<Option<Row>, ApiError> {
    let lease = pool.lease(purpose).await?;
    run(lease, sql, params)
        .await
        .map_err(|error| ApiError::from_call(&error))
}

pub(super) async fn run(
    lease: Lease,
    sql: &str,
    params: SqlParams<'_>,
) -> Result<Option<Row>, Error> {
    let result = match lease.prepare_cached(sql).await {
        Ok(statement) => lease.query_opt(&statement, params).await,
        Err(error) => Err(error),
    };
    lease.give_back();
    result
}

/// A column of a row, all of which come as text.
pub(crate) fn text_column(row: &Row, column: usize) -> Result<Option<String>, ApiError> {
    row.try_get(column)
        .map_err(|error| ApiError::Internal(error.to_string()))
}

/// The id in the only column, if there is a row and it holds one.
pub(crate) fn optional_id(row: Option<&Row>) -> Result<Option<Uuid>, ApiError> {
    let text = row.map_or(Ok(None), |row| text_column(row, 0))?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| ApiError::Internal("a uuid was expected".to_owned()))
}

/// The id in the only column, which must be there.
pub(crate) fn required_id(row: Option<&Row>) -> Result<Uuid, ApiError> {
    optional_id(row)?.ok_or_else(|| ApiError::Internal("an id was expected".to_owned()))
}
