//! Owns the formulas: evidence in, a score with its parts out. Pure.

pub mod band;
pub mod clock;
mod component;
pub mod evidence;
pub mod feeds;
pub mod formula;
pub mod metric;
pub mod overall;
pub mod parts;
#[cfg(test)]
mod plain_tests;
pub mod quantity;
mod sentence;
pub mod tickets;
pub mod yardstick;
