//! Owns deliveries: where they go, how they are signed, sent, tried again and recorded.

pub mod address;
mod answer;
pub mod breakers;
mod causes;
mod clients;
pub mod clone_guard;
mod connections;
pub mod delivery;
pub mod headers;
mod host_name;
pub mod lanes;
pub mod mail;
mod names;
pub mod network;
mod open_files;
mod outbox;
pub mod outcomes;
mod post;
mod public_address;
pub mod queue;
pub mod retry;
pub mod settings;
pub mod signature;
