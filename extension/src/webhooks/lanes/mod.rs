//! Owns whose turn it is among deliveries that are due: lanes of a tenant to a host, read from the queue where they were left, sent in
//! turn within what a host, a tenant and the worker bear. Pure.

mod breaker;
mod lane;
mod sending;
mod shares;
mod turns;

pub use breaker::{Breaker, Change, Verdict};
pub use lane::{LaneName, Position};
pub use sending::{PATIENCE, Sending};
pub use turns::{Lanes, Reading};

/// What stands in `webhook_queue.host` of mails, which all leave through one server.
pub fn email_host() -> String {
    "smtp".to_owned()
}
