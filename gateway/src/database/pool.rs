//! Owns the connections to the database: how the pool is built, how one is borrowed, and when it is closed.

use super::connection::Database;
use crate::config::ConfigError;
use crate::http::error::ApiError;
use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime,
};
use std::ops::Deref;
use std::time::{Duration, Instant};

/// The longest wait for a connection, free or new.
pub(crate) const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

pub(crate) fn build(database: Database, size: usize) -> Result<Pool, ConfigError> {
    // whether a connection is closed is known without asking the server
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    Pool::builder(Manager::from_config(
        database.config,
        database.tls,
        recycling,
    ))
    .max_size(size)
    .wait_timeout(Some(ACQUIRE_TIMEOUT))
    .create_timeout(Some(ACQUIRE_TIMEOUT))
    .recycle_timeout(Some(ACQUIRE_TIMEOUT))
    .runtime(Runtime::Tokio1)
    .build()
    .map_err(|_| ConfigError::DatabaseUrl)
}

/// A borrowed connection. It goes back to the pool only by `give_back`: dropped otherwise, after an error or a panic,
/// it is closed, and the transaction it was in ends with it.
pub(crate) struct Lease(Option<Object>);

pub(crate) async fn lease(pool: &Pool) -> Result<Lease, ApiError> {
    pool.get()
        .await
        .map(|object| Lease(Some(object)))
        .map_err(unavailable)
}

fn unavailable(error: PoolError) -> ApiError {
    ApiError::Unavailable(match error {
        PoolError::Timeout(_) => "no connection became free in time".to_owned(),
        PoolError::Backend(error) => match error.as_db_error() {
            Some(refusal) => format!("{} {}", refusal.code().code(), refusal.message()),
            None => error.to_string(),
        },
        other => other.to_string(),
    })
}

impl Lease {
    /// Only for a connection that is outside any transaction and so has no caller's identity.
    pub(crate) fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(object) = self.0.take() {
            drop(Object::take(object));
        }
    }
}

impl Deref for Lease {
    type Target = Object;

    fn deref(&self) -> &Object {
        match &self.0 {
            Some(object) => object,
            // only `give_back` and `drop` take it, and both end the lease
            None => unreachable!("a lease holds its connection until it ends"),
        }
    }
}

/// Waits until every connection is back in the pool: a request whose client went away may still be using one.
pub(crate) async fn wait_until_idle(pool: &Pool, longest: Duration) {
    let began = Instant::now();
    while began.elapsed() < longest {
        let status = pool.status();
        if status.available >= status.size {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
