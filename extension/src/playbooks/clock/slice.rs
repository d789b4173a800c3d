//! Owns how a pass is cut into steps, each over a slice of a tenant's accounts in order.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;

/// How a step of a pass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassStep {
    /// Nothing is left to do.
    Done,
    /// There is more, after this account where one is named.
    More(Option<Uuid>),
}

/// The accounts after this one, in order, at most so many.
pub fn read_slice(tenant: Uuid, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>, Fault> {
    sql::read(
        "select id from cs.accounts where tenant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3",
        &[tenant.into(), after.into(), most.into()],
        |row| row.need("id"),
    )
}
