//! What happens around every request: its id, the access log, the headers each answer carries, and the last resorts.

use super::deadline;
use super::error::{ApiError, Told};
use super::request_id::{self, REQUEST_ID};
use crate::config::Config;
use crate::metrics::Metrics;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument;

/// What follows these in a path is a secret.
const SECRETS: [&str; 2] = ["/auth/invitations/", "/invite/"];

/// Beside its body and its statement: enough for connections and a password.
const ROOM: Duration = Duration::from_secs(25);

/// What the middleware needs of the settings, and where it counts.
#[derive(Clone)]
pub(crate) struct Around {
    config: Arc<Config>,
    metrics: Arc<Metrics>,
}

impl Around {
    pub(crate) fn new(config: &Arc<Config>, metrics: &Arc<Metrics>) -> Self {
        Self {
            config: config.clone(),
            metrics: metrics.clone(),
        }
    }
}

pub(crate) async fn around(
    State(gateway): State<Around>,
    request: Request,
    next: Next,
) -> Response {
    let id = request_id::id_of(request.headers());
    let method = named(request.method());
    let route = route_of(&request);
    // never the query: it may hold what people search for
    let path = harmless(request.uri().path()).to_owned();
    let span = tracing::info_span!("request", request_id = %id, method, path);
    let began = Instant::now();
    let under_way = gateway.metrics.begin();
    let patience = Duration::from_secs(gateway.config.client_timeout_seconds);
    let request = request.map(|body| deadline::within(patience, body));
    let statement = Duration::from_millis(u64::from(gateway.config.statement_timeout_ms));
    let longest = patience + statement + ROOM;
    let work = within(longest, next.run(request)).instrument(span.clone());
    let mut response = request_id::scope(id.clone(), work).await;
    finish(response.headers_mut(), &id, gateway.config.insecure_cookie);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let error = response.extensions().get::<Told>();
    let error = error.map(|Told(code)| code.as_str());
    gateway
        .metrics
        .answered(method, &route, status, took, error);
    drop(under_way);
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| match path.as_str() {
        "/live" | "/ready" | "/metrics" => {
            tracing::debug!(status, took_ms, "answered {status} in {took_ms} ms");
        }
        _ => tracing::info!(status, took_ms, "answered {status} in {took_ms} ms"),
    });
    response
}

/// A name for each method there is; others are one.
fn named(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// The route as it is written in this program; pages, files and what is nowhere are one.
fn route_of(request: &Request) -> String {
    let matched = request.extensions().get::<MatchedPath>();
    matched.map_or_else(|| "pages".to_owned(), |path| path.as_str().to_owned())
}

/// A path without the secret that it may end in.
fn harmless(path: &str) -> &str {
    let secret = SECRETS.iter().find(|start| path.starts_with(**start));
    secret.map_or(path, |start| start)
}

async fn within(longest: Duration, work: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(longest, work).await {
        Ok(response) => response,
        Err(_) => ApiError::Slow.into_response(),
    }
}

fn finish(headers: &mut HeaderMap, id: &str, insecure: bool) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    if !insecure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // the pages have set their own, with a nonce or a longer life
    if let Ok(policy) = HeaderValue::from_str(&content_policy(None)) {
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(policy);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

/// The strict policy; scripts and styles written into the page itself need the nonce of this one answer.
pub(crate) fn content_policy(nonce: Option<&str>) -> String {
    let own = nonce.map_or_else(
        || "'self'".to_owned(),
        |nonce| format!("'self' 'nonce-{nonce}'"),
    );
    format!(
        "default-src 'self'; script-src {own}; style-src {own}; img-src 'self' data:; connect-src 'self'; \
         object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'"
    )
}

pub(crate) async fn wrong_method() -> ApiError {
    ApiError::WrongMethod
}

/// A panic is a fault of ours: logged in full, told as a request id.
pub(crate) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a text".to_owned());
    ApiError::Internal(format!("panic: {text}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_paths_are_not_told() {
        assert_eq!(harmless("/auth/invitations/csi_x"), "/auth/invitations/");
        assert_eq!(harmless("/invite/csi_x"), "/invite/");
        assert_eq!(harmless("/rest/v1/accounts"), "/rest/v1/accounts");
    }

    #[test]
    fn policy_carries_the_nonce_for_scripts_and_styles_alone() {
        let policy = content_policy(Some("abc"));
        assert_eq!(policy.matches("'nonce-abc'").count(), 2);
        assert!(policy.contains("script-src 'self' 'nonce-abc'; style-src 'self' 'nonce-abc';"));
        assert!(!content_policy(None).contains("nonce"));
    }
}
