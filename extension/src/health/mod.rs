//! Owns the health of accounts: computed from usage by formulas that explain themselves, succeeded, capped, overruled.
//!
//! usage_metrics -> [`gather`] (evidence) -> [`compute`] (score) -> [`refresh`] (health_scores). Formulas are pure: evidence,
//! tickets, clock, yardstick, component, score.

mod band;
mod change;
mod clock;
mod component;
mod compute;
mod daily;
mod drain;
mod evidence;
mod explain;
mod facts;
mod feeds;
mod formula;
mod gather;
mod marks;
mod metadata;
mod model;
mod models;
mod next;
mod norms;
mod overrides;
mod parts;
#[cfg(test)]
mod plain_tests;
mod publish;
mod quantity;
pub mod refresh;
mod score;
mod succession;
mod tickets;
mod words;
mod write;
mod yardstick;

pub use daily::{skip_slice, step as pass_step};
pub use drain::{Drain, end_overrides};
pub use succession::Engine;
