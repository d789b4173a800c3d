//! Statements under the gateway's own role, for what happens before there is an identity.

use super::pool;
use crate::http::error::ApiError;
use deadpool_postgres::Pool;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row};
use uuid::Uuid;

type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A question of ours: what goes wrong is ours as well.
pub(crate) async fn ask(
    pool: &Pool,
    sql: &str,
    params: Params<'_>,
) -> Result<Option<Row>, ApiError> {
    run(pool, sql, params)
        .await?
        .map_err(|error| ApiError::of_ours(&error))
}

/// Something done for the person who asks: a refusal is told in the database's words.
pub(crate) async fn act(
    pool: &Pool,
    sql: &str,
    params: Params<'_>,
) -> Result<Option<Row>, ApiError> {
    run(pool, sql, params)
        .await?
        .map_err(|error| ApiError::of_call(&error))
}

async fn run(
    pool: &Pool,
    sql: &str,
    params: Params<'_>,
) -> Result<Result<Option<Row>, Error>, ApiError> {
    let lease = pool::lease(pool).await?;
    let result = match lease.prepare_cached(sql).await {
        Ok(statement) => lease.query_opt(&statement, params).await,
        Err(error) => Err(error),
    };
    lease.give_back();
    Ok(result)
}

/// A column of a row, all of which come as text.
pub(crate) fn text(row: &Row, column: usize) -> Result<Option<String>, ApiError> {
    row.try_get(column)
        .map_err(|error| ApiError::Internal(error.to_string()))
}

/// The id in the only column, if there is a row and it holds one.
pub(crate) fn id(row: Option<&Row>) -> Result<Option<Uuid>, ApiError> {
    let text = row.map_or(Ok(None), |row| text(row, 0))?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| ApiError::Internal("a uuid was expected".to_owned()))
}

/// An id that must be there.
pub(crate) fn needed_id(row: Option<&Row>) -> Result<Uuid, ApiError> {
    id(row)?.ok_or_else(|| ApiError::Internal("an id was expected".to_owned()))
}
