//! Owns the look-up of the accounts that the rows of a call name: two queries for all of them, with the caller's rights.

use super::row::CheckedRow;
use crate::accounts::AccountName;
use crate::identity;
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Reason;
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::HashMap;

/// The reason is the same for an account that does not exist and one that the caller cannot see.
const NO_SUCH_ACCOUNT: Reason = "no such account";

/// The accounts that were found.
pub struct NamedAccounts {
    /// The tenant in which external ids mean something.
    tenant: Option<Uuid>,
    /// Id to tenant.
    by_id: HashMap<Uuid, Uuid>,
    /// External id to id.
    by_external_id: HashMap<String, Uuid>,
}

impl NamedAccounts {
    /// Looks up the accounts that the rows name.
    pub fn find_all(rows: &[CheckedRow<'_>]) -> Result<Self, Fault> {
        let tenant = identity::current().membership.map(|(tenant, _)| tenant);
        let ids = distinct(rows, |named| match named {
            AccountName::Id(id) => Some(*id),
            AccountName::External(_) => None,
        });
        let external_ids = distinct(rows, |named| match named {
            AccountName::Id(_) => None,
            AccountName::External(id) => Some(id.as_ref()),
        });
        Ok(Self {
            tenant,
            by_id: find_by_id(ids)?,
            by_external_id: match tenant {
                Some(tenant) => find_by_external_id(tenant, external_ids)?,
                None => HashMap::new(),
            },
        })
    }

    /// The tenant in which external ids mean something; `None`: none is chosen.
    pub const fn tenant(&self) -> Option<Uuid> {
        self.tenant
    }

    /// Tenant and id of a named account, or why there is none.
    pub fn find(&self, named: &AccountName<'_>) -> Result<(Uuid, Uuid), Reason> {
        match named {
            AccountName::Id(id) => {
                let tenant = self.by_id.get(id).ok_or(NO_SUCH_ACCOUNT)?;
                Ok((*tenant, *id))
            }
            AccountName::External(id) => {
                let tenant = self
                    .tenant
                    .ok_or("needs a current tenant; name the account by account_id")?;
                let account = self
                    .by_external_id
                    .get(id.as_ref())
                    .ok_or(NO_SUCH_ACCOUNT)?;
                Ok((tenant, *account))
            }
        }
    }
}

/// Each value once.
fn distinct<'a, T: Ord>(
    rows: &'a [CheckedRow<'_>],
    pick: impl Fn(&'a AccountName<'_>) -> Option<T>,
) -> Vec<T> {
    let mut values = rows
        .iter()
        .filter_map(|row| pick(row.account.as_ref()?))
        .collect::<Vec<_>>();
    values.sort_unstable();
    values.dedup();
    values
}

fn find_by_id(ids: Vec<Uuid>) -> Result<HashMap<Uuid, Uuid>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = sql::read(
        include_str!("sql/accounts_by_id.sql"),
        &[ids.into()],
        |row| Ok((row.need("id")?, row.need("tenant_id")?)),
    )?;
    Ok(found.into_iter().collect())
}

fn find_by_external_id(tenant: Uuid, ids: Vec<&str>) -> Result<HashMap<String, Uuid>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = sql::read(
        include_str!("sql/accounts_by_external_id.sql"),
        &[tenant.into(), ids.into()],
        |row| Ok((row.need("external_id")?, row.need("id")?)),
    )?;
    Ok(found.into_iter().collect())
}
