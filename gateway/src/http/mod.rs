//! Owns what every request and answer has in common: errors, bodies, the middleware, and the accept loop.

pub(crate) mod address;
pub(crate) mod body;
mod body_length;
pub(crate) mod connections;
pub(crate) mod error;
mod head_reader;
mod head_refusal;
pub(crate) mod headers;
mod logged_path;
pub(crate) mod middleware;
mod request_head;
mod request_id;
pub(crate) mod response;
pub(crate) mod server;
mod sqlstate;
mod target;
