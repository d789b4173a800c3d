//! Owns what happens around every request: its id, the access log, its time limits, the headers each answer carries,
//! and the answers of last resort.

use super::error::{ApiError, ErrorCode};
use super::head_refusal::HeadRefusal;
use super::logged_path::logged_path;
use super::{headers, request_id};
use crate::config::Config;
use crate::metrics::Metrics;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::RequestBodyDeadlineLayer;
use tracing::Instrument;

/// What a request may take in addition to its body and its statement: enough for connections and a password.
const EXTRA_TIME: Duration = Duration::from_secs(25);

/// All routes with the middleware around them, outermost first.
pub(crate) fn wrap(routes: Router, config: &Config, metrics: &Arc<Metrics>) -> Router {
    let client_timeout = Duration::from_secs(config.client_timeout_seconds);
    let statement_timeout = Duration::from_millis(u64::from(config.statement_timeout_ms));
    let observer = Observer {
        metrics: metrics.clone(),
        time_limit: client_timeout + statement_timeout + EXTRA_TIME,
    };
    let layers = ServiceBuilder::new()
        .map_request(request_id::drop_harmful)
        .layer(SetRequestIdLayer::x_request_id(request_id::NewRequestId))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(headers::no_sniffing())
        .layer(headers::no_framing())
        .layer(headers::referrer_policy())
        .layer(headers::transport_security(config.insecure_cookie))
        .layer(headers::default_content_policy())
        .layer(headers::default_cache_control())
        .layer(from_fn_with_state(observer, observe))
        .layer(from_fn(refuse_unread))
        .layer(CatchPanicLayer::custom(respond_to_panic))
        .layer(DefaultBodyLimit::max(config.body_bytes))
        .layer(RequestBodyDeadlineLayer::new(client_timeout));
    routes.layer(layers)
}

/// Where requests are counted, and how long one may take.
#[derive(Clone)]
struct Observer {
    metrics: Arc<Metrics>,
    time_limit: Duration,
}

/// Logs and counts the request, and ends one that takes too long.
async fn observe(State(observer): State<Observer>, request: Request, next: Next) -> Response {
    let id = request_id::of_request(&request);
    let (method, route, path) = match request.extensions().get::<HeadRefusal>() {
        Some(_) => ("other", "unread".to_owned(), "(not read)".to_owned()),
        None => (
            method_name(request.method()),
            route_pattern(&request),
            // never the query: it may hold what people search for
            logged_path(request.uri().path()),
        ),
    };
    let span = tracing::info_span!("request", request_id = %id, method, path);
    let began = Instant::now();
    let in_progress = observer.metrics.start_request();
    let work = limit_time(observer.time_limit, next.run(request)).instrument(span.clone());
    let response = request_id::scope(id, work).await;
    let (status, took) = (response.status(), began.elapsed());
    let error = response.extensions().get::<ErrorCode>();
    let error = error.map(|ErrorCode(code)| code.as_str());
    observer
        .metrics
        .record_answer(method, &route, status, took, error);
    drop(in_progress);
    let status = status.as_u16();
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| match path.as_str() {
        "/live" | "/ready" | "/metrics" => {
            tracing::debug!(status, took_ms, "answered {status} in {took_ms} ms");
        }
        _ => tracing::info!(status, took_ms, "answered {status} in {took_ms} ms"),
    });
    response
}

/// Answers what could not be read, in the place of whatever the request says.
async fn refuse_unread(request: Request, next: Next) -> Response {
    match request.extensions().get::<HeadRefusal>() {
        Some(refusal) => ApiError::Head(*refusal).into_response(),
        None => next.run(request).await,
    }
}

/// Unknown methods share one name, since each name is a label of the metrics.
fn method_name(method: &Method) -> &'static str {
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

/// The route as it is written in this program; pages, files and unknown addresses share one name.
fn route_pattern(request: &Request) -> String {
    let matched = request.extensions().get::<MatchedPath>();
    matched.map_or_else(|| "pages".to_owned(), |path| path.as_str().to_owned())
}

async fn limit_time(longest: Duration, work: impl Future<Output = Response>) -> Response {
    match tokio::time::timeout(longest, work).await {
        Ok(response) => response,
        Err(_) => ApiError::Slow.into_response(),
    }
}

pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::WrongMethod
}

/// A panic is our failure: logged in full, answered with a request id alone.
fn respond_to_panic(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let text = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without a message".to_owned());
    ApiError::Internal(format!("panic: {text}")).into_response()
}

#[cfg(test)]
#[path = "middleware_tests.rs"]
mod tests;
