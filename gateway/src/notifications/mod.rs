//! Owns what the database notifies of: one session that listens, and the hub that hands it to all streams.

pub(crate) mod hub;
mod listener;
pub(crate) mod notification;
