//! The gateway of customer_success: log-in, session, SQL forwarding and pages. This file is wiring only.
//!
//! A request becomes one transaction (`transaction`) under the identity of its cookie (`session`); what may be
//! called is what the database says `cs_member` may call (`catalogue`). No business rule lives here.

mod address;
mod answer;
mod arguments;
mod auth;
mod bearer;
mod body;
mod catalogue;
mod config;
mod cookie;
mod csrf;
mod database;
mod deadline;
mod encoding;
mod error;
mod events;
mod grammar;
mod metrics;
mod openapi;
mod outer;
mod pages;
mod password;
mod patient;
mod pool;
mod probes;
mod rows;
mod rpc;
mod schema;
mod serve;
mod session;
mod sqlstate;
mod throttle;
mod token;
mod transaction;
mod views;

pub use config::{Config, ConfigError};
pub use events::end_streams;
pub use pool::drained;
pub use serve::serve;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    config: Arc<Config>,
    keys: Arc<token::Keys>,
    pool: deadpool_postgres::Pool,
    tls: tokio_postgres_rustls::MakeRustlsConnect,
    catalogue: Arc<catalogue::Shelf>,
    events: Arc<events::Hub>,
    metrics: Arc<metrics::Metrics>,
    passwords: password::Checker,
    throttle: Arc<throttle::LoginThrottle>,
    limits: Arc<throttle::Limits>,
    /// Who reads long answers at a time: others must find a connection too.
    long_answers: Arc<Semaphore>,
}

impl Gateway {
    /// Reads the secrets and prepares the pool; the database need not be there yet.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        let database = database::of(&config)?;
        Ok(Self {
            keys: Arc::new(config.keys()?),
            tls: database.tls.clone(),
            pool: pool::build(database, config.pool_size)?,
            catalogue: Arc::default(),
            events: Arc::default(),
            metrics: Arc::default(),
            passwords: password::Checker::new(),
            throttle: Arc::default(),
            limits: Arc::default(),
            long_answers: Arc::new(Semaphore::new((config.pool_size / 2).max(1))),
            config: Arc::new(config),
        })
    }
}

/// The whole service: its routes, then the pages, all of it inside `outer`.
pub fn app(gateway: Gateway) -> Router {
    Router::new()
        .merge(probes::router())
        .merge(events::router())
        .nest("/auth", auth::router())
        .nest("/rest/v1/rpc", rpc::router())
        .nest("/rest/v1", views::router())
        .merge(openapi::router())
        .fallback(pages::serve)
        .method_not_allowed_fallback(outer::wrong_method)
        .layer(DefaultBodyLimit::max(gateway.config.body_bytes))
        .layer(CatchPanicLayer::custom(outer::panicked))
        .layer(from_fn_with_state(gateway.clone(), outer::around))
        .with_state(gateway)
}
