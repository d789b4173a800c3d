//! Owns what becomes of deliveries besides being sent: people send them again or cancel them, monitors see how they are doing,
//! and time takes away those that are over.

mod automation_health;
mod automation_metrics;
mod automation_problem;
mod cancel_webhook;
mod chosen_deliveries;
mod criteria;
mod overdue;
pub mod purge;
mod queue_hosts;
mod retry_webhook;
pub mod settings;
mod worker_vitals;

pub use overdue::mark_overdue;

/// The most deliveries that one call changes.
const MOST: i64 = 10_000;
