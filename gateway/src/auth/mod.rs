//! `/auth`: signing up, in and out, invitations, passwords, and the tenant a session works in.
//!
//! What people may do is the database's to say; here a password is held against its hash, and a session becomes a cookie.

mod invitations;
mod login;
mod password_change;
mod sign_in;
mod signup;
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
        .route("/signup", post(signup::sign_up))
        .route("/slug/{slug}", get(signup::slug))
        .route("/login", post(login::log_in))
        .route("/logout", post(login::log_out))
        .route("/me", get(login::me))
        .route("/tenant", post(tenant_choice::choose))
        .route("/password", post(password_change::change))
        .route(
            "/invitations/{token}",
            get(invitations::read).post(invitations::accept),
        )
}

/// A body of JSON that says it is JSON: a form of another site cannot say so, and nobody is signed in as somebody else
/// behind their back.
fn json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    expected: &str,
) -> Result<T, ApiError> {
    if !csrf::is_json(headers) {
        return Err(ApiError::NotJson);
    }
    body::parse(&body::bytes(body)?, expected)
}
