//! The harness: a private PostgreSQL server with the extension, a gateway and a webhook receiver, for tests and for `cs-demo`.

pub mod cluster;
pub mod database;
pub mod gateway;
pub mod outbox;
pub mod pages;
pub mod process;
pub mod raw_receiver;
pub mod receiver;
pub mod stack;
pub mod tally;
pub mod tree;
pub mod wait;
