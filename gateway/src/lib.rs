//! The gateway of customer_success: log-in, session, SQL forwarding and pages. This file is wiring only.
//!
//! A request becomes one transaction (`database::transaction`) under the identity of its cookie or API token
//! (`session`). Only what the database says `cs_member` may call can be called (`catalogue`). No business rule lives
//! here.

mod auth;
mod catalogue;
mod config;
mod database;
mod events;
mod http;
mod metrics;
mod notifications;
mod openapi;
mod pages;
mod password;
mod probes;
mod rest;
mod session;
mod state;
mod throttle;

pub use config::{Config, ConfigError};
pub use http::server::serve;
pub use state::Gateway;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use http::middleware;
use tower_http::catch_panic::CatchPanicLayer;

/// The whole service: its routes, then the pages, all of it inside the middleware.
pub fn app(gateway: Gateway) -> Router {
    let around = middleware::Around::new(&gateway.config, &gateway.metrics);
    Router::new()
        .merge(probes::router())
        .merge(events::router())
        .nest("/auth", auth::router())
        .nest("/rest/v1", rest::router())
        .merge(openapi::router())
        .fallback(pages::serve)
        .method_not_allowed_fallback(middleware::wrong_method)
        .layer(DefaultBodyLimit::max(gateway.config.body_bytes))
        .layer(CatchPanicLayer::custom(middleware::panicked))
        .layer(from_fn_with_state(around, middleware::around))
        .with_state(gateway)
}
