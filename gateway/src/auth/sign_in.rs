//! Owns the last step of every way to sign in: a session of the database becomes a signed token in a cookie, and the
//! answer says who is signed in.

use crate::database::gateway_sql;
use crate::database::identity::Identity;
use crate::database::transaction::{self, Call, ROLE_GUARD};
use crate::http::error::ApiError;
use crate::http::response;
use crate::session::Session;
use crate::session::cookie;
use crate::session::token::{Claims, LIFETIME_SECONDS, now_seconds};
use crate::shares::Purpose;
use crate::state::Gateway;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use uuid::Uuid;

const OPEN_SESSION: &str = include_str!("sql/open_session.sql");
const RENEW_SESSION: &str = include_str!("sql/renew_session.sql");
const SESSION_TENANT: &str =
    "select cs.session_tenant($1::pg_catalog.text::pg_catalog.uuid)::pg_catalog.text";

/// When a session that is issued now expires: seconds since 1970, as the text that SQL takes.
pub(super) fn expiry_text(issued_at: u64) -> String {
    (issued_at + LIFETIME_SECONDS).to_string()
}

/// Signs that person in; in their tenant, if they have only one.
pub(super) async fn open_session(gateway: &Gateway, user: Uuid) -> Result<Response, ApiError> {
    let issued_at = now_seconds();
    let params = [user.to_string(), expiry_text(issued_at)];
    let row = gateway_sql::query(
        &gateway.pool,
        Purpose::LogIn,
        OPEN_SESSION,
        &[&params[0], &params[1]],
    )
    .await?;
    let session = gateway_sql::required_id(row.as_ref())?;
    respond_signed_in(gateway, user, session, issued_at).await
}

/// Replaces the current session with a new one in that tenant.
pub(super) async fn renew_session(
    gateway: &Gateway,
    current: &Claims,
    tenant: Uuid,
) -> Result<Response, ApiError> {
    let issued_at = now_seconds();
    let params = [
        current.jti.to_string(),
        tenant.to_string(),
        expiry_text(issued_at),
    ];
    let row = gateway_sql::query_for_caller(
        &gateway.pool,
        Purpose::Desk(current.holder()),
        RENEW_SESSION,
        &[&params[0], &params[1], &params[2]],
    )
    .await?;
    let session = gateway_sql::required_id(row.as_ref())?;
    respond_signed_in(gateway, current.sub, session, issued_at).await
}

/// Answers as `/auth/me` does, with the cookie of that session.
pub(super) async fn respond_signed_in(
    gateway: &Gateway,
    user: Uuid,
    session: Uuid,
    issued_at: u64,
) -> Result<Response, ApiError> {
    let id = session.to_string();
    let tenant = gateway_sql::query(&gateway.pool, Purpose::LogIn, SESSION_TENANT, &[&id]).await?;
    let claims = Claims::new(
        user,
        gateway_sql::optional_id(tenant.as_ref())?,
        session,
        issued_at,
    );
    let token = gateway
        .keys
        .sign(&claims)
        .map_err(|error| ApiError::Internal(error.to_string()))?;
    let timeout = gateway.config.statement_timeout_ms;
    let session = Session::of_log_in(claims, None, timeout);
    let identity = session.identity().with_purpose(Purpose::LogIn);
    let mut response = respond_whoami(gateway, &identity).await?;
    set_cookie(
        &mut response,
        &cookie::sign_in_value(gateway.config.insecure_cookie, &token),
    )?;
    Ok(response)
}

pub(super) async fn respond_whoami(
    gateway: &Gateway,
    caller: &Identity,
) -> Result<Response, ApiError> {
    let call = Call {
        sql: format!("select cs.me()::pg_catalog.text {ROLE_GUARD}"),
        params: vec![],
        read_only: true,
    };
    transaction::run(&gateway.pool, caller, call)
        .await
        .map(response::json)
}

pub(super) fn set_cookie(response: &mut Response, value: &str) -> Result<(), ApiError> {
    let value =
        HeaderValue::from_str(value).map_err(|error| ApiError::Internal(error.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}
