//! The way in: a session of the database becomes a signed token in a cookie, answered with who that is.

use super::own;
use crate::error::ApiError;
use crate::session::{Proof, Session};
use crate::token::{Claims, LIFETIME_SECONDS, now_seconds};
use crate::transaction::{self, Call, GATE};
use crate::{Gateway, answer, cookie};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use uuid::Uuid;

const OPEN: &str = include_str!("../sql/open_session.sql");
const RENEW: &str = include_str!("../sql/renew_session.sql");
const TENANT: &str =
    "select cs.session_tenant($1::pg_catalog.text::pg_catalog.uuid)::pg_catalog.text";

/// When what is issued now ends, in seconds since 1970, as the text that SQL takes.
pub(super) fn until(issued_at: u64) -> String {
    (issued_at + LIFETIME_SECONDS).to_string()
}

/// Signs that person in, in their only tenant if they have just one.
pub(super) async fn open(gateway: &Gateway, user: Uuid) -> Result<Response, ApiError> {
    let issued_at = now_seconds();
    let params = [user.to_string(), until(issued_at)];
    let row = own::ask(gateway, OPEN, &[&params[0], &params[1]]).await?;
    let session = own::needed_id(row.as_ref())?;
    enter(gateway, user, session, issued_at).await
}

/// A new session in that tenant, in place of the one that was shown.
pub(super) async fn renew(
    gateway: &Gateway,
    present: &Claims,
    tenant: Uuid,
) -> Result<Response, ApiError> {
    let issued_at = now_seconds();
    let params = [
        present.jti.to_string(),
        tenant.to_string(),
        until(issued_at),
    ];
    let row = own::act(gateway, RENEW, &[&params[0], &params[1], &params[2]]).await?;
    let session = own::needed_id(row.as_ref())?;
    enter(gateway, present.sub, session, issued_at).await
}

/// Answers as `/auth/me` does, with the cookie of that session.
pub(super) async fn enter(
    gateway: &Gateway,
    user: Uuid,
    session: Uuid,
    issued_at: u64,
) -> Result<Response, ApiError> {
    let tenant = own::ask(gateway, TENANT, &[&session.to_string()]).await?;
    let claims = Claims::new(user, own::id(tenant.as_ref())?, session, issued_at);
    let token = gateway
        .keys
        .sign(&claims)
        .map_err(|error| ApiError::Internal(error.to_string()))?;
    let session = Session {
        proof: Proof::LogIn(claims),
        client: None,
    };
    let mut response = whoami(gateway, &session).await?;
    set_cookie(
        &mut response,
        &cookie::issued(gateway.config.insecure_cookie, &token),
    )?;
    Ok(response)
}

pub(super) async fn whoami(gateway: &Gateway, session: &Session) -> Result<Response, ApiError> {
    let call = Call {
        sql: format!("select cs.me()::pg_catalog.text {GATE}"),
        params: vec![],
        read_only: true,
        keep: true,
    };
    transaction::run(gateway, session, call)
        .await
        .map(answer::json)
}

pub(super) fn set_cookie(response: &mut Response, value: &str) -> Result<(), ApiError> {
    let value =
        HeaderValue::from_str(value).map_err(|error| ApiError::Internal(error.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}
