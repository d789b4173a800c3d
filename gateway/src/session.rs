//! Who is asking: the extractor that turns a cookie into a session, and refuses what another site's page sent.

use crate::Gateway;
use crate::error::ApiError;
use crate::token::Claims;
use crate::{cookie, csrf};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, header};
use uuid::Uuid;

const CLIENT: &str = "x-cs-client";

/// A token of ours that has not expired. Whether its session still stands is asked in each transaction.
pub(crate) struct Session {
    pub(crate) claims: Claims,
    /// The browser tab, so that it can tell its own changes from others'.
    pub(crate) client: Option<Uuid>,
}

impl FromRequestParts<Gateway> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, ApiError> {
        let token = cookie::token(&parts.headers, gateway.config.insecure_cookie)
            .ok_or(ApiError::NoSession)?;
        let claims = gateway.keys.verify(token).ok_or(ApiError::NoSession)?;
        if parts.method != Method::GET && parts.method != Method::HEAD {
            from_our_pages(parts, gateway)?;
        }
        let client = parts
            .headers
            .get(CLIENT)
            .and_then(|id| Uuid::try_parse_ascii(id.as_bytes()).ok());
        Ok(Self { claims, client })
    }
}

/// For requests that the cookie speaks for and that change something.
pub(crate) fn from_our_pages(parts: &Parts, gateway: &Gateway) -> Result<(), ApiError> {
    let host = parts
        .headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| parts.uri.authority().map(|authority| authority.as_str()));
    csrf::check(&parts.headers, host, gateway.config.insecure_cookie)
}
