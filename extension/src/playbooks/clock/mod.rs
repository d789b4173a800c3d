//! Owns what fires by time: what has lasted long enough, and the moments of timetables.
//!
//! The worker asks which passes are due ([`find_due_passes`]) and makes them step by step ([`run_pass_step`]). A pass compares
//! what is so ([`super::standing`]) with what playbooks have seen begin ([`entries`]): what is new begins now, once. What is so
//! already when a playbook begins to wait is entered in silence ([`enter`]). A timetable needs no entries: of each moment
//! is known how far it has come ([`timetable_pass`]).

mod due;
mod enter;
mod entries;
mod kinds;
mod pass;
mod runs;
mod slice;
pub mod timetable;
mod timetable_pass;

pub use due::{DuePasses, find_due_passes};
pub use pass::run_pass_step;
pub use runs::{match_of, run_present};
pub use slice::PassStep;
