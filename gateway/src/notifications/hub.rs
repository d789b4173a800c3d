//! Owns the hub: it hands each notification to all streams, and bounds how many streams there are and how much waits
//! for each.

use super::listener;
use super::notification::HubMessage;
use crate::config::Config;
use crate::database::connection;
use crate::http::error::ApiError;
use crate::shares::Holder;
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
/// Streams of the people of one tenant.
const MAX_STREAMS_PER_TENANT: usize = MAX_STREAMS / 2;
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
    pub(crate) fn for_holder(self, holder: Holder) -> Result<Subscription, ApiError> {
        if !self.open_streams.open(holder) {
            return Err(ApiError::TooMany {
                retry_seconds: RETRY_SECONDS,
            });
        }
        Ok(Subscription {
            messages: self.messages,
            stop: self.stop,
            _slot: StreamSlot {
                open_streams: self.open_streams,
                holder,
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

/// How many streams there are, by person and by tenant.
#[derive(Default)]
struct OpenStreams(Mutex<StreamCounts>);

#[derive(Default)]
struct StreamCounts {
    all: usize,
    by_user: HashMap<Uuid, usize>,
    by_tenant: HashMap<Uuid, usize>,
}

impl OpenStreams {
    fn counts(&self) -> MutexGuard<'_, StreamCounts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, holder: Holder) -> bool {
        let mut counts = self.counts();
        let of = |by: &HashMap<Uuid, usize>, key| by.get(&key).copied().unwrap_or(0);
        let is_free = counts.all < MAX_STREAMS
            && of(&counts.by_user, holder.person) < MAX_STREAMS_PER_USER
            && of(&counts.by_tenant, holder.tenant) < MAX_STREAMS_PER_TENANT;
        if is_free {
            counts.all += 1;
            *counts.by_user.entry(holder.person).or_default() += 1;
            *counts.by_tenant.entry(holder.tenant).or_default() += 1;
        }
        is_free
    }

    fn close(&self, holder: Holder) {
        let mut counts = self.counts();
        counts.all -= 1;
        count_down(&mut counts.by_user, holder.person);
        count_down(&mut counts.by_tenant, holder.tenant);
    }
}

fn count_down(counts: &mut HashMap<Uuid, usize>, key: Uuid) {
    if let Some(count) = counts.get_mut(&key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&key);
        }
    }
}

struct StreamSlot {
    open_streams: Arc<OpenStreams>,
    holder: Holder,
}

impl Drop for StreamSlot {
    fn drop(&mut self) {
        self.open_streams.close(self.holder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holder(tenant: usize, person: usize) -> Holder {
        Holder {
            tenant: Uuid::from_u128(tenant as u128),
            person: Uuid::from_u128(person as u128),
        }
    }

    #[test]
    fn a_person_has_a_limited_number_of_streams_and_regains_one_when_one_ends() {
        let streams = Arc::new(OpenStreams::default());
        let (one, other) = (holder(1, 1), holder(1, 2));
        for _ in 0..MAX_STREAMS_PER_USER {
            assert!(streams.open(one));
        }
        assert!(!streams.open(one));
        assert!(streams.open(other));
        drop(StreamSlot {
            open_streams: streams.clone(),
            holder: one,
        });
        assert!(streams.open(one));
        assert!(!streams.open(one));
    }

    #[test]
    fn a_tenant_has_half_of_all_streams() {
        let streams = OpenStreams::default();
        for number in 0..MAX_STREAMS_PER_TENANT {
            assert!(streams.open(holder(1, number)));
        }
        assert!(!streams.open(holder(1, MAX_STREAMS)));
        assert!(streams.open(holder(2, MAX_STREAMS)));
        streams.close(holder(1, 0));
        assert!(streams.open(holder(1, MAX_STREAMS)));
    }

    #[test]
    fn all_people_together_have_a_limited_number_of_streams() {
        let streams = OpenStreams::default();
        for number in 0..MAX_STREAMS {
            assert!(streams.open(holder(number % 3, number)));
        }
        assert!(!streams.open(holder(MAX_STREAMS, MAX_STREAMS)));
        streams.close(holder(0, 0));
        assert!(streams.open(holder(MAX_STREAMS, MAX_STREAMS)));
        let counts = streams.counts();
        assert_eq!((counts.all, counts.by_tenant.len()), (MAX_STREAMS, 4));
    }
}
