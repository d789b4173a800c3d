//! Owns the end of an account: who may delete it, and when it cannot be. What stays of it is kept by the trigger.

use super::deletion::Deletion;
use super::write_accounts::lock_accounts;
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern]
fn delete_account(account_id: Option<Uuid>, reason: Option<&str>) {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| delete(account, reason))
        .or_raise();
}

fn delete(account: Uuid, reason: Option<&str>) -> Result<(), Fault> {
    let tenant = require_visible_account(account)?;
    identity::require(Action::AccountDelete, tenant)?;
    let reason = require_reason(reason)?;
    lock_accounts(tenant, &[account])?;
    refuse_parent(tenant, account)?;
    let deletion = Deletion {
        reason: Some(reason),
        merged_into: None,
    };
    delete_row(tenant, account, deletion)
}

fn require_reason(reason: Option<&str>) -> Result<String, Fault> {
    let reason = reason.map(cs_text::trim).filter(|it| !it.is_empty());
    reason.map(str::to_owned).ok_or_else(|| {
        Fault::invalid("reason", "say why the account is deleted")
            .hint("The audit log keeps the reason.")
    })
}

fn refuse_parent(tenant: Uuid, account: Uuid) -> Result<(), Fault> {
    let children = sql::count(
        "select from cs.accounts where tenant_id = $1 and parent_id = $2",
        &[tenant.into(), account.into()],
    )?;
    match children {
        0 => Ok(()),
        _ => Err(Fault::in_use(format!(
            "an account that has subsidiaries cannot be deleted: {children} stand below it"
        ))
        .hint("Delete them or move them elsewhere first.")),
    }
}

/// Deletes an account that the caller was found to see and to have the right for.
pub fn delete_row(tenant: Uuid, account: Uuid, deletion: Deletion) -> Result<(), Fault> {
    let _deletion = deletion.begin();
    let _section = System::enter();
    sql::run(
        "delete from cs.accounts where tenant_id = $1 and id = $2",
        &[tenant.into(), account.into()],
    )
}
