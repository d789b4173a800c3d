//! Owns what the planner assumes about `may_see_account`: most callers see every account, and the fence has already
//! narrowed the rows to their tenant. Without it PostgreSQL assumes that a third of the rows pass and picks plans for
//! few.

use pgrx::prelude::*;
use pgrx::{Internal, pg_sys};

/// Planner support function (PostgreSQL documentation, "Function Optimization Information"): answers requests for the
/// selectivity, and leaves all others to the planner by returning a null pointer, which is not SQL's NULL.
#[pg_extern(immutable, parallel_safe)]
fn may_see_account_support(request: Internal) -> Internal {
    let Some(node) = request.unwrap() else {
        return no_answer();
    };
    let node = node.cast_mut_ptr::<pg_sys::Node>();
    // SAFETY: the planner passes a support request node; its tag tells which one.
    unsafe {
        if (*node).type_ != pg_sys::NodeTag::T_SupportRequestSelectivity {
            return no_answer();
        }
        (*node.cast::<pg_sys::SupportRequestSelectivity>()).selectivity = 1.0;
        Internal::from(Some(pg_sys::Datum::from(node)))
    }
}

fn no_answer() -> Internal {
    Internal::from(Some(pg_sys::Datum::null()))
}
