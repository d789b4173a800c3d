//! Owns answers made of rows: the format by `Accept`, counts and ranges by the headers, streamed from the database to
//! the client.

mod bound_params;
mod csv;
mod expression;
pub(crate) mod format;
mod formula;
mod page_order;
pub(crate) mod row_query;
mod row_transaction;
mod row_writer;
pub(crate) mod window;

use crate::catalogue::Catalogue;
use crate::database::transaction;
use crate::http::error::ApiError;
use crate::session::Session;
use crate::state::Gateway;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use format::Format;
use futures_util::stream::{self, StreamExt};
use row_query::{ResponseOptions, RowQuery};
use row_writer::{AnswerStart, BodyPart, ReadFailure, RowWriter};
use std::io;
use std::time::Duration;
use tokio::sync::mpsc;
use tracing::Instrument;
use window::Window;

const RANGE_UNIT: HeaderName = HeaderName::from_static("range-unit");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// How the client wants its rows, by the headers.
pub(crate) fn response_options(
    method: &Method,
    headers: &HeaderMap,
) -> Result<ResponseOptions, ApiError> {
    let reads = method == Method::GET || method == Method::HEAD;
    Ok(ResponseOptions {
        format: format::choose_format(headers, &format::ALL)?,
        range: if reads {
            window::parse_range(headers)?
        } else {
            None
        },
        count: wants_count(headers),
        headers_only: method == Method::HEAD,
    })
}

/// `Prefer: count=…`; a request for an estimate gets the exact count.
fn wants_count(headers: &HeaderMap) -> bool {
    let lines = headers.get_all("prefer").iter();
    let mut choices = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split([',', ';']))
        .map(str::trim);
    choices.any(|choice| matches!(choice, "count=exact" | "count=planned" | "count=estimated"))
}

/// Plans by the catalogue, reads and answers; and once again if the database says that the catalogue is out of date.
pub(crate) async fn respond_with_rows(
    gateway: &Gateway,
    session: &Session,
    plan: impl Fn(&Catalogue) -> Result<RowQuery, ApiError>,
) -> Result<Response, ApiError> {
    let query = gateway.catalogue.try_with(&gateway.pool, &plan).await?;
    match start(gateway, session, query).await {
        Err(failure) if failure.stale => {
            gateway.catalogue.invalidate();
            let query = gateway.catalogue.try_with(&gateway.pool, &plan).await?;
            start(gateway, session, query).await
        }
        other => other,
    }
    .map_err(|failure| failure.error)
    .inspect_err(|error| transaction::forget_ended_token(&gateway.pool, session.identity(), error))
}

async fn start(
    gateway: &Gateway,
    session: &Session,
    query: RowQuery,
) -> Result<Response, ReadFailure> {
    let identity = session.identity().clone();
    let lease = gateway.pool.lease(identity.purpose()).await?;
    let (options, window) = (query.options, query.window);
    // an answer without rows cannot be checked to have exactly one
    let format = if options.headers_only {
        Format::Json
    } else {
        options.format
    };
    let names = query.names.clone();
    let (writer, started, parts) = RowWriter::new(
        gateway.pool.shares().clone(),
        session.holder(),
        format,
        window,
        names,
        !query.read_only,
    );
    let time_limit = Duration::from_secs(u64::from(gateway.config.answer_seconds));
    let work = row_transaction::run(
        lease,
        identity,
        query,
        writer,
        time_limit,
        gateway.tls.clone(),
    );
    tokio::spawn(work.in_current_span());
    let answer = started
        .await
        .map_err(|_| ApiError::Internal("an answer was not started".to_owned()))??;
    Ok(respond(options, window, answer, parts))
}

fn respond(
    options: ResponseOptions,
    window: Window,
    start: AnswerStart,
    parts: mpsc::Receiver<BodyPart>,
) -> Response {
    let total_shown = start.total.filter(|_| options.count);
    if let Some(total) = total_shown.filter(|total| window.offset > *total) {
        let details = format!(
            "Row {} was requested, but there are only {total}.",
            window.offset
        );
        let mut response = window::out_of_range(details).into_response();
        set_header(&mut response, header::CONTENT_RANGE, &format!("*/{total}"));
        return response;
    }
    let shown = match (options.headers_only, start.total) {
        (true, Some(total)) => Some(window.rows_shown(total)),
        _ => start.shown,
    };
    let body = match (options.headers_only, start.has_more) {
        // a body of unknown length, like that of the rows
        (true, _) => Body::from_stream(stream::empty::<io::Result<Bytes>>()),
        (false, false) => Body::from(start.part),
        (false, true) => Body::from_stream(stream_parts(start.part, parts)),
    };
    let mut response = body.into_response();
    if let Some(shown) = shown {
        *response.status_mut() = Window::status(shown, total_shown);
        set_header(
            &mut response,
            header::CONTENT_RANGE,
            &window.content_range(shown, total_shown),
        );
    }
    set_header(
        &mut response,
        header::CONTENT_TYPE,
        options.format.content_type(),
    );
    set_header(&mut response, RANGE_UNIT, "items");
    if total_shown.is_some() {
        set_header(&mut response, PREFERENCE_APPLIED, "count=exact");
    }
    response
}

/// The parts as they come. If they are cut off this ends in an error, which closes the connection, so that no client
/// takes a part for the whole.
fn stream_parts(
    first: Vec<u8>,
    parts: mpsc::Receiver<BodyPart>,
) -> impl stream::Stream<Item = io::Result<Bytes>> {
    let rest = stream::unfold(Some(parts), async |parts| {
        let mut parts = parts?;
        match parts.recv().await {
            Some(BodyPart::Bytes(bytes)) => Some((Ok(bytes), Some(parts))),
            Some(BodyPart::End) => None,
            None => Some((Err(io::Error::other("the answer was cut off")), None)),
        }
    });
    stream::once(std::future::ready(Ok(Bytes::from(first)))).chain(rest)
}

fn set_header(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preference_for_a_count_is_found_among_others() {
        let wants_count = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("prefer", line.parse().unwrap());
            }
            wants_count(&headers)
        };
        assert!(wants_count(&["count=exact"]));
        assert!(wants_count(&["return=minimal", "params=x, count=planned"]));
        assert!(!wants_count(&["count=none"]));
        assert!(!wants_count(&[]));
    }

    #[tokio::test]
    async fn what_was_cut_off_ends_in_an_error() {
        let (sender, parts) = mpsc::channel(2);
        sender.send(BodyPart::Bytes("b".into())).await.unwrap();
        drop(sender);
        let body = Body::from_stream(stream_parts(b"a".to_vec(), parts));
        assert!(axum::body::to_bytes(body, usize::MAX).await.is_err());
        let (sender, parts) = mpsc::channel(2);
        sender.send(BodyPart::Bytes("b".into())).await.unwrap();
        sender.send(BodyPart::End).await.unwrap();
        let body = Body::from_stream(stream_parts(b"a".to_vec(), parts));
        assert_eq!(axum::body::to_bytes(body, usize::MAX).await.unwrap(), "ab");
    }
}
