//! Hands what the database tells to all streams, and bounds how many there are and how much waits for each.

use super::listen;
use super::news::Heard;
use crate::config::Config;
use crate::database;
use crate::error::ApiError;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{broadcast, watch};
use uuid::Uuid;

/// Changes that wait for the slowest stream; one that falls further behind is told to read all anew.
const BACKLOG: usize = 1024;
/// Streams of one person, in all tabs and programs.
const MOST_OF_ONE: usize = 20;
/// Streams of all.
const MOST: usize = 5000;
/// Somebody who has too many may close some.
const RETRY_SECONDS: u64 = 15;

/// Where streams join. Listening to the database begins with the first of them.
pub(crate) struct Hub {
    news: broadcast::Sender<Heard>,
    stop: watch::Sender<bool>,
    listening: AtomicBool,
    taken: Arc<Taken>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            news: broadcast::Sender::new(BACKLOG),
            stop: watch::Sender::new(false),
            listening: AtomicBool::new(false),
            taken: Arc::default(),
        }
    }
}

impl Hub {
    /// Hears everything from now on.
    pub(super) fn join(&self, config: &Config) -> Hearing {
        let hearing = Hearing {
            news: self.news.subscribe(),
            stop: self.stop.subscribe(),
            taken: self.taken.clone(),
        };
        if !self.listening.swap(true, Ordering::Relaxed) {
            let (news, stop) = (self.news.clone(), self.stop.subscribe());
            match database::of(config) {
                Ok(database) => drop(tokio::spawn(listen::forever(database, news, stop))),
                // it was read at the start
                Err(error) => tracing::error!("live events: {error}"),
            }
        }
        hearing
    }

    /// Says something to all streams.
    #[cfg(test)]
    pub(super) fn tell(&self, heard: Heard) {
        let _ = self.news.send(heard);
    }

    /// Ends all streams; those that begin later end at once.
    pub(super) fn stop(&self) {
        self.stop.send_replace(true);
    }
}

/// Somebody who hears, and who has yet to say who they are.
pub(super) struct Hearing {
    news: broadcast::Receiver<Heard>,
    stop: watch::Receiver<bool>,
    taken: Arc<Taken>,
}

impl Hearing {
    pub(super) fn of(self, user: Uuid) -> Result<Seat, ApiError> {
        if !self.taken.take(user) {
            return Err(ApiError::TooMany {
                retry_seconds: RETRY_SECONDS,
            });
        }
        Ok(Seat {
            news: self.news,
            stop: self.stop,
            _place: Place {
                taken: self.taken,
                user,
            },
        })
    }
}

/// What a stream holds as long as it lasts.
pub(super) struct Seat {
    pub(super) news: broadcast::Receiver<Heard>,
    /// Turns true at the end of the gateway.
    pub(super) stop: watch::Receiver<bool>,
    _place: Place,
}

/// How many streams there are, by person.
#[derive(Default)]
struct Taken(Mutex<HashMap<Uuid, usize>>);

impl Taken {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, user: Uuid) -> bool {
        let mut all = self.all();
        if all.values().sum::<usize>() >= MOST {
            return false;
        }
        let own = all.entry(user).or_default();
        let free = *own < MOST_OF_ONE;
        *own += usize::from(free);
        free
    }

    fn give_back(&self, user: Uuid) {
        let mut all = self.all();
        if let Some(own) = all.get_mut(&user) {
            *own -= 1;
            if *own == 0 {
                all.remove(&user);
            }
        }
    }
}

struct Place {
    taken: Arc<Taken>,
    user: Uuid,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.taken.give_back(self.user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_so_many_streams_and_gets_one_back_when_one_ends() {
        let taken = Arc::new(Taken::default());
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..MOST_OF_ONE {
            assert!(taken.take(one));
        }
        assert!(!taken.take(one));
        assert!(taken.take(other));
        drop(Place {
            taken: taken.clone(),
            user: one,
        });
        assert!(taken.take(one));
        assert!(!taken.take(one));
    }

    #[test]
    fn all_together_have_so_many() {
        let taken = Taken::default();
        for number in 0..MOST {
            assert!(taken.take(Uuid::from_u128(number as u128)));
        }
        assert!(!taken.take(Uuid::from_u128(u128::MAX)));
        taken.give_back(Uuid::from_u128(0));
        assert!(taken.take(Uuid::from_u128(u128::MAX)));
    }
}
