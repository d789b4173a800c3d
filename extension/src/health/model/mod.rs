//! Owns the model that a tenant scores by: its document, and which version is in force.

mod cap_fields;
pub mod definition;
pub mod versions;
