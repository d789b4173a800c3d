//! Owns what the workers have in common: they work in rounds, each of bounded time.

use std::time::Duration;

/// A wake may be missed (two-phase commit, replication), and much becomes due by itself.
const POLL: Duration = Duration::from_secs(1);

/// What a worker does, in rounds.
pub trait Work {
    /// Does what is due, a bounded part of it.
    fn round(&mut self) -> Round;

    /// How long to wait at most before the next round, where nothing wakes it.
    fn rest(&self) -> Duration {
        POLL
    }

    /// The settings have changed.
    fn reload(&mut self) {}

    /// Ends what is under way. No round follows.
    fn farewell(self)
    where
        Self: Sized,
    {
    }
}

/// How a round ended.
pub enum Round {
    /// Nothing more is due.
    Idle,
    /// There is more to do at once.
    Busy,
    /// The database no longer has the extension.
    NoExtension,
    /// The worker cannot go on, and is to be started again.
    Broken,
}
