//! The transaction behind an answer of rows: entered like any other, read as fast as the client takes it, and ended or
//! thrown away with its connection, whatever the client does.

use super::row_query::{FETCH_ROWS, RowQuery};
use super::row_writer::{ReadFailure, RowWriter};
use crate::database::identity::Identity;
use crate::database::pool::Lease;
use crate::database::transaction::{self, InFlight, TransactionStart, send};
use crate::http::error::ApiError;
use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::types::Type;
use tokio_postgres::{Error, Row, RowStream};
use tokio_postgres_rustls::MakeRustlsConnect;

/// As many rows as `AT_ONCE`.
const FETCH: &str = "fetch forward 1000 from _rows";
/// What is nearly done when its client leaves may end in peace and keeps its connection.
const LEAVE_GRACE: Duration = Duration::from_millis(250);
const CANCEL_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn run(
    lease: Lease,
    identity: Identity,
    reading: RowQuery,
    feed: RowWriter,
    longest: Duration,
    tls: MakeRustlsConnect,
) {
    let client_left = feed.watch();
    let read_only = reading.read_only;
    let cancel = lease.cancel_token();
    let work = tokio::time::timeout(longest, serve(&lease, &identity, &reading, feed));
    let clean = tokio::select! {
        biased;
        done = work => done.unwrap_or(false),
        () = async { client_left.closed().await; tokio::time::sleep(LEAVE_GRACE).await }, if read_only => false,
    };
    if clean {
        lease.give_back();
        return;
    }
    // closing the connection alone would leave the server at work until it has something to tell
    let cancelled = tokio::time::timeout(CANCEL_TIMEOUT, cancel.cancel_query(tls)).await;
    if !matches!(cancelled, Ok(Ok(()))) {
        tracing::warn!("a query could not be cancelled");
    }
    drop(lease);
}

/// True if the connection is outside any transaction and can be used again.
async fn serve(
    client: &Object,
    identity: &Identity,
    reading: &RowQuery,
    mut feed: RowWriter,
) -> bool {
    let (clean, result) = read(client, identity, reading, &mut feed).await;
    match result {
        Ok(()) => feed.ends().await,
        Err(refused) => feed.fails(refused),
    }
    clean
}

async fn read(
    client: &Object,
    identity: &Identity,
    reading: &RowQuery,
    feed: &mut RowWriter,
) -> (bool, Result<(), ReadFailure>) {
    let by_cursor = reading.is_long();
    let statements = match PreparedStatements::of(client, identity, reading, by_cursor).await {
        Ok(statements) => statements,
        Err(refused) => return (true, Err(refused)),
    };
    let started = TransactionStart::send(
        client,
        &statements.identity_statement,
        identity,
        begin(reading),
    )
    .await;
    let count = match &reading.count {
        Some((sql, places)) => Some(send(count(client, sql, &reading.params[..*places])).await),
        None => None,
    };
    let rows = statements.rows(client, reading).await;
    let commit = match by_cursor {
        true => None,
        false => Some(send(client.batch_execute("commit")).await),
    };
    let mut result = started.confirm().await.map_err(ReadFailure::from);
    if let (Ok(()), Some(count)) = (&result, count) {
        result = count
            .answer()
            .await
            .map(|total| feed.total = Some(total))
            .map_err(|e| of_read(&e, reading));
    }
    match result.is_ok() {
        true => {
            feed.starts();
            result = pour_all(client, rows, by_cursor, reading, feed).await;
        }
        // what nobody reads would stand in the way of the end
        false => drop(rows),
    }
    end(client, commit, result).await
}

/// Where all was sent at once the commit is under way; a cursor's is sent now.
async fn end<'a>(
    client: &'a Object,
    commit: Option<InFlight<'a, Result<(), Error>>>,
    result: Result<(), ReadFailure>,
) -> (bool, Result<(), ReadFailure>) {
    let ended = match (commit, &result) {
        (Some(commit), _) => commit.answer().await,
        (None, Ok(())) => client.batch_execute("commit").await,
        (None, Err(_)) => client.batch_execute("rollback").await,
    };
    let clean = ended.is_ok();
    let committed = ended.map_err(|e| ReadFailure::from(ApiError::from_call(&e)));
    (clean, result.and(committed))
}

/// What is counted and what is shown are the same rows. A cursor is read to its end, so its plan is one for all rows.
fn begin(reading: &RowQuery) -> &'static str {
    match (reading.read_only, &reading.count) {
        (true, Some(_)) => {
            "begin isolation level repeatable read read only; set local cursor_tuple_fraction = 1"
        }
        (true, None) if reading.is_long() => "begin read only; set local cursor_tuple_fraction = 1",
        (true, None) => "begin read only",
        (false, _) => "begin",
    }
}

struct PreparedStatements {
    identity_statement: transaction::IdentityStatement,
    rows: Option<tokio_postgres::Statement>,
}

impl PreparedStatements {
    async fn of(
        client: &Object,
        identity: &Identity,
        reading: &RowQuery,
        by_cursor: bool,
    ) -> Result<Self, ReadFailure> {
        let identity_statement = transaction::IdentityStatement::prepare(client, identity).await?;
        if by_cursor || reading.manner.head {
            return Ok(Self {
                identity_statement,
                rows: None,
            });
        }
        let rows = transaction::prepare_cached_statement(client, &reading.sql).await;
        rows.map(|rows| Self {
            identity_statement,
            rows: Some(rows),
        })
        .map_err(|error| of_read(&error, reading))
    }

    /// The first rows, on their way.
    async fn rows<'a>(
        &'a self,
        client: &'a Object,
        reading: &'a RowQuery,
    ) -> Option<InFlight<'a, Result<RowStream, Error>>> {
        if reading.manner.head {
            return None;
        }
        match &self.rows {
            Some(statement) => Some(send(client.query_raw(statement, reading.params.iter())).await),
            None => {
                let declare = format!("declare _rows no scroll cursor for {}", reading.sql);
                let declared: InFlight<'a, _> =
                    send(declared(client, declare, &reading.params)).await;
                let first = send(fetch(client)).await;
                let both = async move {
                    declared.answer().await?;
                    first.answer().await
                };
                Some(send(both).await)
            }
        }
    }
}

async fn declared(client: &Object, sql: String, params: &[Option<String>]) -> Result<(), Error> {
    let params = params.iter().map(|value| (value, Type::TEXT));
    client
        .query_typed_raw(&sql, params)
        .await?
        .try_collect::<Vec<Row>>()
        .await
        .map(drop)
}

fn fetch(client: &Object) -> BoxFuture<'_, Result<RowStream, Error>> {
    let nothing: [(&str, Type); 0] = [];
    Box::pin(client.query_typed_raw(FETCH, nothing))
}

async fn count(client: &Object, sql: &str, params: &[Option<String>]) -> Result<u64, Error> {
    let params = params.iter().map(|value| (value, Type::TEXT));
    let mut rows = pin!(client.query_typed_raw(sql, params).await?);
    let mut total = 0;
    while let Some(row) = rows.try_next().await? {
        total = row.try_get::<_, i64>(0)?.unsigned_abs();
    }
    Ok(total)
}

async fn pour_all(
    client: &Object,
    first: Option<InFlight<'_, Result<RowStream, Error>>>,
    by_cursor: bool,
    reading: &RowQuery,
    feed: &mut RowWriter,
) -> Result<(), ReadFailure> {
    let Some(first) = first else {
        return Ok(());
    };
    let mut rows = first.answer().await.map_err(|e| of_read(&e, reading))?;
    loop {
        let poured = pour(rows, reading, feed).await?;
        if !by_cursor || poured < FETCH_ROWS {
            return Ok(());
        }
        rows = fetch(client).await.map_err(|e| of_read(&e, reading))?;
    }
}

/// As many rows as there were.
async fn pour(
    rows: RowStream,
    reading: &RowQuery,
    feed: &mut RowWriter,
) -> Result<u64, ReadFailure> {
    let mut rows = pin!(rows);
    let mut poured = 0;
    while let Some(row) = rows.try_next().await.map_err(|e| of_read(&e, reading))? {
        feed.row(&row).await?;
        poured += 1;
    }
    Ok(poured)
}

/// A value that does not fit its type is told with the parameter it stood in.
fn of_read(error: &Error, reading: &RowQuery) -> ReadFailure {
    let code = error.code().map_or("", |code| code.code());
    let stale = matches!(code, "42P01" | "42703" | "42883" | "42804" | "0A000");
    let unfit = error
        .as_db_error()
        .filter(|_| matches!(code, "22P02" | "22007" | "22008" | "22003"));
    let named = unfit.and_then(|refused| {
        let (_, value) = refused.message().split_once('"')?;
        let value = value.strip_suffix('"')?;
        let (key, _) = reading.said.iter().find(|(_, said)| said.contains(value))?;
        Some(ApiError::invalid(
            format!("{key}: {}.", refused.message()),
            key,
        ))
    });
    ReadFailure {
        error: named.unwrap_or_else(|| ApiError::from_call(error)),
        stale,
    }
}
