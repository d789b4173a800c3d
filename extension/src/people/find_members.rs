//! Owns the look-up of members by what people call them: an id or an e-mail address. With the caller's rights.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::HashMap;

/// The member each id or e-mail address stands for, if active.
pub fn find_members(tenant: Uuid, given: &[&str]) -> Result<HashMap<String, Uuid>, Fault> {
    if given.is_empty() {
        return Ok(HashMap::new());
    }
    let found = sql::read(
        include_str!("sql/find_members.sql"),
        &[tenant.into(), given.to_vec().into()],
        |row| Ok((row.need("given")?, row.need("user_id")?)),
    )?;
    Ok(found.into_iter().collect())
}

/// A member that does not exist here, or no longer belongs to the tenant.
pub fn no_such_member(field: &str) -> Fault {
    Fault::invalid(field, format!("{field} is no active member of this tenant"))
        .hint("Give the id or e-mail address of a member; see the view members.")
}
