//! What happens around every request: its id, the access log, the headers each answer carries, and the last resorts.

use crate::Gateway;
use crate::deadline;
use crate::error::{ApiError, Told};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::time::{Duration, Instant};
use tracing::Instrument;
use uuid::Uuid;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What follows these in a path is a secret.
const SECRETS: [&str; 2] = ["/auth/invitations/", "/invite/"];

/// Beside its body and its statement: enough for connections and a password.
const ROOM: Duration = Duration::from_secs(25);

tokio::task_local! {
    static CURRENT_ID: String;
}

/// The id of the request under way, for whoever must name it in an answer.
pub(crate) fn request_id() -> String {
    CURRENT_ID.try_with(Clone::clone).unwrap_or_default()
}

pub(crate) async fn around(
    State(gateway): State<Gateway>,
    request: Request,
    next: Next,
) -> Response {
    let id = id_of(request.headers());
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
    let mut response = CURRENT_ID.scope(id.clone(), work).await;
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

/// A proxy's id is kept where it is harmless in a log, so that one id leads through both.
fn id_of(headers: &HeaderMap) -> String {
    let harmless = |id: &&str| {
        (8..=64).contains(&id.len())
            && id
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    headers
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(harmless)
        .map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
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
    fn only_harmless_ids_are_kept() {
        let kept = |id: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(REQUEST_ID, id.parse().unwrap());
            id_of(&headers) == id
        };
        assert!(kept("0192f0c1-aaaa-7bbb-8ccc-1234567890ab"));
        assert!(!kept("short"));
        assert!(!kept("with space in it"));
        assert!(!kept(&"x".repeat(65)));
    }

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
