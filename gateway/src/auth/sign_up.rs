//! Owns signing up: a new organisation with its first person, and whether its short name is still free.

use super::login;
use super::sign_in;
use crate::database::gateway_sql;
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::password;
use crate::shares::{NEWCOMERS, Purpose};
use crate::state::Gateway;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Instant;

const SLUG_IS_FREE: &str = "select cs.slug_is_free($1::pg_catalog.text)";
const CREATE_TENANT: &str = include_str!("sql/create_tenant.sql");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignUp {
    slug: String,
    name: String,
    email: String,
    password: String,
    full_name: String,
}

pub(super) async fn sign_up(
    State(gateway): State<Gateway>,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    require_open(&gateway)?;
    let expected = "an object with slug, name, email, password and full_name";
    let given: SignUp = super::parse_json(&headers, body, expected)?;
    password::check_new_password(&given.password, "password")?;
    gateway
        .rate_limits
        .sign_ups
        .admit(from, Instant::now())
        .map_err(ApiError::too_many)?;
    // checked before the hash is computed, which is expensive
    is_free(&gateway, &given.slug).await?;
    let hash = gateway.passwords.hash(from, given.password).await?;
    gateway_sql::query_for_caller(
        &gateway.pool,
        Purpose::Desk(NEWCOMERS),
        CREATE_TENANT,
        &[
            &given.slug,
            &given.name,
            &given.email,
            &given.full_name,
            &hash,
        ],
    )
    .await?;
    match login::find_user(&gateway, &given.email).await? {
        (Some(user), _) => sign_in::open_session(&gateway, user).await,
        (None, _) => Err(ApiError::Internal(
            "the person who signed up is missing".to_owned(),
        )),
    }
}

pub(super) async fn check_slug(
    State(gateway): State<Gateway>,
    ClientAddress(from): ClientAddress,
    slug: Result<Path<String>, PathRejection>,
) -> Result<Json<Value>, ApiError> {
    require_open(&gateway)?;
    let Path(slug) = slug.map_err(|_| ApiError::invalid("The address cannot be read.", "slug"))?;
    gateway
        .rate_limits
        .slugs
        .admit(from, Instant::now())
        .map_err(ApiError::too_many)?;
    let free = is_free(&gateway, &slug).await?;
    Ok(Json(json!({ "slug": slug.trim(), "free": free })))
}

fn require_open(gateway: &Gateway) -> Result<(), ApiError> {
    match gateway.config.no_sign_up {
        true => Err(ApiError::SignUpClosed),
        false => Ok(()),
    }
}

async fn is_free(gateway: &Gateway, slug: &str) -> Result<bool, ApiError> {
    let row = gateway_sql::query_for_caller(&gateway.pool, Purpose::LogIn, SLUG_IS_FREE, &[&slug])
        .await?;
    row.map_or(Ok(false), |row| row.try_get(0))
        .map_err(|error| ApiError::Internal(error.to_string()))
}
