//! Owns what is asked of the past: an account at a moment. Pure.

use crate::health::Moment;
use pgrx::Uuid;

/// An account at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedMoment {
    /// The account.
    pub account: Uuid,
    /// As of when its scores, stays, usage and touches are meant, and what time it was.
    pub at: Moment,
    /// As of when its own row is meant: a little later where what happened was a change of that row, which is recorded last.
    pub row_at: Moment,
}

impl AskedMoment {
    /// All of an account as of one moment.
    pub const fn new(account: Uuid, at: Moment) -> Self {
        Self {
            account,
            at,
            row_at: at,
        }
    }
}
