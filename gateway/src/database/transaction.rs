//! Owns one call of one caller: a transaction sent to the database in one round trip, in an order that nothing can
//! change.
//!
//! `begin; check the session or token and state who it is; become cs_member; the call; commit`. Once the role is
//! `cs_member` the identity can no longer be changed. The work runs in a task that owns the connection, so a client
//! that goes away half-way leaves neither a transaction nor an identity behind.

use super::identity::Identity;
use super::pool::{Connection, ConnectionPool, Lease};
use super::statement_cache::StatementKind;
use crate::http::error::ApiError;
use axum::http::StatusCode;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, MaybeDone, maybe_done};
use std::future::poll_fn;
use std::task::Poll;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Error, Row, Statement};

/// True once the role has been switched: should `begin` ever fail, the call must not run as the gateway itself.
pub(crate) const ROLE_GUARD: &str = "where current_user = 'cs_member'";

/// A statement that runs under the identity; its first column is JSON text. It is prepared once per connection and
/// kept, so its text holds nothing that a caller made up.
pub(crate) struct Call {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    pub(crate) read_only: bool,
}

/// The JSON text of the result; None for SQL's NULL.
pub(crate) type JsonText = Option<String>;

pub(crate) async fn run(
    pool: &ConnectionPool,
    identity: &Identity,
    call: Call,
) -> Result<JsonText, ApiError> {
    let lease = pool.lease(identity.purpose()).await?;
    let work = tokio::spawn(run_pipelined(lease, identity.clone(), call));
    let answer = work
        .await
        .unwrap_or_else(|panic| Err(ApiError::Internal(panic.to_string())));
    answer.inspect_err(|error| forget_ended_token(pool, identity, error))
}

/// What is refused as a caller without a session is a stranger's from now on.
pub(crate) fn forget_ended_token(pool: &ConnectionPool, identity: &Identity, error: &ApiError) {
    if error.status() == StatusCode::UNAUTHORIZED
        && let Some(hash) = identity.token_hash()
    {
        pool.token_holders.forget(hash);
    }
}

/// The answer to a request. A caller without a session is told only that, never what is wrong with the request, since
/// that would show what there is.
pub(crate) async fn hide_from_anonymous<T>(
    pool: &ConnectionPool,
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
pub(crate) async fn check_identity(
    pool: &ConnectionPool,
    identity: &Identity,
) -> Result<(), ApiError> {
    let nothing = Call {
        sql: format!("select null {ROLE_GUARD}"),
        params: vec![],
        read_only: true,
    };
    run(pool, identity, nothing).await.map(drop)
}

async fn run_pipelined(lease: Lease, identity: Identity, call: Call) -> Result<JsonText, ApiError> {
    let (is_reusable, rows) = read_rows(&lease, &identity, &call).await;
    if is_reusable {
        lease.give_back();
    }
    match rows?.first() {
        Some(row) => row
            .try_get(0)
            .map_err(|e| ApiError::Internal(e.to_string())),
        None => Ok(None),
    }
}

/// The rows of the call, and whether the connection is outside any transaction and can be used again.
async fn read_rows(
    client: &Connection,
    identity: &Identity,
    call: &Call,
) -> (bool, Result<Vec<Row>, ApiError>) {
    let identity_statement = match IdentityStatement::prepare(client, identity).await {
        Ok(statement) => statement,
        Err(error) => return (true, Err(error)),
    };
    let begin = if call.read_only {
        "begin read only"
    } else {
        "begin"
    };
    let mut started = TransactionStart::send(client, &identity_statement, identity, begin).await;
    let kind = StatementKind::Call;
    let statement = match started.statement(client, kind, &call.sql).await {
        Ok(statement) => statement,
        Err(failure) => {
            let ended = client.batch_execute("rollback").await;
            return (ended.is_ok(), Err(failure.into()));
        }
    };
    let rows = send(invoke(client, &statement, call)).await;
    let commit = send(client.batch_execute("commit")).await;
    // the first failure is the reason; those after it only say that the transaction had failed
    let started = started.confirm().await;
    let rows = rows.answer().await;
    let commit = commit.answer().await;
    let is_reusable = commit.is_ok();
    let answer = started
        .and_then(|()| rows.map_err(|e| ApiError::from_call(&e)))
        .and_then(|rows| commit.map(|()| rows).map_err(|e| ApiError::from_call(&e)));
    (is_reusable, answer)
}

/// The statement that checks and states the identity, prepared.
pub(crate) struct IdentityStatement(Statement);

impl IdentityStatement {
    pub(crate) async fn prepare(
        client: &Connection,
        identity: &Identity,
    ) -> Result<Self, ApiError> {
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

/// The beginning of a caller's transaction: what is sent next runs as that caller, or not at all.
pub(crate) struct TransactionStart<'a>(Option<StartAnswers<'a>>);

struct StartAnswers<'a> {
    begin: InFlight<'a, Result<(), Error>>,
    identity: InFlight<'a, Result<Vec<Row>, Error>>,
    role: InFlight<'a, Result<(), Error>>,
}

/// Why there is no statement.
pub(crate) enum PrepareFailure {
    /// The transaction did not begin, so the statement was not looked at.
    Start(ApiError),
    Statement(Error),
}

impl From<PrepareFailure> for ApiError {
    fn from(failure: PrepareFailure) -> Self {
        match failure {
            PrepareFailure::Start(error) => error,
            PrepareFailure::Statement(error) => Self::from_call(&error),
        }
    }
}

impl<'a> TransactionStart<'a> {
    pub(crate) async fn send(
        client: &'a Connection,
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
        Self(Some(StartAnswers {
            begin: send(client.batch_execute(begin)).await,
            identity: send(state_identity).await,
            role: send(client.batch_execute("set local role cs_member")).await,
        }))
    }

    /// The statement, prepared. One that the connection does not keep yet is sent right after the check of the caller:
    /// in a transaction that has failed PostgreSQL refuses it unread (25P02).
    pub(crate) async fn statement(
        &mut self,
        client: &Connection,
        kind: StatementKind,
        sql: &str,
    ) -> Result<Statement, PrepareFailure> {
        if let Some(statement) = client.statements.get(sql) {
            return Ok(statement);
        }
        let prepared = send(client.prepare(sql)).await;
        let started = self.confirm().await;
        let prepared = prepared.answer().await;
        started.map_err(PrepareFailure::Start)?;
        let statement = prepared.map_err(PrepareFailure::Statement)?;
        client.statements.keep(kind, sql, &statement);
        Ok(statement)
    }

    /// Whether it has begun. Once confirmed it stays so.
    pub(crate) async fn confirm(&mut self) -> Result<(), ApiError> {
        let Some(sent) = self.0.take() else {
            return Ok(());
        };
        let begin = sent.begin.answer().await;
        let identity = sent.identity.answer().await;
        let role = sent.role.answer().await;
        begin.map_err(|e| ApiError::from_gateway_sql(&e))?;
        identity.map_err(|e| ApiError::from_session_check(&e))?;
        role.map_err(|e| ApiError::from_gateway_sql(&e))
    }
}

async fn invoke(
    client: &Connection,
    statement: &Statement,
    call: &Call,
) -> Result<Vec<Row>, Error> {
    let params: Vec<_> = call
        .params
        .iter()
        .map(|p| p as &(dyn ToSql + Sync))
        .collect();
    client.query(statement, &params).await
}
