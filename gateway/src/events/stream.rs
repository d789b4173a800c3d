//! Owns one client's stream: a heartbeat, the events its caller may receive, and an end together with its session.

use super::access::{self, CallerAccess};
use super::relevance::{EventData, Relevance, affects_access, relevance};
use crate::database::identity::Identity;
use crate::database::pool::ConnectionPool;
use crate::http::error::ApiError;
use crate::notifications::hub::Subscription;
use crate::notifications::notification::{HubMessage, Notification};
use axum::http::StatusCode;
use axum::response::sse::Event;
use futures_util::stream::unfold;
use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::{Instant, sleep, sleep_until};
use uuid::Uuid;

/// How often session and rights are read again; the client is sent a comment each time.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// The same while the database is unavailable.
const HEARTBEAT_UNAVAILABLE: Duration = Duration::from_secs(2);
/// For callers who may see only some accounts, what comes within this time is checked together.
const BATCH_TIME: Duration = Duration::from_millis(50);
/// And at most this many at once.
const BATCH_SIZE: usize = 200;
/// After a change of many accounts a caller who sees only some is told to read again, at most once in this time.
const RESYNC_PAUSE: Duration = Duration::from_secs(5);
/// How long a client that was cut off waits before it reconnects.
const RETRY: Duration = Duration::from_secs(2);

pub(super) struct EventStream {
    pool: ConnectionPool,
    caller: Identity,
    subscription: Subscription,
    access: CallerAccess,
    read_access_at: Instant,
    /// Something was not sent because access could not be read; once it can be, the client has to read all again.
    has_missed: bool,
    /// When the client is told to read again, if it is to be.
    resync_at: Option<Instant>,
    ready: VecDeque<Event>,
    is_over: bool,
}

impl EventStream {
    /// Its first event says that it is open.
    pub(super) fn new(
        pool: ConnectionPool,
        caller: Identity,
        subscription: Subscription,
        access: CallerAccess,
    ) -> Self {
        let ready = Event::default().event("ready").retry(RETRY).data("{}");
        Self {
            pool,
            caller,
            subscription,
            access,
            read_access_at: Instant::now() + HEARTBEAT,
            has_missed: false,
            resync_at: None,
            ready: VecDeque::from([ready]),
            is_over: false,
        }
    }

    /// Polled for the next event only when the client can take one: what waits is in the hub, and bounded there.
    pub(super) fn into_events(
        self,
    ) -> impl futures_util::Stream<Item = Result<Event, Infallible>> + Send {
        unfold(self, async |mut stream| {
            stream.next().await.map(|event| (Ok(event), stream))
        })
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.is_over || *self.subscription.stop.borrow() {
                return None;
            }
            // in this order: nothing is sent on rights that are too old
            tokio::select! {
                biased;
                // it changes once, or is gone with the hub
                _ = self.subscription.stop.changed() => self.is_over = true,
                () = sleep_until(self.read_access_at) => {
                    self.read_access_again().await;
                    self.ready.push_back(Event::default().comment("beat"));
                }
                () = sleep_until(self.resync_at.unwrap_or(self.read_access_at)), if self.resync_at.is_some() => {
                    self.resync();
                }
                received = self.subscription.messages.recv() => match received {
                    Ok(message) => self.receive(message).await,
                    Err(RecvError::Lagged(_)) => self.resync(),
                    Err(RecvError::Closed) => self.is_over = true,
                },
            }
        }
    }

    /// Whether the caller may still receive events, and which.
    async fn read_access_again(&mut self) {
        match access::read_access(&self.pool, &self.caller).await {
            Ok(access) if access.is_same_caller(&self.access) => {
                self.access = access;
                self.read_access_at = Instant::now() + HEARTBEAT;
                if std::mem::take(&mut self.has_missed) {
                    self.resync();
                }
            }
            Ok(_) => self.end(),
            Err(error) => self.handle_failure(&error),
        }
    }

    fn handle_failure(&mut self, error: &ApiError) {
        if error.status() == StatusCode::UNAUTHORIZED {
            self.end();
        } else {
            self.has_missed = true;
            self.read_access_at = Instant::now() + HEARTBEAT_UNAVAILABLE;
        }
    }

    fn end(&mut self) {
        self.ready.clear();
        let why = r#"{"code":"28000"}"#;
        self.ready
            .push_back(Event::default().event("end").data(why));
        self.is_over = true;
    }

    fn resync(&mut self) {
        self.resync_at = None;
        self.ready.clear();
        self.ready
            .push_back(Event::default().event("resync").data("{}"));
    }

    /// Nothing is sent while rights are unknown: the client reads all again once they are known.
    async fn receive(&mut self, first: HubMessage) {
        let Some(batch) = self.collect_batch(first).await else {
            return self.resync();
        };
        if batch.iter().any(|one| affects_access(one, &self.access)) {
            self.read_access_again().await;
        }
        if self.has_missed || self.is_over {
            return;
        }
        let relevant: Vec<_> = batch
            .iter()
            .map(|one| (&**one, relevance(one, &self.access)))
            .collect();
        if relevant
            .iter()
            .any(|(_, relevance)| *relevance == Relevance::Resync)
        {
            return self.resync();
        }
        if relevant
            .iter()
            .any(|(_, relevance)| *relevance == Relevance::ResyncLater)
        {
            self.resync_at
                .get_or_insert_with(|| Instant::now() + RESYNC_PAUSE);
        }
        match self.visible_accounts(&relevant).await {
            Ok(visible) => self.send(&relevant, &visible),
            Err(error) => self.handle_failure(&error),
        }
    }

    /// For callers who may see only some accounts, all that comes together; None where something was missed.
    async fn collect_batch(&mut self, first: HubMessage) -> Option<Vec<Arc<Notification>>> {
        let mut all = vec![first];
        if self.access.is_narrow() {
            sleep(BATCH_TIME).await;
            while all.len() < BATCH_SIZE {
                match self.subscription.messages.try_recv() {
                    Ok(message) => all.push(message),
                    Err(TryRecvError::Lagged(_)) => return None,
                    Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                }
            }
        }
        all.into_iter()
            .map(|message| match message {
                HubMessage::Notification(notification) => Some(notification),
                HubMessage::Gap => None,
            })
            .collect()
    }

    async fn visible_accounts(
        &self,
        relevant: &[(&Notification, Relevance)],
    ) -> Result<HashSet<Uuid>, ApiError> {
        let accounts: HashSet<Uuid> = relevant
            .iter()
            .filter(|(_, relevance)| *relevance == Relevance::VisibleIds)
            .filter_map(|(notification, _)| notification.ids.as_deref())
            .flatten()
            .copied()
            .collect();
        match accounts.is_empty() {
            true => Ok(accounts),
            false => access::visible_accounts(&self.pool, &self.caller, &accounts).await,
        }
    }

    fn send(&mut self, relevant: &[(&Notification, Relevance)], visible: &HashSet<Uuid>) {
        let events = relevant.iter().filter_map(|(notification, relevance)| {
            let data = EventData::new(notification, *relevance, visible)?;
            Event::default().json_data(data).ok()
        });
        self.ready.extend(events);
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
