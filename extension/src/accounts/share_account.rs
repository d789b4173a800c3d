//! Owns who else works on an account. Sharing runs with the caller's rights; sharing ends in a system section, since no
//! member deletes a row.

use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern]
fn share_account(account_id: Uuid, user_id: Uuid) {
    let _pinned = Pinned::enter();
    share(account_id, user_id).or_raise();
}

#[pg_extern]
fn unshare_account(account_id: Uuid, user_id: Uuid) {
    let _pinned = Pinned::enter();
    unshare(account_id, user_id).or_raise();
}

fn share(account: Uuid, user: Uuid) -> Result<(), Fault> {
    let tenant = editable_tenant(account)?;
    let colleagues = sql::exists(
        "select from cs.profiles where tenant_id = $1 and user_id = $2 and is_active",
        &[tenant.into(), user.into()],
    )?;
    if !colleagues {
        return Err(Fault::no_such("member"));
    }
    sql::run(
        "insert into cs.account_members (tenant_id, account_id, user_id) values ($1, $2, $3) on conflict do nothing",
        &[tenant.into(), account.into(), user.into()],
    )
}

fn unshare(account: Uuid, user: Uuid) -> Result<(), Fault> {
    let tenant = editable_tenant(account)?;
    let _section = System::enter();
    sql::run(
        "delete from cs.account_members where tenant_id = $1 and account_id = $2 and user_id = $3",
        &[tenant.into(), account.into(), user.into()],
    )
}

/// The tenant of an account the caller sees and may edit.
fn editable_tenant(account: Uuid) -> Result<Uuid, Fault> {
    let tenant = require_visible_account(account)?;
    identity::require(Action::AccountEdit, tenant)?;
    Ok(tenant)
}
