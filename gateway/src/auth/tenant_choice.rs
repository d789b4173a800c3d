//! Choosing the tenant to work in, for a person of several.

use super::sign_in;
use crate::http::body::Body;
use crate::http::error::ApiError;
use crate::session::Session;
use crate::state::Gateway;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    tenant_id: Uuid,
}

/// The session that was ends; the cookie of the new one works there.
pub(super) async fn choose(
    State(gateway): State<Gateway>,
    session: Session,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let present = session.require_log_in()?;
    let choice: Choice = super::json(&headers, body, "an object with tenant_id, an id")?;
    sign_in::renew(&gateway, present, choice.tenant_id).await
}
