//! Owns what was true in the past of a tenant: the fields of accounts as they were, when anything happened that a playbook could
//! have waited for, and what would have come of it.
//!
//! [`edges`] (what happened) -> [`candidates`] (whose conditions held then, by [`facts`]) -> [`later`] (what the gates held back and
//! when they opened) -> [`replay`] (how often the playbook would have run) -> [`back_test`].

mod asked_moment;
mod back_test;
mod candidates;
mod edges;
mod explanation;
mod facts;
mod last_event;
mod later;
mod outages;
mod replay;
mod runs_before;
mod tenant_history;
mod timeline;

pub use asked_moment::AskedMoment;
pub use back_test::{BackTest, BackTestRow, back_test};
pub use explanation::{ExplanationStep, explain};
pub use facts::doubt::Doubt;
pub use facts::{FactsReader, PastFacts};
pub use replay::Limits;
pub use tenant_history::TenantHistory;
