//! Who is asking: the extractor that turns a cookie or an API token into a session, and refuses what another site's
//! page sent.

use crate::Gateway;
use crate::error::ApiError;
use crate::token::Claims;
use crate::{bearer, cookie, csrf};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, header};
use uuid::Uuid;

const CLIENT: &str = "x-cs-client";

/// What a request shows of who is asking. Whether it still stands is asked in each transaction.
pub(crate) enum Proof {
    /// A token of ours, not expired, in the cookie.
    LogIn(Claims),
    /// An API token, by its hash. Where both are sent it is the one that counts.
    Token(String),
}

/// Somebody who asks.
pub(crate) struct Session {
    pub(crate) proof: Proof,
    /// The browser tab, so that it can tell its own changes from others'.
    pub(crate) client: Option<Uuid>,
}

impl Session {
    /// The log-in, for what a token may not do.
    pub(crate) fn person(&self) -> Result<&Claims, ApiError> {
        match &self.proof {
            Proof::LogIn(claims) => Ok(claims),
            Proof::Token(_) => Err(ApiError::PersonOnly),
        }
    }
}

impl FromRequestParts<Gateway> for Session {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, ApiError> {
        let proof = match bearer::hash(&parts.headers)? {
            Some(hash) => Proof::Token(hash),
            None => Proof::LogIn(log_in(parts, gateway)?),
        };
        let client = parts
            .headers
            .get(CLIENT)
            .and_then(|id| Uuid::try_parse_ascii(id.as_bytes()).ok());
        Ok(Self { proof, client })
    }
}

/// What the cookie says. It goes with every request, those of other sites included, so what changes something needs a
/// mark of our own pages.
fn log_in(parts: &Parts, gateway: &Gateway) -> Result<Claims, ApiError> {
    let token =
        cookie::token(&parts.headers, gateway.config.insecure_cookie).ok_or(ApiError::NoSession)?;
    let claims = gateway.keys.verify(token).ok_or(ApiError::NoSession)?;
    if parts.method != Method::GET && parts.method != Method::HEAD {
        from_our_pages(parts, gateway)?;
    }
    Ok(claims)
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
