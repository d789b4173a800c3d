//! Signing in and out, and who is signed in.

use super::sign_in;
use crate::database::gateway_sql;
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::response;
use crate::session::cookie;
use crate::session::{Session, csrf};
use crate::state::Gateway;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;
use uuid::Uuid;

const LOOK_UP: &str = "select user_id::pg_catalog.text, encrypted_password::pg_catalog.text \
                       from cs.login_lookup($1::pg_catalog.text)";
const END: &str = "select cs.end_session($1::pg_catalog.text::pg_catalog.uuid)";

/// No e-mail address is longer.
const LONGEST_ADDRESS: usize = 320;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
}

pub(super) async fn me(
    State(gateway): State<Gateway>,
    session: Session,
) -> Result<Response, ApiError> {
    sign_in::whoami(&gateway, &session).await
}

pub(super) async fn log_in(
    State(gateway): State<Gateway>,
    from: ClientAddress,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let given: Credentials = super::json(&headers, body, "an object with email and password")?;
    let user = checked(&gateway, given, from).await?;
    sign_in::open(&gateway, user).await
}

/// The person with that e-mail and password. Every way of being wrong is answered in the same words.
async fn checked(
    gateway: &Gateway,
    given: Credentials,
    ClientAddress(from): ClientAddress,
) -> Result<Uuid, ApiError> {
    let account = given.email.trim().to_lowercase();
    if account.len() > LONGEST_ADDRESS || account.contains('\0') {
        return Err(ApiError::WrongLogin);
    }
    gateway
        .throttle
        .admit(&account, from, Instant::now())
        .map_err(ApiError::too_many)?;
    let known = match_password(gateway, &account, given.password).await;
    match &known {
        Ok(Some(_)) => gateway.throttle.forgive(&account, from),
        Ok(None) => {}
        Err(_) => gateway.throttle.take_back(&account, from),
    }
    known?.ok_or(ApiError::WrongLogin)
}

async fn match_password(
    gateway: &Gateway,
    account: &str,
    password: String,
) -> Result<Option<Uuid>, ApiError> {
    let (user, hash) = look_up(gateway, account).await?;
    let right = gateway.passwords.verify(password, hash).await?;
    Ok(user.filter(|_| right))
}

/// The active person with that e-mail, and the hash of their password.
pub(super) async fn look_up(
    gateway: &Gateway,
    email: &str,
) -> Result<(Option<Uuid>, Option<String>), ApiError> {
    let row = gateway_sql::query(&gateway.pool, LOOK_UP, &[&email]).await?;
    let hash = row
        .as_ref()
        .map_or(Ok(None), |row| gateway_sql::text_column(row, 1))?;
    Ok((gateway_sql::optional_id(row.as_ref())?, hash))
}

pub(super) async fn log_out(
    State(gateway): State<Gateway>,
    request: Request,
) -> Result<Response, ApiError> {
    let insecure = gateway.config.insecure_cookie;
    let (parts, _) = request.into_parts();
    let mut response = response::no_content();
    if let Some(token) = cookie::token(&parts.headers, insecure) {
        csrf::check(&parts, insecure)?;
        if let Some(claims) = gateway.keys.verify(token) {
            gateway_sql::query(&gateway.pool, END, &[&claims.jti.to_string()]).await?;
        }
    }
    sign_in::set_cookie(&mut response, &cookie::removal_value(insecure))?;
    Ok(response)
}
