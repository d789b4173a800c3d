//! Owns deliveries: where they go, how they are signed, sent, tried again and recorded.

pub mod address;
pub mod breakers;
pub mod clone_guard;
pub mod delivery;
pub mod headers;
pub mod lanes;
pub mod network;
mod outbox;
pub mod outcomes;
mod post;
mod public_address;
pub mod queue;
pub mod retry;
pub mod settings;
pub mod signature;
