//! Owns how deep the tree may be. Pure.

use crate::pg::fault::Fault;

/// The deepest level of the tree, counted from 0.
pub const DEEPEST_LEVEL: i32 = 10;

/// The refusal of a level below the deepest.
pub fn too_deep() -> Fault {
    Fault::invalid(
        "parent_id",
        format!("accounts can be nested at most {DEEPEST_LEVEL} levels below a root"),
    )
    .hint("Choose a parent nearer to the root. What counts is the deepest account below the one that moves.")
}
