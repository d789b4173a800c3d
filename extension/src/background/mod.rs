//! Owns what the background processes and all other backends share: the board in shared memory, latches, waking at commit.

pub mod board;
pub mod lane_marks;
pub mod latch;
pub mod vitals;
pub mod wake;
