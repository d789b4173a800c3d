//! Owns custom fields: what a tenant may define, and what their values in `crm_attributes` must be.
//!
//! The trigger on accounts calls [`settle`] for every door; definitions are read once per transaction.

mod check;
mod field;
mod fit;
mod kind;
mod save;
mod settle;

pub use kind::Kind;
pub use settle::settle;
