//! Owns the connections to the database: how the pool is built, how one is borrowed and against whose share, and when
//! it is closed.

use super::connection::Database;
use super::statement_cache::StatementCache;
use super::token_holders::TokenHolders;
use crate::config::ConfigError;
use crate::http::error::ApiError;
use crate::shares::{LONGEST_WAIT, Purpose, Share, Shares};
use deadpool::managed::{self, Metrics, RecycleResult};
use deadpool_postgres::{ClientWrapper, Manager, ManagerConfig, RecyclingMethod, Runtime, Status};
use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_postgres::Error;

type Connections = managed::Pool<ConnectionManager>;
type Object = managed::Object<ConnectionManager>;

/// The connections, and the shares of those who use them; cheap to clone.
#[derive(Clone)]
pub(crate) struct ConnectionPool {
    connections: Connections,
    shares: Arc<Shares>,
    pub(super) token_holders: Arc<TokenHolders>,
}

/// A connection with the statements it keeps.
pub(crate) struct Connection {
    client: ClientWrapper,
    pub(super) statements: StatementCache,
}

impl Deref for Connection {
    type Target = ClientWrapper;

    fn deref(&self) -> &ClientWrapper {
        &self.client
    }
}

/// Makes connections.
struct ConnectionManager(Manager);

impl managed::Manager for ConnectionManager {
    type Type = Connection;
    type Error = Error;

    async fn create(&self) -> Result<Connection, Error> {
        Ok(Connection {
            client: self.0.create().await?,
            statements: StatementCache::new(),
        })
    }

    async fn recycle(
        &self,
        connection: &mut Connection,
        metrics: &Metrics,
    ) -> RecycleResult<Error> {
        self.0.recycle(&mut connection.client, metrics).await
    }

    fn detach(&self, connection: &mut Connection) {
        self.0.detach(&mut connection.client);
    }
}

impl ConnectionPool {
    pub(crate) fn build(database: Database, size: usize) -> Result<Self, ConfigError> {
        // whether a connection is closed is known without asking the server
        let recycling = ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        };
        let manager = Manager::from_config(database.config, database.tls, recycling);
        let connections = Connections::builder(ConnectionManager(manager))
            .max_size(size)
            .wait_timeout(Some(LONGEST_WAIT))
            .create_timeout(Some(LONGEST_WAIT))
            .recycle_timeout(Some(LONGEST_WAIT))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(|_| ConfigError::DatabaseUrl)?;
        Ok(Self {
            connections,
            shares: Arc::new(Shares::new(size)),
            token_holders: Arc::default(),
        })
    }

    pub(crate) fn shares(&self) -> &Arc<Shares> {
        &self.shares
    }

    pub(crate) fn status(&self) -> Status {
        self.connections.status()
    }

    pub(crate) async fn lease(&self, purpose: Purpose) -> Result<Lease, ApiError> {
        let share = self.shares.connection(purpose).await?;
        let object = self.connections.get().await.map_err(unavailable)?;
        Ok(Lease {
            object: Some(object),
            _share: share,
        })
    }

    /// Waits until every connection is back in the pool: a request whose client went away may still be using one.
    pub(crate) async fn wait_until_idle(&self, longest: Duration) {
        let began = Instant::now();
        while began.elapsed() < longest {
            let status = self.status();
            if status.available >= status.size {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// A borrowed connection. It goes back to the pool only by `give_back`: dropped otherwise, after an error or a panic,
/// it is closed, and the transaction it was in ends with it. It counts against a share until then.
pub(crate) struct Lease {
    object: Option<Object>,
    _share: Share,
}

fn unavailable(error: managed::PoolError<Error>) -> ApiError {
    ApiError::Unavailable(match error {
        managed::PoolError::Timeout(_) => "no connection became free in time".to_owned(),
        managed::PoolError::Backend(error) => match error.as_db_error() {
            Some(refusal) => format!("{} {}", refusal.code().code(), refusal.message()),
            None => error.to_string(),
        },
        other => other.to_string(),
    })
}

impl Lease {
    /// Only for a connection that is outside any transaction and so has no caller's identity.
    pub(crate) fn give_back(mut self) {
        drop(self.object.take());
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(object) = self.object.take() {
            drop(Object::take(object));
        }
    }
}

impl Deref for Lease {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match &self.object {
            Some(object) => object,
            // only `give_back` and `drop` take it, and both end the lease
            None => unreachable!("a lease holds its connection until it ends"),
        }
    }
}
