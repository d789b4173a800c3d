//! Owns the change of a password by a caller who knows the old one. All sessions of that person end; a new one replaces
//! the current one.

use super::sign_in;
use crate::database::gateway_sql;
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::password;
use crate::session::Session;
use crate::session::token::now_seconds;
use crate::shares::Purpose;
use crate::state::Gateway;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;

const FIND_HASH: &str = "select encrypted_password::pg_catalog.text \
                         from cs.session_person($1::pg_catalog.text::pg_catalog.uuid)";
const CHANGE_PASSWORD: &str = include_str!("sql/change_password.sql");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordChange {
    old_password: String,
    new_password: String,
}

pub(super) async fn change_password(
    State(gateway): State<Gateway>,
    session: Session,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let current = session.require_log_in()?;
    let expected = "an object with old_password and new_password";
    let given: PasswordChange = super::parse_json(&headers, body, expected)?;
    password::check_new_password(&given.new_password, "new_password")?;
    // limited by session: a stolen cookie does not allow guessing on, and the person can sign in again
    gateway
        .rate_limits
        .changes
        .admit(current.jti, Instant::now())
        .map_err(ApiError::too_many)?;
    let purpose = Purpose::Desk(current.holder());
    let jti = current.jti.to_string();
    let row = gateway_sql::query_for_caller(&gateway.pool, purpose, FIND_HASH, &[&jti]).await?;
    let old = row
        .as_ref()
        .map_or(Ok(None), |row| gateway_sql::text_column(row, 0))?;
    let matches = gateway
        .passwords
        .verify(from, given.old_password, old.clone())
        .await?;
    let Some(old) = old.filter(|_| matches) else {
        let message = "The current password is wrong.";
        return Err(ApiError::invalid(message, "old_password"));
    };
    let new = gateway.passwords.hash(from, given.new_password).await?;
    let issued_at = now_seconds();
    let expiry = sign_in::expiry_text(issued_at);
    let row = gateway_sql::query_for_caller(
        &gateway.pool,
        purpose,
        CHANGE_PASSWORD,
        &[&jti, &old, &new, &expiry],
    )
    .await?;
    let session = gateway_sql::required_id(row.as_ref())?;
    sign_in::respond_signed_in(&gateway, current.sub, session, issued_at).await
}
