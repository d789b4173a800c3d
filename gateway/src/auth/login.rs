//! `/auth`: signing in, signing out, and who is signed in.

use crate::body::{self, Body};
use crate::error::ApiError;
use crate::session::{self, Proof, Session};
use crate::token::{Claims, LIFETIME_SECONDS, now_seconds};
use crate::transaction::{self, Call, GATE};
use crate::{Gateway, address, answer, cookie, csrf, pool};
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use std::net::SocketAddr;
use std::time::Instant;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

const LOOK_UP: &str = "select user_id::pg_catalog.text, encrypted_password::pg_catalog.text \
                       from cs.login_lookup($1::pg_catalog.text)";
const OPEN: &str = include_str!("sql/open_session.sql");
const TENANT: &str =
    "select cs.session_tenant($1::pg_catalog.text::pg_catalog.uuid)::pg_catalog.text";
const END: &str = "select cs.end_session($1::pg_catalog.text::pg_catalog.uuid)";

pub(crate) fn router() -> Router<Gateway> {
    Router::new()
        .route("/login", post(login))
        .route("/logout", post(logout))
        .route("/me", get(me))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
}

async fn me(State(gateway): State<Gateway>, session: Session) -> Result<Response, ApiError> {
    whoami(&gateway, &session).await
}

async fn whoami(gateway: &Gateway, session: &Session) -> Result<Response, ApiError> {
    let sql = format!("select cs.me()::pg_catalog.text {GATE}");
    let call = Call {
        sql,
        params: vec![],
        read_only: true,
        keep: true,
    };
    transaction::run(gateway, session, call)
        .await
        .map(answer::json)
}

async fn login(
    State(gateway): State<Gateway>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    // a form of another site cannot send JSON, so nobody is signed in as somebody else behind their back
    if !csrf::is_json(&headers) {
        return Err(ApiError::NotJson);
    }
    let bytes = body::bytes(body)?;
    let given: Credentials = body::parse(&bytes, "an object with email and password")?;
    let user = checked(&gateway, given, peer, &headers).await?;
    let claims = opened(&gateway, user).await?;
    let token = gateway
        .keys
        .sign(&claims)
        .map_err(|e| ApiError::Internal(e.to_string()))?;
    let mut response = whoami(
        &gateway,
        &Session {
            proof: Proof::LogIn(claims),
            client: None,
        },
    )
    .await?;
    set_cookie(
        &mut response,
        &cookie::issued(gateway.config.insecure_cookie, &token),
    )?;
    Ok(response)
}

/// The person with that e-mail and password. Every way of being wrong is answered in the same words.
async fn checked(
    gateway: &Gateway,
    given: Credentials,
    peer: SocketAddr,
    headers: &HeaderMap,
) -> Result<String, ApiError> {
    let account = given.email.trim().to_lowercase();
    if account.len() > 320 || account.contains('\0') {
        return Err(ApiError::WrongLogin);
    }
    let from = address::client(peer.ip(), headers, &gateway.config.trusted_proxies);
    gateway
        .throttle
        .admit(&account, from, Instant::now())
        .map_err(|wait| ApiError::TooMany {
            retry_seconds: wait.as_secs().saturating_add(1),
        })?;
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
) -> Result<Option<String>, ApiError> {
    let row = own(gateway, LOOK_UP, &[&account]).await?;
    let (user, hash) = match row {
        Some(row) => (text(&row, 0)?, text(&row, 1)?),
        None => (None, None),
    };
    let right = gateway.passwords.verify(password, hash).await?;
    Ok(user.filter(|_| right))
}

/// A new session of that person, in their only tenant if they have just one.
async fn opened(gateway: &Gateway, user: String) -> Result<Claims, ApiError> {
    let issued_at = now_seconds();
    let until = (issued_at + LIFETIME_SECONDS).to_string();
    let session = id(own(gateway, OPEN, &[&user, &until]).await?.as_ref())?;
    let session =
        session.ok_or_else(|| ApiError::Internal("open_session answered nothing".to_owned()))?;
    let tenant = id(own(gateway, TENANT, &[&session.to_string()])
        .await?
        .as_ref())?;
    let user = user
        .parse()
        .map_err(|_| ApiError::Internal("login_lookup gave no uuid".to_owned()))?;
    Ok(Claims::new(user, tenant, session, issued_at))
}

async fn logout(State(gateway): State<Gateway>, request: Request) -> Result<Response, ApiError> {
    let insecure = gateway.config.insecure_cookie;
    let (parts, _) = request.into_parts();
    let mut response = answer::nothing();
    if let Some(token) = cookie::token(&parts.headers, insecure) {
        session::from_our_pages(&parts, &gateway)?;
        if let Some(claims) = gateway.keys.verify(token) {
            own(&gateway, END, &[&claims.jti.to_string()]).await?;
        }
    }
    set_cookie(&mut response, &cookie::cleared(insecure))?;
    Ok(response)
}

/// One statement under the gateway's own role, for what happens before there is an identity.
async fn own(
    gateway: &Gateway,
    sql: &str,
    params: &[&(dyn ToSql + Sync)],
) -> Result<Option<tokio_postgres::Row>, ApiError> {
    let lease = pool::lease(&gateway.pool).await?;
    let result = match lease.prepare_cached(sql).await {
        Ok(statement) => lease.query_opt(&statement, params).await,
        Err(error) => Err(error),
    };
    lease.give_back();
    result.map_err(|error| ApiError::of_ours(&error))
}

fn text(row: &tokio_postgres::Row, column: usize) -> Result<Option<String>, ApiError> {
    row.try_get(column)
        .map_err(|error| ApiError::Internal(error.to_string()))
}

fn id(row: Option<&tokio_postgres::Row>) -> Result<Option<Uuid>, ApiError> {
    let text = row.map_or(Ok(None), |row| text(row, 0))?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|_| ApiError::Internal("a uuid was expected".to_owned()))
}

fn set_cookie(response: &mut Response, value: &str) -> Result<(), ApiError> {
    let value =
        HeaderValue::from_str(value).map_err(|error| ApiError::Internal(error.to_string()))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}
