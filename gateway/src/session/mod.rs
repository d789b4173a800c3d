//! Owns who is calling: the extractor that turns a cookie or an API token into a session, and refuses what a page of
//! another site sent.

mod api_token;
pub(crate) mod cookie;
pub(crate) mod csrf;
pub(crate) mod token;

use crate::config::Config;
use crate::database::identity::Identity;
use crate::database::pool::ConnectionPool;
use crate::database::token_check;
use crate::http::error::ApiError;
use crate::shares::{Holder, Purpose};
use axum::extract::{FromRef, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use std::sync::Arc;
use token::{Claims, Keys};
use uuid::Uuid;

const CLIENT: &str = "x-cs-client";

/// A caller. Whether the session or token is still valid is checked in each transaction.
pub(crate) struct Session {
    /// What the cookie says; none with an API token. Where both are sent the API token counts.
    log_in: Option<Claims>,
    holder: Holder,
    identity: Identity,
}

impl Session {
    /// `client` is the browser tab, so that it can distinguish its own changes from others'.
    pub(crate) fn of_log_in(
        claims: Claims,
        client: Option<Uuid>,
        statement_timeout_ms: u32,
    ) -> Self {
        let identity = Identity::of_session(
            claims.jti,
            claims.sub,
            claims.tenant,
            client,
            statement_timeout_ms,
        );
        Self {
            holder: claims.holder(),
            log_in: Some(claims),
            identity,
        }
    }

    pub(crate) fn of_api_token(
        hash: &str,
        holder: Holder,
        client: Option<Uuid>,
        statement_timeout_ms: u32,
    ) -> Self {
        Self {
            log_in: None,
            holder,
            identity: Identity::of_token(hash, holder, client, statement_timeout_ms),
        }
    }

    /// Whose share its calls count against.
    pub(crate) fn holder(&self) -> Holder {
        self.holder
    }

    /// The caller of what is done under `/auth`, which has a share of its own.
    pub(crate) fn at_the_desk(&self) -> Identity {
        self.identity.with_purpose(Purpose::Desk(self.holder))
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The log-in, for what an API token may not do.
    pub(crate) fn require_log_in(&self) -> Result<&Claims, ApiError> {
        self.log_in.as_ref().ok_or(ApiError::PersonOnly)
    }
}

impl<S> FromRequestParts<S> for Session
where
    S: Send + Sync,
    Arc<Config>: FromRef<S>,
    Arc<Keys>: FromRef<S>,
    ConnectionPool: FromRef<S>,
{
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let config = Arc::<Config>::from_ref(state);
        let client = parts
            .headers
            .get(CLIENT)
            .and_then(|id| Uuid::try_parse_ascii(id.as_bytes()).ok());
        let timeout = config.statement_timeout_ms;
        if let Some(hash) = api_token::hash(&parts.headers)? {
            // of an unknown token this is all that is done before it is known to be good
            let holder = token_check::find_holder(&FromRef::from_ref(state), &hash).await?;
            return Ok(Self::of_api_token(&hash, holder, client, timeout));
        }
        let claims = verify_cookie(parts, &Arc::from_ref(state), config.insecure_cookie)?;
        Ok(Self::of_log_in(claims, client, timeout))
    }
}

/// What the cookie says. It is sent with every request, those of other sites included, so a request that changes
/// something needs a mark of our own pages.
fn verify_cookie(parts: &Parts, keys: &Keys, insecure: bool) -> Result<Claims, ApiError> {
    let token = cookie::token(&parts.headers, insecure).ok_or(ApiError::NoSession)?;
    let claims = keys.verify(token).ok_or(ApiError::NoSession)?;
    if parts.method != Method::GET && parts.method != Method::HEAD {
        csrf::check(parts, insecure)?;
    }
    Ok(claims)
}
