//! Owns links for a forgotten password: for whom one is, and the new password that is set with it.

use super::sign_in;
use crate::database::gateway_sql;
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::response;
use crate::password;
use crate::shares::{NEWCOMERS, Purpose};
use crate::state::Gateway;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;

const READ: &str = "select pg_catalog.to_json(reset)::pg_catalog.text \
                    from cs.read_password_reset($1::pg_catalog.text) as reset";
const RESET: &str = "select cs.reset_password($1::pg_catalog.text, $2::pg_catalog.text)\
                     ::pg_catalog.text";

type ResetToken = Result<Path<String>, PathRejection>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    password: String,
}

pub(super) async fn read_reset(
    State(gateway): State<Gateway>,
    token: ResetToken,
) -> Result<Response, ApiError> {
    let Path(token) = token.map_err(|_| unknown_link())?;
    let reset = read(&gateway, &token).await?;
    Ok(response::json(Some(reset)))
}

/// Whoever has set the password is signed in with it, as after an invitation.
pub(super) async fn reset_password(
    State(gateway): State<Gateway>,
    ClientAddress(from): ClientAddress,
    token: ResetToken,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let Path(token) = token.map_err(|_| unknown_link())?;
    let given: NewPassword = super::parse_json(&headers, body, "an object with password")?;
    password::check_new_password(&given.password, "password")?;
    gateway
        .rate_limits
        .sign_ups
        .admit(from, Instant::now())
        .map_err(ApiError::too_many)?;
    // checked before the hash is computed, which is expensive
    read(&gateway, &token).await?;
    let hash = gateway.passwords.hash(from, given.password).await?;
    let row = gateway_sql::query_for_caller(
        &gateway.pool,
        Purpose::Desk(NEWCOMERS),
        RESET,
        &[&token, &hash],
    )
    .await?;
    sign_in::open_session(&gateway, gateway_sql::required_id(row.as_ref())?).await
}

/// For whom an open link is; one that was used, replaced, has expired or never existed looks the same.
async fn read(gateway: &Gateway, token: &str) -> Result<String, ApiError> {
    let pool = &gateway.pool;
    let row = gateway_sql::query_for_caller(pool, Purpose::LogIn, READ, &[&token]).await?;
    let found = row
        .as_ref()
        .map_or(Ok(None), |row| gateway_sql::text_column(row, 0))?;
    found.ok_or_else(unknown_link)
}

fn unknown_link() -> ApiError {
    ApiError::NotFound {
        code: "P0002",
        message:
            "There is no such link. It may have been used or replaced, or it may have expired."
                .to_owned(),
    }
}
