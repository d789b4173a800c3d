//! Owns choosing the tenant to work in, for a person with several.

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
struct TenantChoice {
    tenant_id: Uuid,
}

/// The current session ends; the cookie of the new one works in that tenant.
pub(super) async fn choose_tenant(
    State(gateway): State<Gateway>,
    session: Session,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let current = session.require_log_in()?;
    let chosen: TenantChoice =
        super::parse_json(&headers, body, "an object with tenant_id, an id")?;
    sign_in::renew_session(&gateway, current, chosen.tenant_id).await
}
