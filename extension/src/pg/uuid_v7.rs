//! Owns ids: version 7, so that new rows lie together in the index and sort by time.

use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern(volatile, parallel_safe)]
fn uuid_v7() -> Uuid {
    new()
}

/// A new id.
pub fn new() -> Uuid {
    Uuid::from_bytes(*uuid::Uuid::now_v7().as_bytes())
}
