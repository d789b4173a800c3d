//! A new password, by who knows the old one. All sessions of that person end but the one that takes this one's place.

use super::sign_in;
use crate::database::gateway_sql;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::password;
use crate::session::Session;
use crate::session::token::now_seconds;
use crate::state::Gateway;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;

const PERSON: &str = "select encrypted_password::pg_catalog.text \
                      from cs.session_person($1::pg_catalog.text::pg_catalog.uuid)";
const CHANGE: &str = include_str!("sql/change_password.sql");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    old_password: String,
    new_password: String,
}

pub(super) async fn change(
    State(gateway): State<Gateway>,
    session: Session,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let present = session.require_log_in()?;
    let expected = "an object with old_password and new_password";
    let given: Change = super::json(&headers, body, expected)?;
    password::acceptable(&given.new_password, "new_password")?;
    // by session: who found a cookie cannot guess on, and the person signs in anew
    gateway
        .limits
        .changes
        .admit(present.jti, Instant::now())
        .map_err(ApiError::too_many)?;
    let jti = present.jti.to_string();
    let row = gateway_sql::query_for_caller(&gateway.pool, PERSON, &[&jti]).await?;
    let old = row
        .as_ref()
        .map_or(Ok(None), |row| gateway_sql::text_column(row, 0))?;
    let right = gateway
        .passwords
        .verify(given.old_password, old.clone())
        .await?;
    let Some(old) = old.filter(|_| right) else {
        let message = "The present password is wrong.";
        return Err(ApiError::invalid(message, "old_password"));
    };
    let new = gateway.passwords.hash(given.new_password).await?;
    let issued_at = now_seconds();
    let until = sign_in::until(issued_at);
    let row =
        gateway_sql::query_for_caller(&gateway.pool, CHANGE, &[&jti, &old, &new, &until]).await?;
    let session = gateway_sql::required_id(row.as_ref())?;
    sign_in::enter(&gateway, present.sub, session, issued_at).await
}
