//! Owns `/auth`: signing up, in and out, invitations, passwords, and the tenant a session works in.
//!
//! What people may do, the database decides; here a password is compared with its hash, and a session becomes a cookie.

mod invitations;
mod login;
mod offer;
mod password_change;
mod password_reset;
mod sign_in;
mod sign_up;
mod tenant_choice;

use crate::http::body::{self, Body};
use crate::http::error::ApiError;
use crate::session::csrf;
use crate::state::Gateway;
use axum::Router;
use axum::http::HeaderMap;
use axum::routing::{get, post};
use serde::de::DeserializeOwned;

pub(crate) fn router() -> Router<Gateway> {
    Router::new()
        .route("/signup", post(sign_up::sign_up))
        .route("/slug/{slug}", get(sign_up::check_slug))
        .route("/login", post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/me", get(login::whoami))
        .route("/session", get(login::read_session))
        .route("/tenant", post(tenant_choice::choose_tenant))
        .route("/password", post(password_change::change_password))
        .route(
            "/invitations/{token}",
            get(invitations::read_invitation).post(invitations::accept_invitation),
        )
        .route(
            "/reset/{token}",
            get(password_reset::read_reset).post(password_reset::reset_password),
        )
}

/// The body, which must be declared as JSON: a form of another site cannot do so, and thus cannot sign its visitor in
/// as someone else unnoticed.
fn parse_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    expected: &str,
) -> Result<T, ApiError> {
    if !csrf::is_json(headers) {
        return Err(ApiError::NotJson);
    }
    body::parse(&body::bytes(body)?, expected)
}
