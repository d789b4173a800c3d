//! Owns what was true in the past of a tenant: the fields of accounts as they were, when anything happened that a playbook could
//! have waited for, and what would have come of it.

mod asked_moment;
mod facts;
mod tenant_history;
mod timeline;
