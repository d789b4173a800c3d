//! Owns the look at values that are there already: which of them a field of another type would not take.

use super::field_type::CustomFieldType;
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::collections::HashSet;

/// A value that would not fit.
pub struct Misfit {
    /// Whose.
    pub account: Uuid,
    /// Its name.
    pub name: String,
    /// The value.
    pub value: Value,
    /// Why not.
    pub reason: String,
}

/// The values of a key, of the accounts that the caller sees, that do not fit a type; by name of the account.
pub fn misfits(
    tenant: Uuid,
    key: &str,
    kind: CustomFieldType,
    options: &[String],
) -> Result<Vec<Misfit>, Fault> {
    let held = sql::write(
        include_str!("sql/held.sql"),
        &[tenant.into(), key.into()],
        |row| {
            Ok((
                row.need::<Uuid>("id")?,
                row.need::<String>("name")?,
                row.need::<JsonB>("value")?.0,
            ))
        },
    )?;
    let members = match kind {
        CustomFieldType::Member => members(tenant)?,
        _ => HashSet::new(),
    };
    let misfit = |(account, name, value): (Uuid, String, Value)| {
        let is_stranger = || {
            let known = value.as_str().is_some_and(|it| members.contains(it));
            (kind == CustomFieldType::Member && !known).then(|| "the id of a member".to_owned())
        };
        let lack = kind.mismatch(&value, options).or_else(is_stranger)?;
        Some(Misfit {
            account,
            name,
            value,
            reason: format!("must be {lack}"),
        })
    };
    Ok(held.into_iter().filter_map(misfit).collect())
}

/// As values hold them: an address in one would have to become an id first.
fn members(tenant: Uuid) -> Result<HashSet<String>, Fault> {
    let ids = sql::write(
        "select user_id::text as it from cs.profiles where tenant_id = $1",
        &[tenant.into()],
        |row| row.need("it"),
    )?;
    Ok(ids.into_iter().collect())
}

/// Refuses a type that values would not fit.
pub fn require(
    tenant: Uuid,
    key: &str,
    kind: CustomFieldType,
    options: &[String],
) -> Result<(), Fault> {
    let misfits = misfits(tenant, key, kind, options)?;
    let message = match misfits.as_slice() {
        [] => return Ok(()),
        [alone] => format!("1 value {}", alone.reason),
        many => format!("{} values are not {}", many.len(), kind.plural()),
    };
    Err(Fault::invalid("type", message).hint("check_custom_field lists them; change them first."))
}
