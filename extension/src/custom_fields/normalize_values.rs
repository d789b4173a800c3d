//! Owns the values of custom fields while an account is written: checked where they change, filled in where they are new.

use super::attributes::{self, path, value};
use super::definitions::{CustomField, active_fields};
use super::field_type::CustomFieldType;
use crate::people::find_members;
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::merge_patch::merged;
use pgrx::Uuid;
use serde_json::{Map, Value};

/// Checks what differs between new and old attributes (no old ones: a new account), and returns them as they are to be
/// stored, where that differs from what was given.
pub fn normalize(tenant: Uuid, new: &str, old: Option<&str>) -> Result<Option<String>, Fault> {
    let fields = active_fields(tenant)?;
    if fields.is_empty() {
        return Ok(None);
    }
    let new_parts = attributes::parts(new)?;
    let old_parts = old.map(attributes::parts).transpose()?;
    let mut changes = Map::new();
    for field in fields.iter() {
        if let Some(instead) = normalize_value(tenant, field, &new_parts, old_parts.as_ref())? {
            changes.insert(field.key.clone(), instead);
        }
    }
    match changes.is_empty() {
        true => Ok(None),
        false => Ok(Some(merged(new, &Value::Object(changes).to_string()))),
    }
}

/// The value to store, where it is not the one given.
fn normalize_value(
    tenant: Uuid,
    field: &CustomField,
    new: &Parts<'_>,
    old: Option<&Parts<'_>>,
) -> Result<Option<Value>, Fault> {
    let given = read(new, &field.key)?;
    let before = old.map(|old| read(old, &field.key)).transpose()?;
    if before.as_ref() == Some(&given) {
        return Ok(None);
    }
    match (given, before) {
        (None | Some(Value::Null), before) => {
            if old.is_none() && !new.contains_key(&field.key) && field.default.is_some() {
                return Ok(field.default.clone());
            }
            let had_one = before.is_none_or(|it| it.is_some_and(|it| !it.is_null()));
            match field.is_required && had_one {
                true => Err(complaint(field, "must be given")),
                false => Ok(None),
            }
        }
        (Some(given), _) => check_value(tenant, field, &given),
    }
}

fn read(parts: &Parts<'_>, key: &str) -> Result<Option<Value>, Fault> {
    parts.get(key).map(|raw| value(key, raw)).transpose()
}

/// Refuses a value that does not fit; the e-mail address of a member becomes the id.
fn check_value(tenant: Uuid, field: &CustomField, given: &Value) -> Result<Option<Value>, Fault> {
    if let Some(mismatch) = field.kind.mismatch(given, &field.options) {
        return Err(complaint(field, &format!("must be {mismatch}")));
    }
    if field.kind != CustomFieldType::Member {
        return Ok(None);
    }
    let text = given.as_str().unwrap_or_default();
    match member_id(tenant, text)? {
        Some(id) => Ok((id != text).then(|| id.into())),
        None => Err(complaint(field, "is not an active member of this tenant")),
    }
}

/// The id of an active member with this id or e-mail address.
pub fn member_id(tenant: Uuid, given: &str) -> Result<Option<String>, Fault> {
    let found = find_members(tenant, &[given])?.active(given);
    Ok(found.map(|id| id.to_string()))
}

fn complaint(field: &CustomField, what: &str) -> Fault {
    Fault::invalid(&path(&field.key), format!("{} {what}", field.label))
}
