//! Owns `GET /events`: what changes in the caller's tenant, as server-sent events that hold ids and nothing else.
//!
//! Notifications come from the hub; each stream passes on what its caller may receive (`access`, `relevance`). A
//! stream changes nothing.

mod access;
mod relevance;
mod stream;

use crate::http::error::ApiError;
use crate::session::Session;
use crate::shares::Holder;
use crate::state::Gateway;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue};
use axum::response::sse::Sse;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use stream::EventStream;

/// Asks nginx not to buffer the answer.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/events", get(stream_events))
}

async fn stream_events(
    State(gateway): State<Gateway>,
    session: Session,
) -> Result<Response, ApiError> {
    // subscribed first, so that nothing is missed between reading the access and the start of the stream
    let pending = gateway.hub.subscribe(&gateway.config);
    let identity = session.identity().clone();
    let access = access::read_access(&gateway.pool, &identity).await?;
    let holder = Holder::of_session(access.user, access.tenant);
    let subscription = pending.for_holder(holder)?;
    let stream = EventStream::new(gateway.pool, identity, subscription, access).into_events();
    let unbuffered = [(BUFFERING, HeaderValue::from_static("no"))];
    Ok((unbuffered, Sse::new(stream)).into_response())
}
