//! Owns the model that a tenant scores by: its document, and which version is in force.

mod cap_fields;
mod cap_reason;
pub mod caps;
pub mod definition;
mod feature_aliases;
pub mod quiet_periods;
pub mod versions;
