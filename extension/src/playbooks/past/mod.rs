//! Owns what was true in the past of a tenant: the fields of accounts as they were, when anything happened that a playbook could
//! have waited for, and what would have come of it.

mod asked_moment;
mod edges;
mod facts;
mod tenant_history;
mod timeline;

pub use asked_moment::AskedMoment;
pub use edges::{Edge, Scope, find_edges};
pub use facts::doubt::Doubt;
pub use facts::{FactsReader, PastFacts};
pub use tenant_history::TenantHistory;
