//! Owns the calls that save and delete views. Runs with the caller's rights: policies and the trigger decide.

use crate::identity::{self, Action};
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value, json};

const KEYS: &[Key] = &[
    ("page", Kind::Text, false),
    ("name", Kind::Text, false),
    ("criteria", Kind::Any, true),
    ("settings", Kind::Any, false),
    ("is_shared", Kind::Flag, false),
];

#[pg_extern]
fn save_view(view: JsonText, expected_version: default!(Option<i32>, "null")) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    save(view.read(), expected_version).or_raise()
}

#[pg_extern]
fn delete_view(view_id: Option<Uuid>) {
    let _pinned = Pinned::enter();
    delete(view_id).or_raise();
}

fn save(view: Option<Value>, expected: Option<i32>) -> Result<Option<JsonB>, Fault> {
    let view = document::object("view", view, KEYS)?;
    let caller = identity::current();
    let (Some(user), Some((tenant, _))) = (caller.user, caller.membership) else {
        return Err(Fault::forbidden(
            "a view belongs to a person, and no one is signed in",
        ));
    };
    match document::id_of(&view) {
        None => add(tenant, user, view),
        Some(id) => change(tenant, user, &id, view, expected),
    }
}

fn add(tenant: Uuid, user: Uuid, view: Map<String, Value>) -> Result<Option<JsonB>, Fault> {
    for needed in ["page", "name"] {
        if !view.contains_key(needed) {
            return Err(Fault::invalid(
                &format!("view.{needed}"),
                format!("view.{needed} must be given"),
            ));
        }
    }
    require_free_name(tenant, user, None, &view)?;
    sql::write_first(
        include_str!("sql/add.sql"),
        &[tenant.into(), JsonB(Value::Object(view)).into()],
        |row| row.need::<JsonB>("it"),
    )
}

fn change(
    tenant: Uuid,
    user: Uuid,
    id: &str,
    view: Map<String, Value>,
    expected: Option<i32>,
) -> Result<Option<JsonB>, Fault> {
    let found = sql::first(
        "select owner_id, version, page, name from cs.saved_views where tenant_id = $1 and id::text = $2",
        &[tenant.into(), id.into()],
        |row| {
            Ok((
                row.need::<Uuid>("owner_id")?,
                row.need::<i32>("version")?,
                row.need::<String>("page")?,
                row.need::<String>("name")?,
            ))
        },
    )?;
    let (owner, version, page, name) = found.ok_or_else(|| Fault::no_such("view"))?;
    if owner != user {
        return Err(Fault::forbidden("only its owner may change a view")
            .hint("Save it under a name of your own."));
    }
    if expected.is_some_and(|expected| expected != version) {
        return Err(Fault::changed(
            "this view has changed since you last saw it",
            json!({ "version": version, "name": name }),
        )
        .hint("Load it again, then save."));
    }
    let mut named = view.clone();
    named.entry("page").or_insert(page.into());
    named.entry("name").or_insert(name.into());
    require_free_name(tenant, user, Some(id), &named)?;
    sql::write_first(
        include_str!("sql/change.sql"),
        &[tenant.into(), id.into(), JsonB(Value::Object(view)).into()],
        |row| row.need::<JsonB>("it"),
    )
}

/// The unique index ensures it; this refuses with a sentence for the reader.
fn require_free_name(
    tenant: Uuid,
    user: Uuid,
    id: Option<&str>,
    view: &Map<String, Value>,
) -> Result<(), Fault> {
    let text = |key: &str| view.get(key).and_then(Value::as_str);
    let is_taken = sql::exists(
        "select from cs.saved_views where tenant_id = $1 and owner_id = $2 and page = $3 and lower(name) = lower($4)
             and id::text is distinct from $5",
        &[
            tenant.into(),
            user.into(),
            text("page").into(),
            text("name").into(),
            id.into(),
        ],
    )?;
    match is_taken {
        false => Ok(()),
        true => Err(Fault::taken("you already have a view with this name")
            .hint("Choose another name, or give the id to change that view.")),
    }
}

fn delete(view: Option<Uuid>) -> Result<(), Fault> {
    let found = sql::first(
        "select tenant_id, owner_id from cs.saved_views where id = $1",
        &[view.into()],
        |row| {
            Ok((
                row.need::<Uuid>("tenant_id")?,
                row.need::<Uuid>("owner_id")?,
            ))
        },
    )?;
    let (tenant, owner) = found.ok_or_else(|| Fault::no_such("view"))?;
    let action = match identity::current().user == Some(owner) {
        true => Action::ViewSave,
        false => Action::ViewDelete,
    };
    identity::require(action, tenant)?;
    let _section = System::enter();
    sql::run(
        "delete from cs.saved_views where tenant_id = $1 and id = $2",
        &[tenant.into(), view.into()],
    )
}
