//! `GET /events`: what changes in the caller's tenant, as server-sent events that hold ids and nothing else.
//!
//! One session of the database hears every change (`listen`), the hub hands it to all streams (`hub`), and each stream
//! lets through what its caller may hear (`look`, `stream`). A stream changes nothing.

mod hub;
mod listen;
mod look;
mod news;
mod stream;

pub(crate) use hub::Hub;

use crate::Gateway;
use crate::error::ApiError;
use crate::session::Session;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use stream::Stream;

/// Asks nginx not to collect an answer before it passes it on.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/events", get(events))
}

async fn events(State(gateway): State<Gateway>, session: Session) -> Result<Response, ApiError> {
    // heard from here on, so that nothing falls between the look and the stream
    let seat = gateway.events.join(&gateway.config);
    let look = look::take(&gateway, &session).await?;
    let seat = seat.of(look.user)?;
    let stream = Stream::begin(gateway, session, seat, look).into_events();
    let unbuffered = [(BUFFERING, HeaderValue::from_static("no"))];
    Ok((unbuffered, Sse::new(stream)).into_response())
}

/// Ends all streams, so that a shutdown does not wait for them.
pub fn end_streams(gateway: &Gateway) {
    gateway.events.stop();
}
