//! Owns the line in front of a limited number of places. Where places change hands a call waits for its turn; where
//! nothing moves it is refused at once, so that what is stuck collects no more behind it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

/// How long a call waits for a place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// It gives up once no place has changed hands for this long.
    pub(crate) standstill: Duration,
    pub(crate) longest: Duration,
}

#[derive(Debug)]
pub(crate) struct Line {
    places: Arc<Semaphore>,
    moved_at: Mutex<Instant>,
}

impl Line {
    pub(crate) fn new(places: usize) -> Arc<Self> {
        Arc::new(Self {
            places: Arc::new(Semaphore::new(places)),
            moved_at: Mutex::new(Instant::now()),
        })
    }

    fn moved_at(&self) -> Instant {
        *self.moved_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_move(&self) {
        *self.moved_at.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// None where it is not this call's turn in time.
    pub(crate) async fn place(self: Arc<Self>, patience: Patience) -> Option<Place> {
        let give_up_at = Instant::now() + patience.longest;
        let mut acquired = std::pin::pin!(self.places.clone().acquire_owned());
        loop {
            let until = (self.moved_at() + patience.standstill).min(give_up_at);
            match timeout_at(until, &mut acquired).await {
                Ok(permit) => {
                    let permit = permit.ok()?;
                    self.note_move();
                    return Some(Place {
                        line: self,
                        _permit: permit,
                    });
                }
                // it moved meanwhile
                Err(_) if (self.moved_at() + patience.standstill).min(give_up_at) > until => {}
                Err(_) => return None,
            }
        }
    }
}

/// A place in use; it is free again when this is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    line: Arc<Line>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.line.note_move();
    }
}

/// A line for each key, as long as someone holds a place in it or waits.
#[derive(Debug)]
pub(crate) struct Lines<K: Key> {
    places: usize,
    by_key: Mutex<HashMap<K, Arc<Line>>>,
}

/// Whom a line is for.
pub(crate) trait Key: Hash + Eq + Copy {}

impl<K: Hash + Eq + Copy> Key for K {}

impl<K: Key> Lines<K> {
    pub(crate) fn new(places: usize) -> Arc<Self> {
        Arc::new(Self {
            places,
            by_key: Mutex::default(),
        })
    }

    pub(crate) async fn place(
        self: Arc<Self>,
        key: K,
        patience: Patience,
    ) -> Option<KeyedPlace<K>> {
        let visit = Visit::new(self, key);
        let place = visit.line.clone().place(patience).await?;
        Some(KeyedPlace {
            _place: place,
            _visit: visit,
        })
    }
}

/// A place in the line of a key. Fields are dropped in this order.
#[derive(Debug)]
pub(crate) struct KeyedPlace<K: Key> {
    _place: Place,
    _visit: Visit<K>,
}

/// Keeps the line of a key; the last one removes it.
#[derive(Debug)]
struct Visit<K: Key> {
    lines: Arc<Lines<K>>,
    key: K,
    line: Arc<Line>,
}

impl<K: Key> Visit<K> {
    fn new(lines: Arc<Lines<K>>, key: K) -> Self {
        let line = {
            let mut by_key = lines.by_key.lock().unwrap_or_else(PoisonError::into_inner);
            let line = by_key.entry(key).or_insert_with(|| Line::new(lines.places));
            line.clone()
        };
        Self { lines, key, line }
    }
}

impl<K: Key> Drop for Visit<K> {
    fn drop(&mut self) {
        let by_key = self.lines.by_key.lock();
        let mut by_key = by_key.unwrap_or_else(PoisonError::into_inner);
        // the map's and this one; others are only made under this lock
        if Arc::strong_count(&self.line) == 2 {
            by_key.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience {
        standstill: Duration::from_secs(1),
        longest: Duration::from_secs(5),
    };

    #[tokio::test(start_paused = true)]
    async fn what_stands_still_is_refused_and_at_once_after_a_while() {
        let line = Line::new(2);
        let _held = (
            line.clone().place(PATIENCE).await.unwrap(),
            line.clone().place(PATIENCE).await.unwrap(),
        );
        let began = Instant::now();
        assert!(line.clone().place(PATIENCE).await.is_none());
        assert_eq!(began.elapsed(), PATIENCE.standstill);
        let began = Instant::now();
        assert!(line.clone().place(PATIENCE).await.is_none());
        assert!(began.elapsed() < Duration::from_millis(5));
    }

    #[tokio::test(start_paused = true)]
    async fn a_line_that_moves_is_waited_in() {
        let line = Line::new(1);
        let work = |_| {
            let line = line.clone();
            tokio::spawn(async move {
                let place = line.place(PATIENCE).await;
                tokio::time::sleep(Duration::from_millis(600)).await;
                place.is_some()
            })
        };
        let all: Vec<_> = (0..20).map(work).collect();
        let mut served = 0;
        for one in all {
            served += usize::from(one.await.unwrap());
        }
        // one after the other, for as long as anyone waits
        assert!((8..=10).contains(&served), "{served}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_given_back_is_taken_by_the_next_in_line() {
        let line = Line::new(1);
        let first = line.clone().place(PATIENCE).await.unwrap();
        let next = tokio::spawn(line.clone().place(PATIENCE));
        tokio::time::sleep(Duration::from_millis(900)).await;
        drop(first);
        assert!(next.await.unwrap().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn lines_are_apart_and_are_forgotten_with_their_last_visitor() {
        let lines = Lines::new(1);
        let (one, other) = (1, 2);
        let held = lines.clone().place(one, PATIENCE).await.unwrap();
        assert!(lines.clone().place(other, PATIENCE).await.is_some());
        let waiting = tokio::spawn(lines.clone().place(one, PATIENCE));
        tokio::task::yield_now().await;
        waiting.abort();
        assert!(waiting.await.is_err());
        assert_eq!(lines.by_key.lock().unwrap().len(), 1);
        drop(held);
        assert!(lines.by_key.lock().unwrap().is_empty());
    }
}
