//! Owns what an account takes from the one that is merged into it: what it lacks itself.

use super::Pair;
use crate::pg::fault::Fault;
use crate::pg::sql;

/// Fills what is empty and returns the names of what was: CSM and attributes. It counts as a customer since the earlier of both.
pub fn take(pair: Pair) -> Result<Vec<String>, Fault> {
    sql::write(
        include_str!("sql/take_attributes.sql"),
        &[pair.tenant.into(), pair.keep.into(), pair.merged.into()],
        |row| row.need("name"),
    )
}

/// The external id that the account to keep lacks and the other one has.
pub fn external_id_to_take(pair: Pair) -> Result<Option<String>, Fault> {
    sql::first(
        "select merged.external_id
         from cs.accounts as keep
         join cs.accounts as merged on merged.tenant_id = keep.tenant_id and merged.id = $3
         where keep.tenant_id = $1 and keep.id = $2 and keep.external_id is null and merged.external_id is not null",
        &[pair.tenant.into(), pair.keep.into(), pair.merged.into()],
        |row| row.need("external_id"),
    )
}

/// Once the other account, which had it, is gone.
pub fn take_external_id(pair: Pair, external_id: &str) -> Result<(), Fault> {
    sql::run(
        "update cs.accounts set external_id = $3 where tenant_id = $1 and id = $2",
        &[pair.tenant.into(), pair.keep.into(), external_id.into()],
    )
}
