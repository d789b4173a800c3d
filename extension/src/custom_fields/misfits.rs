//! Owns the look at existing values: which of them would not fit another type of field.

use super::field_type::CustomFieldType;
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::collections::HashSet;

/// An existing value that would not fit.
pub struct Misfit {
    /// The account that has it.
    pub account: Uuid,
    /// Name of the account.
    pub name: String,
    /// The value.
    pub value: Value,
    /// What it must be instead, as a phrase that begins with "must be".
    pub reason: String,
}

/// The values of a key, of the accounts that the caller sees, that do not fit a type; by name of the account.
pub fn find_misfits(
    tenant: Uuid,
    key: &str,
    kind: CustomFieldType,
    options: &[String],
) -> Result<Vec<Misfit>, Fault> {
    let held = sql::write(
        include_str!("sql/values_of_key.sql"),
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
        CustomFieldType::Member => member_ids(tenant)?,
        _ => HashSet::new(),
    };
    let misfit = |(account, name, value): (Uuid, String, Value)| {
        let is_stranger = || {
            let known = value.as_str().is_some_and(|it| members.contains(it));
            (kind == CustomFieldType::Member && !known).then(|| "the id of a member".to_owned())
        };
        let mismatch = kind.mismatch(&value, options).or_else(is_stranger)?;
        Some(Misfit {
            account,
            name,
            value,
            reason: format!("must be {mismatch}"),
        })
    };
    Ok(held.into_iter().filter_map(misfit).collect())
}

/// The ids of all members, active or not. Values hold ids: an e-mail address in one would have to become an id first.
fn member_ids(tenant: Uuid) -> Result<HashSet<String>, Fault> {
    let ids = sql::write(
        "select user_id::text as it from cs.profiles where tenant_id = $1",
        &[tenant.into()],
        |row| row.need("it"),
    )?;
    Ok(ids.into_iter().collect())
}

/// Refuses a type that existing values would not fit (22023).
pub fn refuse_misfits(
    tenant: Uuid,
    key: &str,
    kind: CustomFieldType,
    options: &[String],
) -> Result<(), Fault> {
    let misfits = find_misfits(tenant, key, kind, options)?;
    let message = match misfits.as_slice() {
        [] => return Ok(()),
        [alone] => format!("1 value {}", alone.reason),
        many => format!("{} values are not {}", many.len(), kind.plural()),
    };
    Err(Fault::invalid("type", message).hint("check_custom_field lists them; change them first."))
}
