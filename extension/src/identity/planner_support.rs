//! Owns what the planner is told about `may_see_account`: most callers see every account, and the fence has narrowed the
//! tenant already. Without it PostgreSQL takes a third of the rows and picks plans for few.

use pgrx::prelude::*;
use pgrx::{Internal, pg_sys};

/// Planner support function (PostgreSQL documentation, "Function Optimization Information"): answers requests for the
/// selectivity, and leaves all others to the planner by answering a null pointer, which is not SQL's NULL.
#[pg_extern(immutable, parallel_safe)]
fn may_see_account_support(request: Internal) -> Internal {
    let Some(node) = request.unwrap() else {
        return unanswered();
    };
    let node = node.cast_mut_ptr::<pg_sys::Node>();
    // SAFETY: the planner passes a support request node; its tag tells which one.
    unsafe {
        if (*node).type_ != pg_sys::NodeTag::T_SupportRequestSelectivity {
            return unanswered();
        }
        (*node.cast::<pg_sys::SupportRequestSelectivity>()).selectivity = 1.0;
        Internal::from(Some(pg_sys::Datum::from(node)))
    }
}

fn unanswered() -> Internal {
    Internal::from(Some(pg_sys::Datum::null()))
}
