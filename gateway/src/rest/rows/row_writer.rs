//! From rows to the bytes of an answer: whole where it is short, in pieces as fast as the client takes them where not.

use super::csv;
use super::format::Format;
use super::window::Window;
use crate::http::error::ApiError;
use axum::body::Bytes;
use axum::http::StatusCode;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_postgres::Row;

/// What is collected before it is sent; an answer that is shorter is sent whole.
const PART_BYTES: usize = 64 * 1024;
/// A client that takes nothing for so long is given up.
const STALL_TIMEOUT: Duration = Duration::from_secs(30);

/// How an answer begins.
#[derive(Debug)]
pub(super) struct AnswerStart {
    /// All rows there are, where they were counted.
    pub(super) total: Option<u64>,
    /// The rows of this answer, where that is known.
    pub(super) shown: Option<u64>,
    pub(super) piece: Vec<u8>,
    /// More pieces follow.
    pub(super) more: bool,
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

/// A piece of the body, or its end. A body without an end was cut off.
#[derive(Debug)]
pub(super) enum BodyPart {
    Bytes(Bytes),
    End,
}

/// Where an answer begins, to be awaited by the request.
pub(super) type AnswerStarts = oneshot::Receiver<Result<AnswerStart, ReadFailure>>;

#[derive(Debug)]
pub(super) struct RowWriter {
    format: Format,
    window: Window,
    names: Vec<String>,
    /// Nothing is sent before all is there.
    whole: bool,
    pub(super) total: Option<u64>,
    rows: u64,
    bytes: Vec<u8>,
    head: Option<oneshot::Sender<Result<AnswerStart, ReadFailure>>>,
    body: mpsc::Sender<BodyPart>,
}

impl RowWriter {
    pub(super) fn new(
        format: Format,
        window: Window,
        names: Vec<String>,
        whole: bool,
    ) -> (Self, AnswerStarts, mpsc::Receiver<BodyPart>) {
        let (head, begins) = oneshot::channel();
        let (body, pieces) = mpsc::channel(2);
        let feed = Self {
            format,
            window,
            names,
            whole: whole || format == Format::Object,
            total: None,
            rows: 0,
            bytes: Vec::new(),
            head: Some(head),
            body,
        };
        (feed, begins, pieces)
    }

    /// Tells when the client is gone.
    pub(super) fn watch(&self) -> mpsc::Sender<BodyPart> {
        self.body.clone()
    }

    pub(super) fn starts(&mut self) {
        match self.format {
            Format::Json => self.bytes.push(b'['),
            Format::Csv => csv::line(self.names.iter().map(|n| Some(n.as_str())), &mut self.bytes),
            Format::Object | Format::NdJson => {}
        }
    }

    pub(super) async fn row(&mut self, row: &Row) -> Result<(), ApiError> {
        self.rows += 1;
        match self.format {
            Format::Csv => {
                let cells: Result<Vec<Option<&str>>, _> =
                    (0..row.len()).map(|place| row.try_get(place)).collect();
                let cells = cells.map_err(|e| ApiError::Internal(e.to_string()))?;
                csv::line(cells.into_iter(), &mut self.bytes);
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
        if self.bytes.len() < PART_BYTES || self.whole {
            return Ok(());
        }
        self.flush().await
    }

    /// What is there goes out; with the first piece the answer begins.
    async fn flush(&mut self) -> Result<(), ApiError> {
        let piece = std::mem::take(&mut self.bytes);
        match self.head.take() {
            Some(begins) => {
                let shown = self.total.map(|total| self.window.shown(total));
                let head = AnswerStart {
                    total: self.total,
                    shown,
                    piece,
                    more: true,
                };
                begins.send(Ok(head)).map_err(|_| gone())
            }
            None => self.send(BodyPart::Bytes(piece.into())).await,
        }
    }

    async fn send(&self, piece: BodyPart) -> Result<(), ApiError> {
        match tokio::time::timeout(STALL_TIMEOUT, self.body.send(piece)).await {
            Ok(sent) => sent.map_err(|_| gone()),
            Err(_) => Err(ApiError::Slow),
        }
    }

    /// All rows are there, and the transaction has ended well.
    pub(super) async fn ends(mut self) {
        if self.format == Format::Object && self.rows != 1 {
            let refused = not_one(self.rows);
            return self.fails(refused.into());
        }
        if self.format == Format::Json {
            self.bytes.push(b']');
        }
        let last = std::mem::take(&mut self.bytes);
        let sent = match self.head.take() {
            Some(begins) => {
                let head = AnswerStart {
                    total: self.total,
                    shown: Some(self.rows),
                    piece: last,
                    more: false,
                };
                begins.send(Ok(head)).map_err(|_| gone())
            }
            None => match self.send(BodyPart::Bytes(last.into())).await {
                Ok(()) => self.send(BodyPart::End).await,
                refused => refused,
            },
        };
        if let Err(error) = sent {
            self.fails(error.into());
        }
    }

    /// Before the answer has begun it is a refusal; after that the client sees it break off.
    pub(super) fn fails(mut self, refused: ReadFailure) {
        match self.head.take() {
            // a client that is gone needs no reason
            Some(begins) => drop(begins.send(Err(refused))),
            None => {
                let why = refused.error.to_string();
                tracing::warn!(rows = self.rows, why, "an answer broke off: {why}");
            }
        }
    }
}

fn gone() -> ApiError {
    ApiError::Internal("the client is gone".to_owned())
}

fn not_one(rows: u64) -> ApiError {
    ApiError::Rows {
        status: StatusCode::NOT_ACCEPTABLE,
        code: "PGRST116",
        message: "One object was asked for, and there is not exactly one row.".to_owned(),
        details: match rows {
            0 => "The result contains 0 rows".to_owned(),
            _ => "The result contains more than 1 row".to_owned(),
        },
    }
}
