//! No tenant, and no stranger, slows, stops or starves another: each does its worst while the others are watched.

mod locks;
