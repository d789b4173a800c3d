//! Owns the formulas: evidence in, a score with its parts out. Pure.

pub mod band;
pub mod best_quarter;
pub mod calendar;
pub mod clock;
pub mod component;
pub mod evidence;
mod facts;
pub mod feeds;
pub mod formula;
pub mod gain;
pub mod metric;
pub mod overall;
pub mod parts;
#[cfg(test)]
mod plain_tests;
pub mod quantity;
pub mod sentence;
pub mod tickets;
pub mod time;
pub mod unused;
pub mod yardstick;
pub mod zone;
