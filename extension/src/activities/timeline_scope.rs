//! Owns which accounts a timeline covers: one, those above it, those below it, or the whole family, as far as the
//! caller sees them.

use crate::hierarchy::{AccountPlace, find_account_place};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

#[pg_extern(stable)]
fn timeline_scope(
    account_id: Option<Uuid>,
    scope: Option<&str>,
) -> TableIterator<'static, (name!(tenant_id, Uuid), name!(id, Uuid))> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    let accounts =
        account.and_then(|account| accounts_in_scope(account, scope.unwrap_or("account")));
    TableIterator::new(accounts.or_raise())
}

fn accounts_in_scope(account: Uuid, scope: &str) -> Result<Vec<(Uuid, Uuid)>, Fault> {
    let it = find_account_place(account)?;
    match scope {
        "account" => Ok(vec![(it.tenant, account)]),
        "parents" => sql::read(
            "select id from cs.accounts where tenant_id = $1 and id = any (string_to_array($2, '/')::uuid[])",
            &[it.tenant.into(), it.path.as_str().into()],
            |row| Ok((it.tenant, row.need("id")?)),
        ),
        "children" => account_and_below(&it, &it.path),
        "all" => account_and_below(&it, it.path.split('/').next().unwrap_or(&it.path)),
        other => Err(
            Fault::invalid("scope", format!("there is no scope \"{other}\""))
                .hint("Scopes are account, parents, children and all."),
        ),
    }
}

/// The account with this path and all below it.
fn account_and_below(it: &AccountPlace, path: &str) -> Result<Vec<(Uuid, Uuid)>, Fault> {
    sql::read(
        "select id from cs.accounts
         where tenant_id = $1 and (hierarchy_path = $2 or (hierarchy_path >= $2 || '/' and hierarchy_path < $2 || '0'))",
        &[it.tenant.into(), path.into()],
        |row| Ok((it.tenant, row.need("id")?)),
    )
}
