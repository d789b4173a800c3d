//! Owns the background processes: a launcher, one worker per database that has the extension, and how they are woken.

pub mod chores;
mod databases;
mod extension_lock;
pub mod launcher;
pub mod main_loop;
pub mod transaction;
pub mod utility_hook;
