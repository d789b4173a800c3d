//! Owns the health of accounts: computed from usage by formulas that explain themselves, succeeded, capped, overruled.
//!
//! usage_metrics -> [`gather`] (evidence) -> [`compute`] (score) -> [`refresh`] (health_scores). Formulas are pure: evidence,
//! tickets, clock, yardstick, component, score.

pub mod engine;
mod explain;
mod model;
mod moment;
mod overrides;
mod publish;
mod score;

pub use engine::daily_pass::{skip_slice, step as pass_step};
pub use engine::marked_accounts::{Drain, end_overrides};
pub use engine::supersede::Engine;
