//! Owns one call of one caller: a transaction sent to the database in one round trip, in an order that nothing can
//! change.
//!
//! `begin; check the session or token and state who it is; become cs_member; the call; commit`. Once the role is
//! `cs_member` the identity can no longer be changed. The work runs in a task that owns the connection, so a client
//! that goes away half-way leaves neither a transaction nor an identity behind.

use super::identity::Identity;
use super::pool::{self, Lease};
use crate::http::error::ApiError;
use deadpool_postgres::{Object, Pool};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, MaybeDone, maybe_done};
use std::future::poll_fn;
use std::task::Poll;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row, Statement};

/// True once the role has been switched: should `begin` ever fail, the call must not run as the gateway itself.
pub(crate) const ROLE_GUARD: &str = "where current_user = 'cs_member'";

/// How many statements a connection keeps prepared.
const MAX_PREPARED: usize = 500;

/// A statement that runs under the identity; its first column is JSON text.
pub(crate) struct Call {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    pub(crate) read_only: bool,
    /// Whether it is prepared once per connection and kept.
    pub(crate) keep_prepared: bool,
}

/// The JSON text of the result; None for SQL's NULL.
pub(crate) type JsonText = Option<String>;

pub(crate) async fn run(
    pool: &Pool,
    identity: &Identity,
    call: Call,
) -> Result<JsonText, ApiError> {
    let lease = pool::lease(pool).await?;
    let work = tokio::spawn(run_pipelined(lease, identity.clone(), call));
    work.await
        .unwrap_or_else(|panic| Err(ApiError::Internal(panic.to_string())))
}

/// The answer to a request. A caller without a session is told only that, never what is wrong with the request, since
/// that would show what there is.
pub(crate) async fn hide_from_anonymous<T>(
    pool: &Pool,
    identity: &Identity,
    answer: Result<T, ApiError>,
) -> Result<T, ApiError> {
    match answer {
        Err(refused) if refused.is_of_request_itself() => {
            check_identity(pool, identity).await.and(Err(refused))
        }
        other => other,
    }
}

/// Only checks that the session or token is still valid.
pub(crate) async fn check_identity(pool: &Pool, identity: &Identity) -> Result<(), ApiError> {
    let nothing = Call {
        sql: format!("select null {ROLE_GUARD}"),
        params: vec![],
        read_only: true,
        keep_prepared: true,
    };
    run(pool, identity, nothing).await.map(drop)
}

async fn run_pipelined(lease: Lease, identity: Identity, call: Call) -> Result<JsonText, ApiError> {
    let (identity_statement, statement) = match prepare(&lease, &identity, &call).await {
        Ok(statements) => statements,
        Err(error) => {
            lease.give_back();
            return Err(error);
        }
    };
    let begin = if call.read_only {
        "begin read only"
    } else {
        "begin"
    };
    let started = TransactionStart::send(&lease, &identity_statement, &identity, begin).await;
    let rows = send(invoke(&lease, statement.as_ref(), &call)).await;
    let commit = send(lease.batch_execute("commit")).await;
    // the first failure is the reason; those after it only say that the transaction had failed
    let started = started.confirm().await;
    let rows = rows.answer().await;
    let commit = commit.answer().await;
    if commit.is_ok() {
        lease.give_back();
    }
    started?;
    let rows = rows.map_err(|e| ApiError::from_call(&e))?;
    commit.map_err(|e| ApiError::from_call(&e))?;
    match rows.first() {
        Some(row) => row
            .try_get(0)
            .map_err(|e| ApiError::Internal(e.to_string())),
        None => Ok(None),
    }
}

/// Prepares before `begin`, so that what follows is one round trip. Nothing is sent for what the connection has already
/// prepared.
async fn prepare(
    client: &Object,
    identity: &Identity,
    call: &Call,
) -> Result<(IdentityStatement, Option<Statement>), ApiError> {
    let identity_statement = IdentityStatement::prepare(client, identity).await?;
    let statement = match call.keep_prepared {
        true => Some(
            prepare_cached_statement(client, &call.sql)
                .await
                .map_err(|e| ApiError::from_call(&e))?,
        ),
        false => None,
    };
    Ok((identity_statement, statement))
}

/// Prepares once per connection. When there are too many, all are dropped and prepared again as needed.
pub(crate) async fn prepare_cached_statement(
    client: &Object,
    sql: &str,
) -> Result<Statement, Error> {
    if client.statement_cache.size() >= MAX_PREPARED {
        client.statement_cache.clear();
    }
    client.prepare_cached(sql).await
}

/// The statement that checks and states the identity, prepared.
pub(crate) struct IdentityStatement(Statement);

impl IdentityStatement {
    pub(crate) async fn prepare(client: &Object, identity: &Identity) -> Result<Self, ApiError> {
        let prepared = client.prepare_cached(identity.sql).await;
        prepared
            .map(Self)
            .map_err(|error| ApiError::from_gateway_sql(&error))
    }
}

/// A statement that has been sent. The driver sends in the order of first polling, so all of a transaction can be sent
/// before the first answer is read; the answers must then be awaited in the same order.
pub(crate) struct InFlight<'a, T>(MaybeDone<BoxFuture<'a, T>>);

pub(crate) async fn send<'a, T>(work: impl Future<Output = T> + Send + 'a) -> InFlight<'a, T> {
    let mut work = maybe_done(work.boxed());
    // if it is already done, its answer is kept
    poll_fn(|context| Poll::Ready(work.poll_unpin(context).is_ready())).await;
    InFlight(work)
}

impl<T> InFlight<'_, T> {
    pub(crate) async fn answer(mut self) -> T {
        (&mut self.0).await;
        match self.0 {
            MaybeDone::Done(answer) => answer,
            // just awaited, and taken nowhere else
            MaybeDone::Future(_) | MaybeDone::Gone => unreachable!("an answer is taken once"),
        }
    }
}

/// The beginning of a caller's transaction: what is sent next runs as that caller.
pub(crate) struct TransactionStart<'a> {
    begin: InFlight<'a, Result<(), Error>>,
    identity: InFlight<'a, Result<Vec<Row>, Error>>,
    role: InFlight<'a, Result<(), Error>>,
}

impl<'a> TransactionStart<'a> {
    pub(crate) async fn send(
        client: &'a Object,
        identity_statement: &'a IdentityStatement,
        identity: &'a Identity,
        begin: &'a str,
    ) -> Self {
        let state_identity = async {
            let params: Vec<_> = identity
                .params
                .iter()
                .map(|p| p as &(dyn ToSql + Sync))
                .collect();
            client.query(&identity_statement.0, &params).await
        };
        Self {
            begin: send(client.batch_execute(begin)).await,
            identity: send(state_identity).await,
            role: send(client.batch_execute("set local role cs_member")).await,
        }
    }

    pub(crate) async fn confirm(self) -> Result<(), ApiError> {
        let begin = self.begin.answer().await;
        let identity = self.identity.answer().await;
        let role = self.role.answer().await;
        begin.map_err(|e| ApiError::from_gateway_sql(&e))?;
        identity.map_err(|e| ApiError::from_session_check(&e))?;
        role.map_err(|e| ApiError::from_gateway_sql(&e))
    }
}

async fn invoke(
    client: &Object,
    statement: Option<&Statement>,
    call: &Call,
) -> Result<Vec<Row>, Error> {
    match statement {
        Some(statement) => {
            let params: Vec<_> = call
                .params
                .iter()
                .map(|p| p as &(dyn ToSql + Sync))
                .collect();
            client.query(statement, &params).await
        }
        None => {
            let typed = |p| (p as &(dyn ToSql + Sync), Type::TEXT);
            let params: Vec<_> = call.params.iter().map(typed).collect();
            client.query_typed(&call.sql, &params).await
        }
    }
}
