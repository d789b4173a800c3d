//! Owns what the background processes and all other backends share: the board in shared memory, latches, waking at commit, whether
//! a database is one to work in.

pub mod board;
pub mod footing;
pub mod lane_marks;
pub mod latch;
pub mod vitals;
pub mod wake;
