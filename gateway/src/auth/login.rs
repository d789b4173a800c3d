//! Owns signing in and out, and the answer to who is signed in.

use super::sign_in;
use crate::database::gateway_sql;
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::http::response;
use crate::session::cookie;
use crate::session::{Session, csrf};
use crate::shares::Purpose;
use crate::state::Gateway;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::net::IpAddr;
use std::time::Instant;
use uuid::Uuid;

const FIND_USER: &str = "select user_id::pg_catalog.text, encrypted_password::pg_catalog.text \
                         from cs.login_lookup($1::pg_catalog.text)";
const END_SESSION: &str = "select cs.end_session($1::pg_catalog.text::pg_catalog.uuid)";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
}

pub(super) async fn whoami(
    State(gateway): State<Gateway>,
    session: Session,
) -> Result<Response, ApiError> {
    sign_in::respond_whoami(&gateway, &session.at_the_desk()).await
}

/// Who is signed in, or `null`: for pages that ask before they know, to which a 401 would be an error in the console.
pub(super) async fn read_session(
    State(gateway): State<Gateway>,
    session: Result<Session, ApiError>,
) -> Result<Response, ApiError> {
    let answer = match session {
        Ok(session) => sign_in::respond_whoami(&gateway, &session.at_the_desk()).await,
        Err(error) => Err(error),
    };
    match answer {
        Err(error) if error.status() == StatusCode::UNAUTHORIZED => {
            Ok(response::json(Some("null".to_owned())))
        }
        answer => answer,
    }
}

pub(super) async fn log_in(
    State(gateway): State<Gateway>,
    from: ClientAddress,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let given: Credentials =
        super::parse_json(&headers, body, "an object with email and password")?;
    let user = check_credentials(&gateway, given, from).await?;
    sign_in::open_session(&gateway, user).await
}

/// The person with that e-mail and password. Whatever is wrong, the answer is the same.
async fn check_credentials(
    gateway: &Gateway,
    given: Credentials,
    ClientAddress(from): ClientAddress,
) -> Result<Uuid, ApiError> {
    // What is no address is nobody's.
    let Ok(email) = cs_text::fold_email(&given.email) else {
        return Err(ApiError::WrongLogin);
    };
    gateway
        .throttle
        .admit(&email, from, Instant::now())
        .map_err(ApiError::too_many)?;
    let result = find_user_by_password(gateway, from, &email, given.password).await;
    match &result {
        Ok(Some(_)) => gateway.throttle.forgive(&email, from),
        Ok(None) => {}
        Err(_) => gateway.throttle.undo_attempt(&email, from),
    }
    result?.ok_or(ApiError::WrongLogin)
}

async fn find_user_by_password(
    gateway: &Gateway,
    from: IpAddr,
    email: &str,
    password: String,
) -> Result<Option<Uuid>, ApiError> {
    let (user, hash) = find_user(gateway, email).await?;
    let matches = gateway.passwords.verify(from, password, hash).await?;
    Ok(user.filter(|_| matches))
}

/// The active person with that e-mail, and the hash of their password.
pub(super) async fn find_user(
    gateway: &Gateway,
    email: &str,
) -> Result<(Option<Uuid>, Option<String>), ApiError> {
    let row = gateway_sql::query(&gateway.pool, Purpose::LogIn, FIND_USER, &[&email]).await?;
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
            let purpose = Purpose::Desk(claims.holder());
            let jti = claims.jti.to_string();
            gateway_sql::query(&gateway.pool, purpose, END_SESSION, &[&jti]).await?;
        }
    }
    sign_in::set_cookie(&mut response, &cookie::removal_value(insecure))?;
    Ok(response)
}
