//! Owns accounts on their way into the table: locked and read, many written in one statement, and where that is refused
//! ever fewer at once. Runs with the caller's rights: policies and triggers decide.

use super::column::AccountColumn;
use super::patch::{AccountPatch, AccountValues};
use crate::identity;
use crate::people::{find_members, no_such_member};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::subtransaction::{Failure, kept_unless_refused};
use pgrx::Uuid;
use pgrx::datum::DatumWithOid;

/// An account as it is now, locked.
pub struct LockedAccount {
    /// Its id.
    pub id: Uuid,
    /// How often it was changed.
    pub version: i32,
    /// What people write of it.
    pub values: AccountValues,
}

impl LockedAccount {
    /// It with a patch of its attributes.
    pub fn with_attributes(self, patch: &str) -> AccountUpdate {
        let mut change = AccountPatch::default();
        change.set(AccountColumn::Attributes, Some(patch.to_owned()));
        AccountUpdate {
            id: self.id,
            values: change.apply_to(&self.values),
        }
    }
}

/// What an account is to become.
pub struct AccountUpdate {
    /// Its id.
    pub id: Uuid,
    /// All that people write of it.
    pub values: AccountValues,
}

/// Locks the accounts with these ids, in id order, and reads them.
pub fn lock_accounts(tenant: Uuid, ids: &[Uuid]) -> Result<Vec<LockedAccount>, Fault> {
    let columns = AccountColumn::ALL.map(|column| format!("{}::text", column.name()));
    let query = format!(
        "select id, version, {} from cs.accounts where tenant_id = $1 and id = any ($2) order by id for no key update",
        columns.join(", ")
    );
    sql::write(
        &query,
        &[tenant.into(), ids.to_vec().into()],
        read_locked_account,
    )
}

fn read_locked_account(row: &sql::Row<'_>) -> Result<LockedAccount, Fault> {
    let mut values = AccountValues::default();
    for column in AccountColumn::ALL {
        values[column] = row.maybe(column.name())?;
    }
    Ok(LockedAccount {
        id: row.need("id")?,
        version: row.need("version")?,
        values,
    })
}

/// The caller's tenant, in which external ids mean something. Errors: 42501 where there is none.
pub fn require_current_tenant() -> Result<Uuid, Fault> {
    let membership = identity::current().membership;
    membership.map(|(tenant, _)| tenant).ok_or_else(|| {
        Fault::forbidden("there is no current tenant")
            .hint("State who is calling, or choose a tenant.")
    })
}

/// Replaces the CSM that a patch gives, an id or an e-mail address, by the member's id. Errors: 22023 where there is no
/// such active member.
pub fn resolve_csm(tenant: Uuid, patch: &mut AccountPatch) -> Result<(), Fault> {
    let Some(given) = patch.value(AccountColumn::Csm) else {
        return Ok(());
    };
    let found = find_members(tenant, &[given])?.active(given);
    let found = found.ok_or_else(|| no_such_member("csm_id"))?;
    patch.set(AccountColumn::Csm, Some(found.to_string()));
    Ok(())
}

/// Writes these columns of accounts in one statement; returns the ids of the accounts that this changed.
pub fn update_accounts(
    tenant: Uuid,
    updates: &[&AccountUpdate],
    columns: &[AccountColumn],
) -> Result<Vec<Uuid>, Fault> {
    if columns.is_empty() || updates.is_empty() {
        return Ok(Vec::new());
    }
    let statement = update_statement(columns);
    let ids = updates.iter().map(|it| it.id).collect::<Vec<_>>();
    let mut arguments: Vec<DatumWithOid<'_>> = vec![tenant.into(), ids.into()];
    arguments.extend(columns.iter().map(|column| {
        let values = updates.iter().map(|it| it.values[*column].as_deref());
        DatumWithOid::from(values.collect::<Vec<_>>())
    }));
    sql::write(&statement, &arguments, |row| row.need("id"))
}

/// The update of these columns: $1 tenant, $2 ids, from $3 on the values of each column as text.
fn update_statement(columns: &[AccountColumn]) -> String {
    let list = |write: &dyn Fn(usize, AccountColumn) -> String| {
        let all = (3..).zip(columns);
        let all = all.map(|(argument, column)| write(argument, *column));
        all.collect::<Vec<_>>().join(", ")
    };
    format!(
        "update cs.accounts as account set {set}
         from (select unnest($2) as id, {given}) as wanted
         where account.tenant_id = $1 and account.id = wanted.id and row({old}) is distinct from row({new})
         returning account.id",
        set = list(&|_, column| format!("{0} = wanted.{0}", column.name())),
        given = list(&|argument, column| {
            let (name, sql_type) = (column.name(), column.sql_type());
            format!("unnest(${argument})::{sql_type} as {name}")
        }),
        old = list(&|_, column| format!("account.{}", column.name())),
        new = list(&|_, column| format!("wanted.{}", column.name())),
    )
}

/// Writes new accounts in one statement and returns the external id and id of each that it made: an account that the tenant
/// already has is left alone.
pub fn insert_accounts(
    tenant: Uuid,
    rows: &[&AccountValues],
) -> Result<Vec<(String, Uuid)>, Fault> {
    let mut arguments: Vec<DatumWithOid<'_>> = vec![tenant.into()];
    arguments.extend(AccountColumn::ALL.map(|column| {
        let values = rows.iter().map(|it| it[column].as_deref());
        DatumWithOid::from(values.collect::<Vec<_>>())
    }));
    sql::write(include_str!("sql/insert.sql"), &arguments, |row| {
        Ok((row.need("external_id")?, row.need("id")?))
    })
}

/// Into how many parts refused items are split: one faulty account of many is found in few steps, and where all are faulty
/// little is tried in vain.
const PARTS: usize = 8;

/// Writes all items at once or, where that is refused, in ever smaller parts; what is refused alone goes to `on_refusal`.
pub fn write_in_parts<T, R>(
    items: &[&T],
    write: &impl Fn(&[&T]) -> Result<Vec<R>, Fault>,
    on_refusal: &mut impl FnMut(&T, Failure),
) -> Vec<R> {
    match (items, kept_unless_refused(|| write(items))) {
        (_, Ok(written)) => written,
        ([alone], Err(failure)) => {
            on_refusal(alone, failure);
            Vec::new()
        }
        (_, Err(_)) => items
            .chunks(items.len().div_ceil(PARTS).max(1))
            .flat_map(|part| write_in_parts(part, write, on_refusal))
            .collect(),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn an_update_names_each_column_once_per_clause() {
        assert_eq!(
            update_statement(&[AccountColumn::Name, AccountColumn::Csm])
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            "update cs.accounts as account set name = wanted.name, csm_id = wanted.csm_id \
             from (select unnest($2) as id, unnest($3)::text as name, unnest($4)::uuid as csm_id) as wanted \
             where account.tenant_id = $1 and account.id = wanted.id \
             and row(account.name, account.csm_id) is distinct from row(wanted.name, wanted.csm_id) \
             returning account.id"
        );
    }
}
