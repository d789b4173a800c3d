//! Owns the background processes: a launcher, and per database that has the extension two workers, one that sends deliveries and one
//! for all other chores; how they live, and how they give way.

pub mod chores;
mod databases;
pub mod deliveries;
mod extension_lock;
pub mod launcher;
mod prepared_transaction;
pub mod process;
mod reload;
mod rest;
mod rounds;
mod stand_by;
mod status;
mod time_limit;
pub mod transaction;
pub mod utility_hook;
