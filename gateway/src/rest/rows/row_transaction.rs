//! Owns the transaction behind an answer of rows: it begins like any other, is read as fast as the client takes the
//! rows, and is ended, or closed together with its connection, whatever the client does.

use super::row_query::{FETCH_ROWS, RowQuery, SourceOfRows};
use super::row_writer::{ReadFailure, RowWriter};
use crate::database::identity::Identity;
use crate::database::pool::{Connection, Lease};
use crate::database::statement_cache::StatementKind;
use crate::database::transaction::{
    IdentityStatement, InFlight, PrepareFailure, TransactionStart, send,
};
use crate::http::error::ApiError;
use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use std::pin::pin;
use std::time::Duration;
use tokio_postgres::types::Type;
use tokio_postgres::{Error, Row, RowStream, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// As many rows as `FETCH_ROWS`.
const FETCH: &str = "fetch forward 1000 from _rows";
/// A query that is nearly done when its client leaves may finish within this time and keep its connection.
const LEAVE_GRACE: Duration = Duration::from_millis(250);
const CANCEL_TIMEOUT: Duration = Duration::from_secs(2);

pub(super) async fn run(
    lease: Lease,
    identity: Identity,
    query: RowQuery,
    writer: RowWriter,
    time_limit: Duration,
    tls: MakeRustlsConnect,
) {
    let client_watch = writer.client_watch();
    let read_only = query.read_only;
    let cancel = lease.cancel_token();
    let work = tokio::time::timeout(time_limit, answer_rows(&lease, &identity, &query, writer));
    let is_reusable = tokio::select! {
        biased;
        done = work => done.unwrap_or(false),
        () = async { client_watch.closed().await; tokio::time::sleep(LEAVE_GRACE).await }, if read_only => false,
    };
    if is_reusable {
        lease.give_back();
        return;
    }
    // if the connection were only closed, the server would work on until it has something to send
    let cancelled = tokio::time::timeout(CANCEL_TIMEOUT, cancel.cancel_query(tls)).await;
    if !matches!(cancelled, Ok(Ok(()))) {
        tracing::warn!("a query could not be cancelled");
    }
    drop(lease);
}

/// True if the connection is outside any transaction and can be used again.
async fn answer_rows(
    client: &Connection,
    identity: &Identity,
    query: &RowQuery,
    mut writer: RowWriter,
) -> bool {
    let (is_reusable, result) = read_rows(client, identity, query, &mut writer).await;
    match result {
        Ok(()) => writer.finish().await,
        Err(failure) => writer.fail(failure),
    }
    is_reusable
}

async fn read_rows(
    client: &Connection,
    identity: &Identity,
    query: &RowQuery,
    writer: &mut RowWriter,
) -> (bool, Result<(), ReadFailure>) {
    let identity_statement = match IdentityStatement::prepare(client, identity).await {
        Ok(statement) => statement,
        Err(error) => return (true, Err(error.into())),
    };
    let mut started =
        TransactionStart::send(client, &identity_statement, identity, begin_sql(query)).await;
    let statement = match query.source_of_rows() {
        SourceOfRows::Kept => {
            let kind = StatementKind::Read;
            match started.statement(client, kind, &query.sql).await {
                Ok(statement) => Some(statement),
                Err(failure) => {
                    let failure = Err(to_prepare_failure(failure, query));
                    return end_transaction(client, None, failure).await;
                }
            }
        }
        _ => None,
    };
    let count = match &query.count {
        Some((sql, param_count)) => {
            Some(send(count(client, sql, &query.params[..*param_count])).await)
        }
        None => None,
    };
    let rows = send_rows(client, statement.as_ref(), query).await;
    let by_cursor = query.source_of_rows() == SourceOfRows::Cursor;
    let commit = match by_cursor {
        true => None,
        false => Some(send(client.batch_execute("commit")).await),
    };
    let mut result = started.confirm().await.map_err(ReadFailure::from);
    if let (Ok(()), Some(count)) = (&result, count) {
        result = count
            .answer()
            .await
            .map(|total| writer.total = Some(total))
            .map_err(|e| to_failure(&e, query));
    }
    match result.is_ok() {
        true => {
            writer.write_beginning();
            result = write_all_rows(client, rows, by_cursor, query, writer).await;
        }
        // rows that are not read would block the end of the transaction
        false => drop(rows),
    }
    end_transaction(client, commit, result).await
}

/// Where all was sent at once, the commit has been sent too; a cursor's is sent now.
async fn end_transaction<'a>(
    client: &'a Connection,
    commit: Option<InFlight<'a, Result<(), Error>>>,
    result: Result<(), ReadFailure>,
) -> (bool, Result<(), ReadFailure>) {
    let ended = match (commit, &result) {
        (Some(commit), _) => commit.answer().await,
        (None, Ok(())) => client.batch_execute("commit").await,
        (None, Err(_)) => client.batch_execute("rollback").await,
    };
    let is_reusable = ended.is_ok();
    let committed = ended.map_err(|e| ReadFailure::from(ApiError::from_call(&e)));
    (is_reusable, result.and(committed))
}

/// The rows counted and the rows shown are the same. A cursor is read to its end, so it gets a plan for all rows.
fn begin_sql(query: &RowQuery) -> &'static str {
    match (query.read_only, &query.count) {
        (true, Some(_)) => {
            "begin isolation level repeatable read read only; set local cursor_tuple_fraction = 1"
        }
        (true, None) if query.is_fetched_in_parts() => {
            "begin read only; set local cursor_tuple_fraction = 1"
        }
        (true, None) => "begin read only",
        (false, _) => "begin",
    }
}

/// Sends the query for the first rows; none where only the headers of the answer are wanted.
async fn send_rows<'a>(
    client: &'a Connection,
    statement: Option<&'a Statement>,
    query: &'a RowQuery,
) -> Option<InFlight<'a, Result<RowStream, Error>>> {
    let params = query.params.iter();
    match (query.source_of_rows(), statement) {
        (SourceOfRows::Nothing, _) => None,
        (_, Some(statement)) => Some(send(client.query_raw(statement, params)).await),
        (SourceOfRows::Cursor, None) => {
            let declare = format!("declare _rows no scroll cursor for {}", query.sql);
            let declared: InFlight<'a, _> =
                send(declare_cursor(client, declare, &query.params)).await;
            let first = send(fetch_rows(client)).await;
            let both = async move {
                declared.answer().await?;
                first.answer().await
            };
            Some(send(both).await)
        }
        (SourceOfRows::Kept | SourceOfRows::Once, None) => {
            let params = params.map(|value| (value, Type::TEXT));
            Some(send(client.query_typed_raw(&query.sql, params)).await)
        }
    }
}

async fn declare_cursor(
    client: &Connection,
    sql: String,
    params: &[Option<String>],
) -> Result<(), Error> {
    let params = params.iter().map(|value| (value, Type::TEXT));
    client
        .query_typed_raw(&sql, params)
        .await?
        .try_collect::<Vec<Row>>()
        .await
        .map(drop)
}

fn fetch_rows(client: &Connection) -> BoxFuture<'_, Result<RowStream, Error>> {
    let no_params: [(&str, Type); 0] = [];
    Box::pin(client.query_typed_raw(FETCH, no_params))
}

async fn count(client: &Connection, sql: &str, params: &[Option<String>]) -> Result<u64, Error> {
    let params = params.iter().map(|value| (value, Type::TEXT));
    let mut rows = pin!(client.query_typed_raw(sql, params).await?);
    let mut total = 0;
    while let Some(row) = rows.try_next().await? {
        total = row.try_get::<_, i64>(0)?.unsigned_abs();
    }
    Ok(total)
}

async fn write_all_rows(
    client: &Connection,
    first: Option<InFlight<'_, Result<RowStream, Error>>>,
    by_cursor: bool,
    query: &RowQuery,
    writer: &mut RowWriter,
) -> Result<(), ReadFailure> {
    let Some(first) = first else {
        return Ok(());
    };
    let mut rows = first.answer().await.map_err(|e| to_failure(&e, query))?;
    loop {
        let written = write_rows(rows, query, writer).await?;
        if !by_cursor || written < FETCH_ROWS {
            return Ok(());
        }
        rows = fetch_rows(client)
            .await
            .map_err(|e| to_failure(&e, query))?;
    }
}

/// Returns how many rows there were.
async fn write_rows(
    rows: RowStream,
    query: &RowQuery,
    writer: &mut RowWriter,
) -> Result<u64, ReadFailure> {
    let mut rows = pin!(rows);
    let mut written = 0;
    while let Some(row) = rows.try_next().await.map_err(|e| to_failure(&e, query))? {
        writer.write_row(&row).await?;
        written += 1;
    }
    Ok(written)
}

fn to_prepare_failure(failure: PrepareFailure, query: &RowQuery) -> ReadFailure {
    match failure {
        PrepareFailure::Start(error) => error.into(),
        PrepareFailure::Statement(error) => to_failure(&error, query),
    }
}

/// If a value does not fit its type, the message names the parameter it was given in.
fn to_failure(error: &Error, query: &RowQuery) -> ReadFailure {
    let code = error.code().map_or("", |code| code.code());
    let stale = matches!(code, "42P01" | "42703" | "42883" | "42804" | "0A000");
    let bad_value = error
        .as_db_error()
        .filter(|_| matches!(code, "22P02" | "22007" | "22008" | "22003"));
    let named = bad_value.and_then(|refusal| {
        let (_, value) = refusal.message().split_once('"')?;
        let (value, _) = value.rsplit_once('"')?;
        let key = query.origin_of(value)?;
        let message = format!("{key}: {}.", refusal.message());
        Some(ApiError::invalid(message, key))
    });
    ReadFailure {
        error: named.unwrap_or_else(|| ApiError::from_call(error)),
        stale,
    }
}
