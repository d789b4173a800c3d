//! Owns what all requests share: settings, keys, the pool, caches and limits. Handlers receive it as [`Gateway`].

use crate::automation_metrics::AutomationMetrics;
use crate::catalogue;
use crate::config::{Config, ConfigError};
use crate::database::pool::ConnectionPool;
use crate::database::{connection, requirements};
use crate::metrics::Metrics;
use crate::notifications::hub::Hub;
use crate::password;
use crate::session::token::Keys;
use crate::throttle;
use axum::extract::FromRef;
use std::sync::Arc;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What all requests share; cheap to clone.
#[derive(Clone)]
pub struct Gateway {
    pub(crate) config: Arc<Config>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) pool: ConnectionPool,
    pub(crate) tls: MakeRustlsConnect,
    pub(crate) catalogue: Arc<catalogue::CatalogueCache>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) automation: Arc<AutomationMetrics>,
    pub(crate) passwords: password::PasswordChecker,
    pub(crate) throttle: Arc<throttle::LoginThrottle>,
    pub(crate) rate_limits: Arc<throttle::RateLimits>,
}

impl Gateway {
    /// Reads the secrets and prepares the pool; the database need not be there yet.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.validate()?;
        let (secret, old_secrets) = config.secrets()?;
        let database = connection::from_config(&config)?;
        Ok(Self {
            keys: Arc::new(Keys::new(&secret, &old_secrets)),
            tls: database.tls.clone(),
            pool: ConnectionPool::build(database, config.pool_size)?,
            catalogue: Arc::default(),
            hub: Arc::default(),
            metrics: Arc::default(),
            automation: Arc::default(),
            passwords: password::PasswordChecker::new(),
            throttle: Arc::default(),
            rate_limits: Arc::default(),
            config: Arc::new(config),
        })
    }

    /// What is missing in the database, in words; asked once, before serving.
    pub async fn check_database(&self) -> Result<(), String> {
        let database = connection::from_config(&self.config).map_err(|error| error.to_string())?;
        requirements::check(database).await
    }

    /// Ends all event streams, so that a shutdown does not wait for them.
    pub fn end_streams(&self) {
        self.hub.stop();
    }

    /// Waits until no connection is in use, or for `longest`.
    pub async fn wait_until_idle(&self, longest: Duration) {
        self.pool.wait_until_idle(longest).await;
    }
}

impl FromRef<Gateway> for Arc<Config> {
    fn from_ref(gateway: &Gateway) -> Self {
        gateway.config.clone()
    }
}

impl FromRef<Gateway> for Arc<Keys> {
    fn from_ref(gateway: &Gateway) -> Self {
        gateway.keys.clone()
    }
}

impl FromRef<Gateway> for ConnectionPool {
    fn from_ref(gateway: &Gateway) -> Self {
        gateway.pool.clone()
    }
}
