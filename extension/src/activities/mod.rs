//! Owns what people did with an account, or mean to do, and the changes of its fields: most of what an account's
//! timeline is made of.

mod account_changes;
mod check_activity;
mod log_activity;
mod timeline_scope;
