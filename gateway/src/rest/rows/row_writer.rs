//! Owns the way from rows to the bytes of an answer: a short one is sent whole, a long one in parts as fast as the
//! client takes them.

use super::format::Format;
use super::window::Window;
use crate::http::error::ApiError;
use crate::shares::{Holder, Share, Shares};
use axum::body::Bytes;
use axum::http::StatusCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::Row;

/// An answer up to this size is short: it is read at the speed of the database and sent whole. A longer one is read at
/// the speed of its client, and counts against the share of long answers.
const SHORT_BYTES: usize = 256 * 1024;
/// How much of a long answer is collected before more of it is sent.
const PART_BYTES: usize = 64 * 1024;
/// A client that takes nothing for this long is given up.
const STALL_TIMEOUT: Duration = Duration::from_secs(30);

/// How an answer begins.
#[derive(Debug)]
pub(super) struct AnswerStart {
    /// How many rows there are in all, where they were counted.
    pub(super) total: Option<u64>,
    /// How many rows this answer has, where that is known.
    pub(super) shown: Option<u64>,
    pub(super) part: Vec<u8>,
    /// Whether more parts follow.
    pub(super) has_more: bool,
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct ReadFailure {
    pub(super) error: ApiError,
    /// The database disagrees with the catalogue.
    pub(super) stale: bool,
}

impl From<ApiError> for ReadFailure {
    fn from(error: ApiError) -> Self {
        Self {
            error,
            stale: false,
        }
    }
}

/// A part of the body, or its end. A body without an end was cut off.
#[derive(Debug)]
pub(super) enum BodyPart {
    Bytes(Bytes),
    End,
}

/// Receives the start of the answer, or why there is none.
pub(super) type AnswerStartReceiver = oneshot::Receiver<Result<AnswerStart, ReadFailure>>;

#[derive(Debug)]
pub(super) struct RowWriter {
    format: Format,
    window: Window,
    names: Vec<String>,
    /// Whether nothing is sent before all rows are there.
    send_whole: bool,
    pub(super) total: Option<u64>,
    rows: u64,
    bytes: Vec<u8>,
    start: Option<oneshot::Sender<Result<AnswerStart, ReadFailure>>>,
    body: mpsc::Sender<BodyPart>,
    shares: Arc<Shares>,
    holder: Holder,
    /// Held once the answer has become a long one.
    long_answer: Option<Share>,
}

impl RowWriter {
    pub(super) fn new(
        shares: Arc<Shares>,
        holder: Holder,
        format: Format,
        window: Window,
        names: Vec<String>,
        send_whole: bool,
    ) -> (Self, AnswerStartReceiver, mpsc::Receiver<BodyPart>) {
        let (start, start_receiver) = oneshot::channel();
        let (body, parts) = mpsc::channel(2);
        let writer = Self {
            format,
            window,
            names,
            send_whole: send_whole || format == Format::Object,
            total: None,
            rows: 0,
            bytes: Vec::new(),
            start: Some(start),
            body,
            shares,
            holder,
            long_answer: None,
        };
        (writer, start_receiver, parts)
    }

    /// Its `closed` resolves when the client is gone.
    pub(super) fn client_watch(&self) -> mpsc::Sender<BodyPart> {
        self.body.clone()
    }

    pub(super) fn write_beginning(&mut self) {
        match self.format {
            Format::Json => self.bytes.push(b'['),
            Format::Csv(style) => {
                style.write_head(self.names.iter().map(String::as_str), &mut self.bytes);
            }
            Format::Object | Format::NdJson => {}
        }
    }

    pub(super) async fn write_row(&mut self, row: &Row) -> Result<(), ApiError> {
        self.rows += 1;
        match self.format {
            Format::Csv(style) => {
                let cells: Result<Vec<Option<&str>>, _> =
                    (0..row.len()).map(|place| row.try_get(place)).collect();
                let cells = cells.map_err(|e| ApiError::Internal(e.to_string()))?;
                style.write_line(cells.into_iter(), &mut self.bytes);
            }
            format => {
                let text = row.try_get::<_, Option<&str>>(0);
                let text = text.map_err(|e| ApiError::Internal(e.to_string()))?;
                if format == Format::Json && self.rows > 1 {
                    self.bytes.extend_from_slice(b",\n");
                }
                self.bytes
                    .extend_from_slice(text.unwrap_or("null").as_bytes());
                if format == Format::NdJson {
                    self.bytes.push(b'\n');
                }
            }
        }
        if self.send_whole {
            return Ok(());
        }
        match (&self.long_answer, self.bytes.len()) {
            (None, SHORT_BYTES..) => {
                // nothing has been sent, so there is still a proper refusal
                self.long_answer = Some(self.shares.long_answer(self.holder).await?);
                self.flush().await
            }
            (Some(_), PART_BYTES..) => self.flush().await,
            _ => Ok(()),
        }
    }

    /// Sends what has been collected; the first part starts the answer.
    async fn flush(&mut self) -> Result<(), ApiError> {
        let part = std::mem::take(&mut self.bytes);
        match self.start.take() {
            Some(start) => {
                let shown = self.total.map(|total| self.window.rows_shown(total));
                let answer_start = AnswerStart {
                    total: self.total,
                    shown,
                    part,
                    has_more: true,
                };
                start.send(Ok(answer_start)).map_err(|_| client_is_gone())
            }
            None => self.send(BodyPart::Bytes(part.into())).await,
        }
    }

    async fn send(&self, part: BodyPart) -> Result<(), ApiError> {
        match tokio::time::timeout(STALL_TIMEOUT, self.body.send(part)).await {
            Ok(sent) => sent.map_err(|_| client_is_gone()),
            Err(_) => Err(ApiError::Slow),
        }
    }

    /// For when all rows are written and the transaction has been committed.
    pub(super) async fn finish(mut self) {
        if self.format == Format::Object && self.rows != 1 {
            let refusal = not_one_row(self.rows);
            return self.fail(refusal.into());
        }
        if self.format == Format::Json {
            self.bytes.push(b']');
        }
        let last = std::mem::take(&mut self.bytes);
        let sent = match self.start.take() {
            Some(start) => {
                let answer_start = AnswerStart {
                    total: self.total,
                    shown: Some(self.rows),
                    part: last,
                    has_more: false,
                };
                start.send(Ok(answer_start)).map_err(|_| client_is_gone())
            }
            None => match self.send(BodyPart::Bytes(last.into())).await {
                Ok(()) => self.send(BodyPart::End).await,
                failure => failure,
            },
        };
        if let Err(error) = sent {
            self.fail(error.into());
        }
    }

    /// Before the answer has started this is a refusal; after that, the client sees the answer break off.
    pub(super) fn fail(mut self, failure: ReadFailure) {
        match self.start.take() {
            // a client that is gone needs no reason
            Some(start) => drop(start.send(Err(failure))),
            None => {
                let why = failure.error.to_string();
                tracing::warn!(rows = self.rows, why, "an answer broke off: {why}");
            }
        }
    }
}

fn client_is_gone() -> ApiError {
    ApiError::Internal("the client is gone".to_owned())
}

fn not_one_row(rows: u64) -> ApiError {
    ApiError::Rows {
        status: StatusCode::NOT_ACCEPTABLE,
        code: "PGRST116",
        message: "One object was requested, but there is not exactly one row.".to_owned(),
        details: match rows {
            0 => "The result contains 0 rows".to_owned(),
            _ => "The result contains more than 1 row".to_owned(),
        },
    }
}
