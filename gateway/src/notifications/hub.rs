//! Owns the hub: it hands each notification to all streams, and bounds how many streams there are and how much waits
//! for each.

use super::listener;
use super::notification::HubMessage;
use crate::config::Config;
use crate::database::connection;
use crate::http::error::ApiError;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

/// Messages that wait for the slowest stream; one that falls further behind has to read all again.
const BACKLOG: usize = 1024;
/// Streams of one person, in all tabs and programs.
const MAX_STREAMS_PER_USER: usize = 20;
/// Streams of all people.
const MAX_STREAMS: usize = 5000;
/// Long enough for a person with too many streams to close some.
const RETRY_SECONDS: u64 = 15;

/// Where streams subscribe. Listening to the database begins with the first of them.
pub(crate) struct Hub {
    messages: broadcast::Sender<HubMessage>,
    stop: watch::Sender<bool>,
    is_listening: AtomicBool,
    open_streams: Arc<OpenStreams>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            messages: broadcast::Sender::new(BACKLOG),
            stop: watch::Sender::new(false),
            is_listening: AtomicBool::new(false),
            open_streams: Arc::default(),
        }
    }
}

impl Hub {
    /// Receives everything from now on.
    pub(crate) fn subscribe(&self, config: &Config) -> PendingSubscription {
        let pending = PendingSubscription {
            messages: self.messages.subscribe(),
            stop: self.stop.subscribe(),
            open_streams: self.open_streams.clone(),
        };
        if !self.is_listening.swap(true, Ordering::Relaxed) {
            let (messages, stop) = (self.messages.clone(), self.stop.subscribe());
            match connection::from_config(config) {
                Ok(database) => drop(tokio::spawn(listener::listen(database, messages, stop))),
                // the same settings were read at the start
                Err(error) => tracing::error!("live events: {error}"),
            }
        }
        pending
    }

    /// Sends a message to all streams.
    #[cfg(test)]
    pub(crate) fn send(&self, message: HubMessage) {
        let _ = self.messages.send(message);
    }

    /// Ends all streams; those that begin later end at once.
    pub(crate) fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// A subscription whose person is not yet known.
pub(crate) struct PendingSubscription {
    messages: broadcast::Receiver<HubMessage>,
    stop: watch::Receiver<bool>,
    open_streams: Arc<OpenStreams>,
}

impl PendingSubscription {
    pub(crate) fn for_user(self, user: Uuid) -> Result<Subscription, ApiError> {
        if !self.open_streams.open(user) {
            return Err(ApiError::TooMany {
                retry_seconds: RETRY_SECONDS,
            });
        }
        Ok(Subscription {
            messages: self.messages,
            stop: self.stop,
            _slot: StreamSlot {
                open_streams: self.open_streams,
                user,
            },
        })
    }
}

/// What a stream holds as long as it lasts.
pub(crate) struct Subscription {
    pub(crate) messages: broadcast::Receiver<HubMessage>,
    /// Becomes true when the gateway stops.
    pub(crate) stop: watch::Receiver<bool>,
    _slot: StreamSlot,
}

/// How many streams there are, by person.
#[derive(Default)]
struct OpenStreams(Mutex<HashMap<Uuid, usize>>);

impl OpenStreams {
    fn by_user(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, user: Uuid) -> bool {
        let mut by_user = self.by_user();
        if by_user.values().sum::<usize>() >= MAX_STREAMS {
            return false;
        }
        let count = by_user.entry(user).or_default();
        let is_free = *count < MAX_STREAMS_PER_USER;
        *count += usize::from(is_free);
        is_free
    }

    fn close(&self, user: Uuid) {
        let mut by_user = self.by_user();
        if let Some(count) = by_user.get_mut(&user) {
            *count -= 1;
            if *count == 0 {
                by_user.remove(&user);
            }
        }
    }
}

struct StreamSlot {
    open_streams: Arc<OpenStreams>,
    user: Uuid,
}

impl Drop for StreamSlot {
    fn drop(&mut self) {
        self.open_streams.close(self.user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_a_limited_number_of_streams_and_regains_one_when_one_ends() {
        let streams = Arc::new(OpenStreams::default());
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..MAX_STREAMS_PER_USER {
            assert!(streams.open(one));
        }
        assert!(!streams.open(one));
        assert!(streams.open(other));
        drop(StreamSlot {
            open_streams: streams.clone(),
            user: one,
        });
        assert!(streams.open(one));
        assert!(!streams.open(one));
    }

    #[test]
    fn all_people_together_have_a_limited_number_of_streams() {
        let streams = OpenStreams::default();
        for number in 0..MAX_STREAMS {
            assert!(streams.open(Uuid::from_u128(number as u128)));
        }
        assert!(!streams.open(Uuid::from_u128(u128::MAX)));
        streams.close(Uuid::from_u128(0));
        assert!(streams.open(Uuid::from_u128(u128::MAX)));
    }
}
