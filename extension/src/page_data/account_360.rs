//! Owns the one call of an account's page. Runs with the caller's rights: what the caller may not see is left out.

use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Role, actions_on_accounts};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, caller_is_narrowed};
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXTS, UUID};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

thread_local! {
    static PAGE: Kept = const { Kept::new(include_str!("sql/account_360.sql"), &[UUID, UUID, TEXTS]) };
}

#[pg_extern(stable)]
fn account_360(account_id: Option<Uuid>) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account.and_then(read_page).or_raise()
}

fn read_page(account: Uuid) -> Result<Option<JsonB>, Fault> {
    let tenant = require_visible_account(account)?;
    let actions = allowed_actions();
    PAGE.with(|query| {
        query.first(&[tenant.into(), account.into(), actions.into()], |row| {
            row.need::<JsonB>("it")
        })
    })
}

/// What the caller may do to an account they see; a caller whom row security does not narrow may do all of it.
fn allowed_actions() -> Vec<&'static str> {
    let role = identity::current().membership.map(|(_, role)| role);
    actions_on_accounts(role.or((!caller_is_narrowed()).then_some(Role::TenantAdmin)))
}
