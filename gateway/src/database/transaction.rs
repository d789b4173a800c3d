//! One call of one person: a transaction sent to the database in one go, in an order that nothing can change.
//!
//! `begin; check the session or token and state who it is; become cs_member; the call; commit`. Once the role is
//! `cs_member` the identity can no longer be changed. The work runs in a task that owns the connection, so a client that goes away
//! half-way leaves neither a transaction nor an identity behind.

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

/// True once the role is switched: should `begin` ever fail, the call must not run as the gateway itself.
pub(crate) const GATE: &str = "where current_user = 'cs_member'";

/// The most statements that a connection keeps.
const KEPT: usize = 500;

/// What is done under the identity: a statement whose first column is JSON text.
pub(crate) struct Call {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    pub(crate) read_only: bool,
    /// Prepared once per connection.
    pub(crate) keep: bool,
}

/// The JSON text of the result; None for SQL's NULL.
pub(crate) type Answer = Option<String>;

pub(crate) async fn run(pool: &Pool, identity: &Identity, call: Call) -> Result<Answer, ApiError> {
    let lease = pool::lease(pool).await?;
    let work = tokio::spawn(in_one_go(lease, identity.clone(), call));
    work.await
        .unwrap_or_else(|panic| Err(ApiError::Internal(panic.to_string())))
}

/// The answer to a request; but somebody without a session learns nothing about what there is, not even from what is
/// wrong with the request.
pub(crate) async fn told_to_the_signed_in<T>(
    pool: &Pool,
    identity: &Identity,
    answer: Result<T, ApiError>,
) -> Result<T, ApiError> {
    match answer {
        Err(refused) if refused.is_before_the_database() => {
            check(pool, identity).await.and(Err(refused))
        }
        other => other,
    }
}

/// Only whether the session still stands, for a request that is refused for another reason.
pub(crate) async fn check(pool: &Pool, identity: &Identity) -> Result<(), ApiError> {
    let nothing = Call {
        sql: format!("select null {GATE}"),
        params: vec![],
        read_only: true,
        keep: true,
    };
    run(pool, identity, nothing).await.map(drop)
}

async fn in_one_go(lease: Lease, identity: Identity, call: Call) -> Result<Answer, ApiError> {
    let (own, statement) = match prepare(&lease, &identity, &call).await {
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
    let entered = Entered::send(&lease, &own, &identity, begin).await;
    let rows = sent(invoke(&lease, statement.as_ref(), &call)).await;
    let commit = sent(lease.batch_execute("commit")).await;
    // the first failure is the reason; those after it only say that the transaction had failed
    let entered = entered.confirmed().await;
    let rows = rows.answer().await;
    let commit = commit.answer().await;
    if commit.is_ok() {
        lease.give_back();
    }
    entered?;
    let rows = rows.map_err(|e| ApiError::of_call(&e))?;
    commit.map_err(|e| ApiError::of_call(&e))?;
    match rows.first() {
        Some(row) => row
            .try_get(0)
            .map_err(|e| ApiError::Internal(e.to_string())),
        None => Ok(None),
    }
}

/// Before `begin`, so that what follows is one round trip; nothing is sent for what the connection knows.
async fn prepare(
    client: &Object,
    identity: &Identity,
    call: &Call,
) -> Result<(Own, Option<Statement>), ApiError> {
    let own = Own::prepare(client, identity).await?;
    let statement = match call.keep {
        true => Some(
            prepare_kept(client, &call.sql)
                .await
                .map_err(|e| ApiError::of_call(&e))?,
        ),
        false => None,
    };
    Ok((own, statement))
}

/// Prepared once per connection. Where there have been very many, they are all forgotten and begun anew.
pub(crate) async fn prepare_kept(client: &Object, sql: &str) -> Result<Statement, Error> {
    if client.statement_cache.size() >= KEPT {
        client.statement_cache.clear();
    }
    client.prepare_cached(sql).await
}

/// The gateway's own statement of each transaction.
pub(crate) struct Own {
    identity: Statement,
}

impl Own {
    pub(crate) async fn prepare(client: &Object, identity: &Identity) -> Result<Self, ApiError> {
        let prepared = client.prepare_cached(identity.sql).await;
        Ok(Self {
            identity: prepared.map_err(|error| ApiError::of_ours(&error))?,
        })
    }
}

/// A statement on its way. The driver sends in the order of first polling, so all of a transaction can be under way
/// before the first answer is read; the answers must then be awaited in the same order.
pub(crate) struct Sent<'a, T>(MaybeDone<BoxFuture<'a, T>>);

pub(crate) async fn sent<'a, T>(work: impl Future<Output = T> + Send + 'a) -> Sent<'a, T> {
    let mut work = maybe_done(work.boxed());
    // whether it is done already, its answer tells
    poll_fn(|context| Poll::Ready(work.poll_unpin(context).is_ready())).await;
    Sent(work)
}

impl<T> Sent<'_, T> {
    pub(crate) async fn answer(mut self) -> T {
        (&mut self.0).await;
        match self.0 {
            MaybeDone::Done(answer) => answer,
            // awaited just now, and taken nowhere else
            MaybeDone::Future(_) | MaybeDone::Gone => unreachable!("an answer is taken once"),
        }
    }
}

/// The way into a transaction of the caller's: what is sent next runs as they.
pub(crate) struct Entered<'a> {
    begin: Sent<'a, Result<(), Error>>,
    identity: Sent<'a, Result<Vec<Row>, Error>>,
    role: Sent<'a, Result<(), Error>>,
}

impl<'a> Entered<'a> {
    pub(crate) async fn send(
        client: &'a Object,
        own: &'a Own,
        identity: &'a Identity,
        begin: &'a str,
    ) -> Self {
        let who = async {
            let who: Vec<_> = identity
                .params
                .iter()
                .map(|p| p as &(dyn ToSql + Sync))
                .collect();
            client.query(&own.identity, &who).await
        };
        Self {
            begin: sent(client.batch_execute(begin)).await,
            identity: sent(who).await,
            role: sent(client.batch_execute("set local role cs_member")).await,
        }
    }

    pub(crate) async fn confirmed(self) -> Result<(), ApiError> {
        let begin = self.begin.answer().await;
        let identity = self.identity.answer().await;
        let role = self.role.answer().await;
        begin.map_err(|e| ApiError::of_ours(&e))?;
        identity.map_err(|e| ApiError::of_session(&e))?;
        role.map_err(|e| ApiError::of_ours(&e))
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
