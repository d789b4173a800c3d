//! Owns which two accounts can be merged. With the caller's rights.

use super::Pair;
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;

/// Two accounts that the caller sees and may merge. Errors: P0002 where one is not there, 42501 without the right, 22023 for one
/// account twice or two tenants.
pub fn require_pair(keep: Option<Uuid>, merged: Option<Uuid>) -> Result<Pair, Fault> {
    let there = |id: Option<Uuid>| id.ok_or_else(|| Fault::no_such("account"));
    let (keep, merged) = (there(keep)?, there(merged)?);
    let tenant = require_visible_account(keep)?;
    let other = require_visible_account(merged)?;
    identity::require(Action::AccountDelete, tenant)?;
    if tenant != other {
        return Err(Fault::invalid(
            "merged",
            "accounts of two tenants cannot be merged",
        ));
    }
    if keep == merged {
        return Err(Fault::invalid(
            "merged",
            "an account cannot be merged with itself",
        ));
    }
    Ok(Pair {
        tenant,
        keep,
        merged,
    })
}

/// An account takes over what stands below the other; it must not be among that itself, unless directly.
pub fn refuse_circle(pair: Pair) -> Result<(), Fault> {
    let stands_deeper = sql::exists(
        "select from cs.accounts
         where tenant_id = $1 and id = $2 and parent_id <> $3
            and $3::text = any (string_to_array(hierarchy_path, '/'))",
        &[pair.tenant.into(), pair.keep.into(), pair.merged.into()],
    )?;
    match stands_deeper {
        false => Ok(()),
        true => Err(Fault::invalid(
            "merged",
            "the account to keep stands below subsidiaries of the other one, which would become its own",
        )
        .hint("Move it next to the other account first, or keep the other one.")),
    }
}
