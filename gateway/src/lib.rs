//! The gateway of customer_success: log-in, session, SQL forwarding and pages. This file is wiring only.
//!
//! A request becomes one transaction (`database::transaction`) under the identity of its cookie or API token
//! (`session`). Only what the database says `cs_member` may call can be called (`catalogue`). No business rule lives
//! here.

mod auth;
mod automation_metrics;
mod catalogue;
mod config;
mod cors;
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
mod shares;
mod state;
mod throttle;
mod trusted_proxies;

pub use config::{Config, ConfigError};
pub use cors::CorsOrigin;
pub use http::connections::ClientConnections;
pub use http::server::{ClientLimits, serve};
pub use state::Gateway;
pub use trusted_proxies::TrustedProxies;

use axum::Router;
use http::middleware;

/// The whole service: its routes, then the pages, all of it inside the middleware.
pub fn app(gateway: Gateway) -> Router {
    let (config, metrics) = (gateway.config.clone(), gateway.metrics.clone());
    let mut for_programs = Router::new()
        .merge(events::router())
        .nest("/rest/v1", rest::router())
        .merge(openapi::router())
        // before the layer, which asks nothing of a method when a browser does
        .method_not_allowed_fallback(middleware::method_not_allowed);
    if let Some(cors) = cors::layer(&config.cors_origins) {
        for_programs = for_programs.layer(cors);
    }
    let routes = Router::new()
        .merge(probes::router())
        .nest("/auth", auth::router())
        .merge(for_programs)
        .fallback(pages::serve)
        .method_not_allowed_fallback(middleware::method_not_allowed)
        .with_state(gateway);
    middleware::wrap(routes, &config, &metrics)
}
