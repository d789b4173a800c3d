//! Owns how deep the tree may be. Pure.

use crate::pg::fault::Fault;

/// The deepest level of the tree, counted from 0.
pub const DEEPEST_LEVEL: i32 = 10;

/// What a level beyond the deepest is answered with.
pub fn too_deep() -> Fault {
    Fault::invalid(
        "parent_id",
        format!("accounts nest at most {DEEPEST_LEVEL} levels below a root"),
    )
    .hint("Choose a parent nearer to the root; the deepest account below the one moved counts.")
}
