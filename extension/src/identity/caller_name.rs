//! Owns what the caller is called where something says who did it.

use super::current;
use crate::pg::fault::Fault;
use crate::pg::sql;

/// The name of the person in their tenant; of who is no person there, that of their database role.
pub fn caller_name() -> Result<String, Fault> {
    let caller = current();
    let person = match (caller.user, caller.membership) {
        (Some(user), Some((tenant, _))) => sql::first(
            "select full_name from cs.profiles where tenant_id = $1 and user_id = $2",
            &[tenant.into(), user.into()],
            |row| row.need::<String>("full_name"),
        )?,
        _ => None,
    };
    match person {
        Some(name) => Ok(name),
        None => sql::one("select session_user::text as role", &[], |row| {
            row.need("role")
        }),
    }
}
