//! A request's body that arrives in time, or not at all.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use thiserror::Error;
use tokio::time::{Sleep, sleep};

/// The whole body was not there in time.
#[derive(Debug, Error)]
#[error("the body did not arrive in time")]
pub(crate) struct TooSlow;

pub(crate) struct Deadline {
    body: Body,
    longest: Duration,
    /// Begins when somebody first wants the body.
    running: Option<Pin<Box<Sleep>>>,
}

/// The body with so long to arrive, from when it is first wanted.
pub(crate) fn within(longest: Duration, body: Body) -> Body {
    Body::new(Deadline {
        body,
        longest,
        running: None,
    })
}

impl HttpBody for Deadline {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let longest = self.longest;
        let running = self.running.get_or_insert_with(|| Box::pin(sleep(longest)));
        running
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether this failure comes from that.
pub(crate) fn is_behind(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<TooSlow>())
}
