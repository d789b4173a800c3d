//! One call of one person: a transaction sent to the database in one go, in an order that nothing can change.
//!
//! `begin; check the session or token and state who it is; become cs_member; the call; commit`. Once the role is
//! `cs_member` the identity can no longer be changed. The work runs in a task that owns the connection, so a client that goes away
//! half-way leaves neither a transaction nor an identity behind.

use crate::Gateway;
use crate::error::ApiError;
use crate::pool::{self, Lease};
use crate::session::{Proof, Session};
use deadpool_postgres::Object;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error, Row, Statement};

const OF_SESSION: &str = include_str!("sql/identity.sql");
const OF_TOKEN: &str = include_str!("sql/identity_of_token.sql");

/// True once the role is switched: should `begin` ever fail, the call must not run as the gateway itself.
pub(crate) const GATE: &str = "where current_user = 'cs_member'";

/// What is done under the identity: a statement whose first column is JSON text.
pub(crate) struct Call {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    pub(crate) read_only: bool,
    /// Prepared once per connection. Not for statements of which there are very many.
    pub(crate) keep: bool,
}

/// The JSON text of the result; None for SQL's NULL.
pub(crate) type Answer = Option<String>;

/// The statement that checks who is asking and states it, with its parameters: settings are given as text, local to
/// the transaction.
struct Identity {
    sql: &'static str,
    params: Vec<String>,
}

impl Identity {
    fn of(session: &Session, gateway: &Gateway) -> Self {
        let text = |id: Option<uuid::Uuid>| id.map_or_else(String::new, |id| id.to_string());
        let (sql, mut params) = match &session.proof {
            Proof::LogIn(claims) => {
                let tenant = text(claims.tenant);
                let who = vec![claims.jti.to_string(), claims.sub.to_string(), tenant];
                (OF_SESSION, who)
            }
            Proof::Token(hash) => (OF_TOKEN, vec![hash.clone()]),
        };
        params.push(text(session.client));
        params.push(gateway.config.statement_timeout_ms.to_string());
        Self { sql, params }
    }
}

pub(crate) async fn run(
    gateway: &Gateway,
    session: &Session,
    call: Call,
) -> Result<Answer, ApiError> {
    let lease = pool::lease(&gateway.pool).await?;
    let identity = Identity::of(session, gateway);
    let work = tokio::spawn(in_one_go(lease, identity, call));
    work.await
        .unwrap_or_else(|panic| Err(ApiError::Internal(panic.to_string())))
}

/// Only whether the session still stands, for a request that is refused for another reason.
pub(crate) async fn check(gateway: &Gateway, session: &Session) -> Result<(), ApiError> {
    let nothing = Call {
        sql: format!("select null {GATE}"),
        params: vec![],
        read_only: true,
        keep: true,
    };
    run(gateway, session, nothing).await.map(drop)
}

async fn in_one_go(lease: Lease, identity: Identity, call: Call) -> Result<Answer, ApiError> {
    let statements = match prepare(&lease, &identity, &call).await {
        Ok(statements) => statements,
        Err(error) => {
            lease.give_back();
            return Err(error);
        }
    };
    let outcome = send(&lease, &statements, &identity, &call).await;
    if outcome.begin.is_ok() && outcome.commit.is_ok() {
        lease.give_back();
    }
    outcome.answer()
}

struct Statements {
    identity: Statement,
    call: Option<Statement>,
}

/// Before `begin`, so that what follows is one round trip; nothing is sent for what the connection knows.
async fn prepare(
    client: &Object,
    identity: &Identity,
    call: &Call,
) -> Result<Statements, ApiError> {
    let ours = |error: Error| ApiError::of_ours(&error);
    Ok(Statements {
        identity: client.prepare_cached(identity.sql).await.map_err(ours)?,
        call: match call.keep {
            true => Some(
                client
                    .prepare_cached(&call.sql)
                    .await
                    .map_err(|e| ApiError::of_call(&e))?,
            ),
            false => None,
        },
    })
}

struct Outcome {
    begin: Result<(), Error>,
    identity: Result<Vec<Row>, Error>,
    role: Result<(), Error>,
    call: Result<Vec<Row>, Error>,
    commit: Result<(), Error>,
}

/// All of it is on its way before the first answer is read: the driver sends in the order of first polling.
async fn send(
    client: &Object,
    statements: &Statements,
    identity: &Identity,
    call: &Call,
) -> Outcome {
    let begin = if call.read_only {
        "begin read only"
    } else {
        "begin"
    };
    let who: Vec<_> = identity
        .params
        .iter()
        .map(|p| p as &(dyn ToSql + Sync))
        .collect();
    let (begin, identity, role, call, commit) = tokio::join!(
        biased;
        client.batch_execute(begin),
        client.query(&statements.identity, &who),
        client.batch_execute("set local role cs_member"),
        invoke(client, statements.call.as_ref(), call),
        client.batch_execute("commit"),
    );
    Outcome {
        begin,
        identity,
        role,
        call,
        commit,
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

impl Outcome {
    /// The first failure is the reason; those after it only say that the transaction had failed.
    fn answer(self) -> Result<Answer, ApiError> {
        self.begin.map_err(|e| ApiError::of_ours(&e))?;
        self.identity.map_err(|e| ApiError::of_session(&e))?;
        self.role.map_err(|e| ApiError::of_ours(&e))?;
        let rows = self.call.map_err(|e| ApiError::of_call(&e))?;
        self.commit.map_err(|e| ApiError::of_call(&e))?;
        match rows.first() {
            Some(row) => row
                .try_get(0)
                .map_err(|e| ApiError::Internal(e.to_string())),
            None => Ok(None),
        }
    }
}
