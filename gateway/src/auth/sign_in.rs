//! The way in: a session of the database becomes a signed token in a cookie, answered with who that is.

use crate::database::gateway_sql;
use crate::database::transaction::{self, Call, ROLE_GUARD};
use crate::http::error::ApiError;
use crate::http::response;
use crate::session::Session;
use crate::session::cookie;
use crate::session::token::{Claims, LIFETIME_SECONDS, now_seconds};
use crate::state::Gateway;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use uuid::Uuid;

const OPEN: &str = include_str!("sql/open_session.sql");
const RENEW: &str = include_str!("sql/renew_session.sql");
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
    let row = gateway_sql::query(&gateway.pool, OPEN, &[&params[0], &params[1]]).await?;
    let session = gateway_sql::required_id(row.as_ref())?;
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
    let row =
        gateway_sql::query_for_caller(&gateway.pool, RENEW, &[&params[0], &params[1], &params[2]])
            .await?;
    let session = gateway_sql::required_id(row.as_ref())?;
    enter(gateway, present.sub, session, issued_at).await
}

/// Answers as `/auth/me` does, with the cookie of that session.
pub(super) async fn enter(
    gateway: &Gateway,
    user: Uuid,
    session: Uuid,
    issued_at: u64,
) -> Result<Response, ApiError> {
    let tenant = gateway_sql::query(&gateway.pool, TENANT, &[&session.to_string()]).await?;
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
    let mut response = whoami(gateway, &session).await?;
    set_cookie(
        &mut response,
        &cookie::sign_in_value(gateway.config.insecure_cookie, &token),
    )?;
    Ok(response)
}

pub(super) async fn whoami(gateway: &Gateway, session: &Session) -> Result<Response, ApiError> {
    let call = Call {
        sql: format!("select cs.me()::pg_catalog.text {ROLE_GUARD}"),
        params: vec![],
        read_only: true,
        keep_prepared: true,
    };
    transaction::run(&gateway.pool, session.identity(), call)
        .await
        .map(response::json)
}

pub(super) fn set_cookie(response: &mut Response, value: &str) -> Result<(), ApiError> {
    let value =
        HeaderValue::from_str(value).map_err(|error| ApiError::Internal(error.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}
