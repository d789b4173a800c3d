//! Owns what every request and answer has in common: errors, bodies, the middleware, and the accept loop.

pub(crate) mod address;
pub(crate) mod body;
mod deadline;
pub(crate) mod error;
pub(crate) mod middleware;
pub(crate) mod request_id;
pub(crate) mod response;
pub(crate) mod server;
mod sqlstate;
mod write_timeout;
