//! Owns the calls that define a custom field and list the values that would not fit one. Run with the caller's rights.

use super::check_field::require_type;
use super::definitions::read_options;
use super::misfits;
use crate::identity::{self, Action};
use crate::named_by::read_named_by;
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::id;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::Value;

const KEYS: &[Key] = &[
    ("key", Kind::Text, false),
    ("label", Kind::Text, false),
    ("type", Kind::Text, false),
    ("description", Kind::Text, true),
    ("is_required", Kind::Flag, false),
    ("default_value", Kind::Any, true),
    ("options", Kind::Any, true),
    ("in_lists", Kind::Flag, false),
    ("in_import", Kind::Flag, false),
    ("display_order", Kind::Number, false),
    ("is_active", Kind::Flag, false),
];

#[pg_extern]
fn save_custom_field(field: Option<JsonText>) -> JsonB {
    let _pinned = Pinned::enter();
    save(field.and_then(|it| it.read())).or_raise()
}

fn save(field: Option<Value>) -> Result<JsonB, Fault> {
    let tenant = identity::require_current(Action::FieldEdit)?;
    let field = document::object("field", field, KEYS)?;
    let id = document::id_of(&field);
    if id.is_none() {
        for needed in ["key", "label", "type"] {
            if !field.contains_key(needed) {
                let message = format!("a new field needs a {needed}");
                return Err(Fault::invalid(needed, message));
            }
        }
        require_free_key(tenant, field.get("key"))?;
    }
    let statement = match id {
        None => include_str!("sql/add.sql"),
        Some(_) => include_str!("sql/change.sql"),
    };
    let saved = sql::write_first(
        statement,
        &[tenant.into(), JsonB(Value::Object(field)).into(), id.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    let saved = saved.ok_or_else(no_such_field)?;
    match saved.0["is_active"] == Value::Bool(false) {
        true => tell_named_by(saved),
        false => Ok(saved),
    }
}

/// An archived field with what still asks for it.
fn tell_named_by(mut field: JsonB) -> Result<JsonB, Fault> {
    let id = field.0["id"].as_str().and_then(id::parse);
    if let Some(id) = id {
        field.0["named_by"] = read_named_by(id)?;
    }
    Ok(field)
}

fn require_free_key(tenant: Uuid, key: Option<&Value>) -> Result<(), Fault> {
    let key = key.and_then(Value::as_str).unwrap_or_default();
    let is_taken = sql::exists(
        "select from cs.custom_fields where tenant_id = $1 and key = $2",
        &[tenant.into(), key.into()],
    )?;
    match is_taken {
        false => Ok(()),
        true => Err(
            Fault::taken(format!("a field with the key \"{key}\" already exists"))
                .hint("If it is archived, set is_active to bring it back."),
        ),
    }
}

fn no_such_field() -> Fault {
    Fault::no_such("custom field")
}

type MisfitRow = (Uuid, String, JsonB, String);

// Written out because `type` is a keyword of Rust.
#[pg_extern(sql = r#"
create function cs."check_custom_field"("id" uuid, "type" text)
    returns table ("account_id" uuid, "name" text, "value" jsonb, "reason" text)
    stable strict
    language c
    as '@MODULE_PATHNAME@', '@FUNCTION_NAME@';
"#)]
fn check_custom_field(
    id: Uuid,
    kind: &str,
) -> TableIterator<
    'static,
    (
        name!(account_id, Uuid),
        name!(name, String),
        name!(value, JsonB),
        name!(reason, String),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(misfit_rows(id, kind).or_raise())
}

fn misfit_rows(id: Uuid, kind: &str) -> Result<Vec<MisfitRow>, Fault> {
    let found = sql::first(
        "select tenant_id, key, options from cs.custom_fields where id = $1",
        &[id.into()],
        |row| {
            Ok((
                row.need::<Uuid>("tenant_id")?,
                row.need::<String>("key")?,
                row.maybe::<JsonB>("options")?.map(|it| it.0),
            ))
        },
    )?;
    let (tenant, key, given) = found.ok_or_else(no_such_field)?;
    let misfits = misfits::find_misfits(
        tenant,
        &key,
        require_type(kind)?,
        &read_options(given.as_ref()),
    )?;
    Ok(misfits
        .into_iter()
        .map(|it| (it.account, it.name, JsonB(it.value), it.reason))
        .collect())
}
