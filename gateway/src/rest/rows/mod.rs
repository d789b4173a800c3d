//! Answers made of rows: formats by `Accept`, counted and cut by the headers, streamed from the database to the client.

mod csv;
mod expression;
pub(crate) mod format;
pub(crate) mod row_query;
mod row_transaction;
mod row_writer;
pub(crate) mod window;

use crate::catalogue::Catalogue;
use crate::database::pool;
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
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tracing::Instrument;
use window::Window;

const RANGE_UNIT: HeaderName = HeaderName::from_static("range-unit");
const APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// What the headers say of how rows are wanted.
pub(crate) fn manner(method: &Method, headers: &HeaderMap) -> Result<ResponseOptions, ApiError> {
    let reads = method == Method::GET || method == Method::HEAD;
    Ok(ResponseOptions {
        format: format::format(headers, &format::ALL)?,
        range: if reads { window::range(headers)? } else { None },
        count: counts(headers),
        head: method == Method::HEAD,
    })
}

/// `Prefer: count=…`: estimates are answered with the truth.
fn counts(headers: &HeaderMap) -> bool {
    let lines = headers.get_all("prefer").iter();
    let mut choices = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split([',', ';']))
        .map(str::trim);
    choices.any(|choice| matches!(choice, "count=exact" | "count=planned" | "count=estimated"))
}

/// Plans with what the catalogue says, reads, and answers; once more if the database says the catalogue is old.
pub(crate) async fn answer(
    gateway: &Gateway,
    session: &Session,
    plan: impl Fn(&Catalogue) -> Result<RowQuery, ApiError>,
) -> Result<Response, ApiError> {
    let reading = gateway.catalogue.try_with(&gateway.pool, &plan).await?;
    match begun(gateway, session, reading).await {
        Err(refused) if refused.stale => {
            gateway.catalogue.invalidate();
            let reading = gateway.catalogue.try_with(&gateway.pool, &plan).await?;
            begun(gateway, session, reading).await
        }
        other => other,
    }
    .map_err(|refused| refused.error)
}

async fn begun(
    gateway: &Gateway,
    session: &Session,
    reading: RowQuery,
) -> Result<Response, ReadFailure> {
    let turn = if reading.is_long() {
        Some(turn(gateway).await?)
    } else {
        None
    };
    let lease = pool::lease(&gateway.pool).await?;
    let identity = session.identity().clone();
    let (manner, window) = (reading.manner, reading.window);
    // without rows there is not one of them
    let format = if manner.head {
        Format::Json
    } else {
        manner.format
    };
    let names = reading.names.clone();
    let (feed, begins, pieces) = RowWriter::new(format, window, names, !reading.read_only);
    let longest = Duration::from_secs(u64::from(gateway.config.answer_seconds));
    let work = row_transaction::run(lease, identity, reading, feed, longest, gateway.tls.clone());
    let work = async {
        work.await;
        drop(turn);
    };
    tokio::spawn(work.in_current_span());
    let head = begins
        .await
        .map_err(|_| ApiError::Internal("an answer was not begun".to_owned()))??;
    Ok(headed(manner, window, head, pieces))
}

/// A place among those who read long answers, held until theirs is read.
async fn turn(gateway: &Gateway) -> Result<OwnedSemaphorePermit, ApiError> {
    let turn = gateway.long_answers.clone().acquire_owned();
    match tokio::time::timeout(pool::ACQUIRE_TIMEOUT, turn).await {
        Ok(Ok(turn)) => Ok(turn),
        _ => Err(ApiError::Unavailable(
            "too many long answers at once".to_owned(),
        )),
    }
}

fn headed(
    manner: ResponseOptions,
    window: Window,
    head: AnswerStart,
    pieces: mpsc::Receiver<BodyPart>,
) -> Response {
    let told = head.total.filter(|_| manner.count);
    if let Some(total) = told.filter(|total| window.offset > *total) {
        let details = format!(
            "Row {} was asked for, and there are {total}.",
            window.offset
        );
        let mut response = window::out_of_range(details).into_response();
        put(&mut response, header::CONTENT_RANGE, &format!("*/{total}"));
        return response;
    }
    let shown = match (manner.head, head.total) {
        (true, Some(total)) => Some(window.shown(total)),
        _ => head.shown,
    };
    let body = match (manner.head, head.more) {
        // of unknown length: that of the rows is not known
        (true, _) => Body::from_stream(stream::empty::<io::Result<Bytes>>()),
        (false, false) => Body::from(head.piece),
        (false, true) => Body::from_stream(streamed(head.piece, pieces)),
    };
    let mut response = body.into_response();
    if let Some(shown) = shown {
        *response.status_mut() = Window::status(shown, told);
        put(
            &mut response,
            header::CONTENT_RANGE,
            &window.content_range(shown, told),
        );
    }
    put(
        &mut response,
        header::CONTENT_TYPE,
        manner.format.content_type(),
    );
    put(&mut response, RANGE_UNIT, "items");
    if told.is_some() {
        put(&mut response, APPLIED, "count=exact");
    }
    response
}

/// The pieces as they come. One that was cut off ends in an error, which closes the connection: nobody takes a part
/// for the whole.
fn streamed(
    first: Vec<u8>,
    pieces: mpsc::Receiver<BodyPart>,
) -> impl stream::Stream<Item = io::Result<Bytes>> {
    let rest = stream::unfold(Some(pieces), async |pieces| {
        let mut pieces = pieces?;
        match pieces.recv().await {
            Some(BodyPart::Bytes(bytes)) => Some((Ok(bytes), Some(pieces))),
            Some(BodyPart::End) => None,
            None => Some((Err(io::Error::other("the answer was cut off")), None)),
        }
    });
    stream::once(std::future::ready(Ok(Bytes::from(first)))).chain(rest)
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preference_for_a_count_is_found_among_others() {
        let counts = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("prefer", line.parse().unwrap());
            }
            counts(&headers)
        };
        assert!(counts(&["count=exact"]));
        assert!(counts(&["return=minimal", "params=x, count=planned"]));
        assert!(!counts(&["count=none"]));
        assert!(!counts(&[]));
    }

    #[tokio::test]
    async fn what_was_cut_off_ends_in_an_error() {
        let (sender, pieces) = mpsc::channel(2);
        sender.send(BodyPart::Bytes("b".into())).await.unwrap();
        drop(sender);
        let body = Body::from_stream(streamed(b"a".to_vec(), pieces));
        assert!(axum::body::to_bytes(body, usize::MAX).await.is_err());
        let (sender, pieces) = mpsc::channel(2);
        sender.send(BodyPart::Bytes("b".into())).await.unwrap();
        sender.send(BodyPart::End).await.unwrap();
        let body = Body::from_stream(streamed(b"a".to_vec(), pieces));
        assert_eq!(axum::body::to_bytes(body, usize::MAX).await.unwrap(), "ab");
    }
}
