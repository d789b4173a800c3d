//! `/auth`: signing up, in and out, invitations, passwords, and the tenant a session works in.
//!
//! What people may do is the database's to say; here a password is held against its hash, and a session becomes a cookie.

mod entry;
mod invitations;
mod login;
mod new_password;
mod own;
mod signup;
mod tenant;

use crate::Gateway;
use crate::body::{self, Body};
use crate::csrf;
use crate::error::ApiError;
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
        .route("/tenant", post(tenant::choose))
        .route("/password", post(new_password::change))
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
