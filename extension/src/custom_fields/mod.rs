//! Owns custom fields: what a tenant may define, and what their values in `crm_attributes` must be.
//!
//! The trigger on accounts calls [`normalize()`] however an account is written; definitions are read once per transaction.

pub mod attributes;
mod check;
mod definitions;
mod field_type;
mod misfits;
mod normalize;
mod save;

pub use field_type::CustomFieldType;
pub use normalize::normalize;
