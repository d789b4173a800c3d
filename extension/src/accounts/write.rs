//! Owns accounts on their way into the table: locked and read, written many in one statement, and where that is refused ever
//! fewer at once. Runs with the caller's rights: policies and triggers decide.

use super::patch::{COLUMNS, CSM, Patch, Values};
use crate::identity;
use crate::people::{find_members, no_such_member};
use crate::pg::fault::Fault;
use crate::pg::sql::{self};
use crate::pg::subtransaction::{Failure, kept_unless_refused};
use pgrx::datum::DatumWithOid;
use pgrx::{Spi, Uuid};

/// An account as it is.
pub struct Present {
    /// Its id.
    pub id: Uuid,
    /// How often it was changed.
    pub version: i32,
    /// What people write of it.
    pub values: Values,
}

/// What an account is to become.
pub struct Target {
    /// Its id.
    pub id: Uuid,
    /// All that people write of it.
    pub values: Values,
}

/// Locks the accounts with these ids, in id order, and reads them as they are now.
pub fn locked(tenant: Uuid, ids: &[Uuid]) -> Result<Vec<Present>, Fault> {
    let columns = COLUMNS.map(|(name, _)| format!("{name}::text"));
    let query = format!(
        "select id, version, {} from cs.accounts where tenant_id = $1 and id = any ($2) order by id for no key update",
        columns.join(", ")
    );
    sql::write(&query, &[tenant.into(), ids.to_vec().into()], present)
}

fn present(row: &sql::Row<'_>) -> Result<Present, Fault> {
    let mut values = Values::default();
    for (value, (name, _)) in values.iter_mut().zip(COLUMNS) {
        *value = row.maybe(name)?;
    }
    Ok(Present {
        id: row.need("id")?,
        version: row.need("version")?,
        values,
    })
}

/// The caller's tenant, in which external ids mean something.
pub fn own_tenant() -> Result<Uuid, Fault> {
    let membership = identity::current().membership;
    membership.map(|(tenant, _)| tenant).ok_or_else(|| {
        Fault::forbidden("there is no current tenant")
            .hint("State who is calling, or choose a tenant.")
    })
}

/// Puts the id of the member meant in place of what a patch says of the CSM.
pub fn settle_csm(tenant: Uuid, patch: &mut Patch) -> Result<(), Fault> {
    let Some(Some(given)) = &patch.0[CSM] else {
        return Ok(());
    };
    let found = find_members(tenant, &[given])?.active(given);
    let found = found.ok_or_else(|| no_such_member("csm_id"))?;
    patch.0[CSM] = Some(Some(found.to_string()));
    Ok(())
}

/// Writes these columns of accounts in one statement; returns those that were not so already.
pub fn update(tenant: Uuid, targets: &[&Target], touched: &[usize]) -> Result<Vec<Uuid>, Fault> {
    if touched.is_empty() || targets.is_empty() {
        return Ok(Vec::new());
    }
    let each = |of: &dyn Fn(usize) -> String| {
        let all = touched.iter().map(|place| of(*place));
        all.collect::<Vec<_>>().join(", ")
    };
    let statement = format!(
        "update cs.accounts as account set {set}
         from (select unnest($2) as id, {given}) as wanted
         where account.tenant_id = $1 and account.id = wanted.id and row({old}) is distinct from row({new})
         returning account.id",
        set = each(&|it| format!("{0} = wanted.{0}", COLUMNS[it].0)),
        given = {
            let mut number = 2;
            let columns = touched.iter().map(|place| {
                number += 1;
                let (name, kind) = COLUMNS[*place];
                format!("unnest(${number})::{kind} as {name}")
            });
            columns.collect::<Vec<_>>().join(", ")
        },
        old = each(&|it| format!("account.{}", COLUMNS[it].0)),
        new = each(&|it| format!("wanted.{}", COLUMNS[it].0)),
    );
    let ids = targets.iter().map(|it| it.id).collect::<Vec<_>>();
    let mut arguments: Vec<DatumWithOid<'_>> = vec![tenant.into(), ids.into()];
    arguments.extend(touched.iter().map(|place| column(targets, *place)));
    sql::write(&statement, &arguments, |row| row.need("id"))
}

fn column<'a>(targets: &'a [&Target], place: usize) -> DatumWithOid<'a> {
    let values = targets.iter().map(|it| it.values[place].as_deref());
    values.collect::<Vec<_>>().into()
}

/// Writes new accounts in one statement, and returns external id and id of those it made: an account that the tenant has is left alone.
pub fn insert(tenant: Uuid, rows: &[&Values]) -> Result<Vec<(String, Uuid)>, Fault> {
    let mut arguments: Vec<DatumWithOid<'_>> = vec![tenant.into()];
    arguments.extend((0..COLUMNS.len()).map(|place| {
        let values = rows.iter().map(|it| it[place].as_deref());
        DatumWithOid::from(values.collect::<Vec<_>>())
    }));
    Spi::connect_mut(|client| {
        sql::write_on(client, include_str!("sql/insert.sql"), &arguments, |row| {
            Ok((row.need("external_id")?, row.need("id")?))
        })
    })
}

/// Into how many parts what was refused is split: one faulty account of many is found in few steps, and where all are
/// faulty little is tried in vain.
const PARTS: usize = 8;

/// Writes all items at once or, where that is refused, in ever smaller parts; what is refused alone goes to `refused`.
pub fn piecemeal<T, R>(
    items: &[&T],
    write: &impl Fn(&[&T]) -> Result<Vec<R>, Fault>,
    refused: &mut impl FnMut(&T, Failure),
) -> Vec<R> {
    match (items, kept_unless_refused(|| write(items))) {
        (_, Ok(written)) => written,
        ([alone], Err(failure)) => {
            refused(alone, failure);
            Vec::new()
        }
        (_, Err(_)) => items
            .chunks(items.len().div_ceil(PARTS).max(1))
            .flat_map(|part| piecemeal(part, write, refused))
            .collect(),
    }
}
