//! Owns which accounts the rows of a call name: two queries for all of them, with the caller's rights.

use super::row::{Checked, Named};
use crate::identity;
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Reason;
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::HashMap;

/// What one cannot see does not exist: the two are never told apart.
const NO_SUCH_ACCOUNT: Reason = "no such account";

/// The accounts that were found.
pub struct Accounts {
    /// The tenant in which external ids mean something.
    tenant: Option<Uuid>,
    /// Id to tenant.
    by_id: HashMap<[u8; 16], Uuid>,
    /// External id to id.
    by_external_id: HashMap<String, Uuid>,
}

impl Accounts {
    /// Looks up whatever the rows name.
    pub fn named_by(rows: &[Checked<'_>]) -> Result<Self, Fault> {
        let tenant = identity::current().membership.map(|(tenant, _)| tenant);
        let ids = distinct(rows, |named| match named {
            Named::Id(id) => Some(*id),
            Named::External(_) => None,
        });
        let external_ids = distinct(rows, |named| match named {
            Named::Id(_) => None,
            Named::External(id) => Some(id.as_ref()),
        });
        Ok(Self {
            tenant,
            by_id: by_id(&ids)?,
            by_external_id: match tenant {
                Some(tenant) => by_external_id(tenant, external_ids)?,
                None => HashMap::new(),
            },
        })
    }

    /// Tenant and id of a named account, or why there is none.
    pub fn find(&self, named: &Named<'_>) -> Result<(Uuid, Uuid), Reason> {
        match named {
            Named::Id(id) => {
                let tenant = self.by_id.get(id.as_bytes()).ok_or(NO_SUCH_ACCOUNT)?;
                Ok((*tenant, Uuid::from_bytes(*id.as_bytes())))
            }
            Named::External(id) => {
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
    rows: &'a [Checked<'_>],
    pick: impl Fn(&'a Named<'_>) -> Option<T>,
) -> Vec<T> {
    let mut values = rows
        .iter()
        .filter_map(|row| pick(row.account.as_ref()?))
        .collect::<Vec<_>>();
    values.sort_unstable();
    values.dedup();
    values
}

fn by_id(ids: &[uuid::Uuid]) -> Result<HashMap<[u8; 16], Uuid>, Fault> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = ids
        .iter()
        .map(|id| Uuid::from_bytes(*id.as_bytes()))
        .collect::<Vec<_>>();
    let found = sql::read(
        include_str!("sql/accounts_by_id.sql"),
        &[ids.into()],
        |row| Ok((*row.need::<Uuid>("id")?.as_bytes(), row.need("tenant_id")?)),
    )?;
    Ok(found.into_iter().collect())
}

fn by_external_id(tenant: Uuid, ids: Vec<&str>) -> Result<HashMap<String, Uuid>, Fault> {
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
