//! Owns the tree of accounts: parent_id is the truth, level and path are kept, a subtree is one range of an index.
//!
//! A BEFORE trigger gives each row its likely place, a statement trigger rewrites what moved, and functions read the tree
//! with their caller's rights.

mod depth;
mod kin;
mod lineage;
mod lock;
mod place;
mod rewrite;
mod rollup;

pub use lineage::{Subject, subject};
pub use lock::for_move;
pub use place::{begin, follow};
pub use rewrite::is_rewriting;
