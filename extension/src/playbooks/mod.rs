//! Owns automation: a change of an account is matched against the playbooks that wait for it, gates decide, and runs and
//! deliveries are written in the transaction of the change. Nothing is sent here.
//!
//! A row that changes -> [`matching`] (what happened, who waits, whose conditions hold) -> [`running`] (gates, payload, actions).
//! The clock -> [`clock`] (what has lasted long enough, by [`standing`]) -> [`running`]. [`definition`] is what a playbook is.

mod attributes;
mod calls;
pub mod clock;
mod crossing;
pub mod definition;
mod event;
mod matching;
pub mod past;
mod playbook;
pub mod running;
pub mod standing;
