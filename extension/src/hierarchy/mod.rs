//! Owns the tree of accounts: parent_id says what is below what; level and path are kept with it, so that a subtree is
//! one range of an index.
//!
//! A BEFORE trigger gives each row its probable place, a statement trigger rewrites what moved, and functions read the
//! tree with the caller's rights.

mod depth;
mod lock;
mod lookup;
mod place;
mod relatives;
mod rewrite;
mod rollup;

pub use depth::DEEPEST_LEVEL;
pub use lock::lock_for_move;
pub use lookup::{AccountPlace, find_account_place};
pub use place::{place_new_account, place_updated_account};
pub use rewrite::is_rewriting;
