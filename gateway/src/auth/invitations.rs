//! Owns invitations: what one offers, and its acceptance, by a new person or by the caller who is signed in.

use super::offer::Offer;
use super::sign_in;
use crate::database::gateway_sql;
use crate::database::transaction::{self, Call, ROLE_GUARD};
use crate::http::address::ClientAddress;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::password;
use crate::session::Session;
use crate::shares::{NEWCOMERS, Purpose};
use crate::state::Gateway;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::time::Instant;
use uuid::Uuid;

const ACCEPT: &str = "select cs.accept_invitation($1::pg_catalog.text, $2::pg_catalog.text, \
                      $3::pg_catalog.text)::pg_catalog.text";
const JOIN_TENANT: &str =
    "select cs.join_tenant($1::pg_catalog.text, $2::pg_catalog.text)::pg_catalog.text";

type InvitationToken = Result<Path<String>, PathRejection>;

/// With a password it is from a new person; without, from the caller who is signed in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    full_name: String,
    password: Option<String>,
}

pub(super) async fn read_invitation(
    State(gateway): State<Gateway>,
    token: InvitationToken,
) -> Result<Json<Offer>, ApiError> {
    let Path(token) = token.map_err(|_| unknown_invitation())?;
    let offer = read_offer(&gateway, &token).await?;
    Ok(Json(offer.tell(&gateway)))
}

pub(super) async fn accept_invitation(
    State(gateway): State<Gateway>,
    ClientAddress(from): ClientAddress,
    session: Result<Session, ApiError>,
    token: InvitationToken,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let Path(token) = token.map_err(|_| unknown_invitation())?;
    let expected = "an object with full_name and, for a new person, password";
    let given: Acceptance = super::parse_json(&headers, body, expected)?;
    let Some(password) = given.password else {
        return join_tenant(&gateway, &session?, token, given.full_name).await;
    };
    password::check_new_password(&password, "password")?;
    gateway
        .rate_limits
        .sign_ups
        .admit(from, Instant::now())
        .map_err(ApiError::too_many)?;
    // checked before the hash is computed, which is expensive
    read_offer(&gateway, &token).await?;
    let hash = gateway.passwords.hash(from, password).await?;
    let row = gateway_sql::query_for_caller(
        &gateway.pool,
        Purpose::Desk(NEWCOMERS),
        ACCEPT,
        &[&token, &given.full_name, &hash],
    )
    .await?;
    sign_in::open_session(&gateway, gateway_sql::required_id(row.as_ref())?).await
}

async fn read_offer(gateway: &Gateway, token: &str) -> Result<Offer, ApiError> {
    let offer = Offer::read(gateway, token).await?;
    offer.ok_or_else(unknown_invitation)
}

async fn join_tenant(
    gateway: &Gateway,
    session: &Session,
    token: String,
    full_name: String,
) -> Result<Response, ApiError> {
    let current = session.require_log_in()?;
    let call = Call {
        sql: format!("{JOIN_TENANT} {ROLE_GUARD}"),
        params: vec![Some(token), Some(full_name)],
        read_only: false,
    };
    let tenant: Option<Uuid> = transaction::run(&gateway.pool, &session.at_the_desk(), call)
        .await?
        .and_then(|tenant| tenant.parse().ok());
    let tenant = tenant.ok_or_else(|| ApiError::Internal("the answer has no tenant".to_owned()))?;
    sign_in::renew_session(gateway, current, tenant).await
}

fn unknown_invitation() -> ApiError {
    ApiError::NotFound {
        code: "P0002",
        message: "There is no such invitation. It may have been used, or it may have expired."
            .to_owned(),
    }
}
