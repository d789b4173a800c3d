//! Choosing the tenant to work in, for a person of several.

use super::entry;
use crate::Gateway;
use crate::body::Body;
use crate::error::ApiError;
use crate::session::Session;
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
    let present = session.person()?;
    let choice: Choice = super::json(&headers, body, "an object with tenant_id, an id")?;
    entry::renew(&gateway, present, choice.tenant_id).await
}
