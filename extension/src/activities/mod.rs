//! Owns what people did with an account, or mean to do, and the events that an account's timeline is told from.

mod changes;
mod check;
mod log;
mod scope;
