//! Owns custom fields: what a tenant may define, and what their values in `crm_attributes` must be.
//!
//! The trigger on accounts calls [`normalize()`] however an account is written; definitions are read once per transaction.

pub mod attributes;
mod check_field;
mod definitions;
mod field_type;
mod misfits;
mod normalize_values;
mod save_field;

pub use field_type::CustomFieldType;
pub use normalize_values::normalize;
