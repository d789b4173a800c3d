//! Owns finding out whose token it is: asked once for each token, before anything else is done for it. Until then nothing
//! is known of the caller.

use super::gateway_sql;
use super::pool::ConnectionPool;
use crate::http::error::ApiError;
use crate::shares::{Holder, Purpose};
use tokio_postgres::Row;
use uuid::Uuid;

const FIND_HOLDER: &str = "select tenant_id::pg_catalog.text, user_id::pg_catalog.text \
                           from cs.check_token($1::pg_catalog.text)";

/// The holder of the token with that hash. One that is known is not checked again here; every transaction does that.
pub(crate) async fn find_holder(pool: &ConnectionPool, hash: &str) -> Result<Holder, ApiError> {
    let known = pool.token_holders.clone();
    if let Some(holder) = known.get(hash) {
        return Ok(holder);
    }
    let lease = pool.lease(Purpose::UnknownToken).await?;
    // another request may have asked while this one waited
    if let Some(holder) = known.get(hash) {
        lease.give_back();
        return Ok(holder);
    }
    let row = gateway_sql::run(lease, FIND_HOLDER, &[&hash]).await;
    let row = row.map_err(|error| ApiError::from_session_check(&error))?;
    let holder = Holder {
        tenant: id(row.as_ref(), 0)?,
        person: id(row.as_ref(), 1)?,
    };
    known.remember(hash, holder);
    Ok(holder)
}

fn id(row: Option<&Row>, column: usize) -> Result<Uuid, ApiError> {
    let text = row.map_or(Ok(None), |row| gateway_sql::text_column(row, column))?;
    text.and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::Internal("an id was expected".to_owned()))
}
