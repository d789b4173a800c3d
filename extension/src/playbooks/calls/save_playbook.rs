//! Owns the call that saves a playbook, and what it says of circles. With the caller's rights: policies and triggers decide.

use super::overview::{read_overview, require_editable};
use crate::identity;
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::id;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::playbooks::definition::{CircleLink, name_circles};
use crate::playbooks::playbook::{Playbook, Wanted, read_playbooks};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value};
use std::rc::Rc;

const KEYS: &[Key] = &[
    ("name", Kind::Text, false),
    ("description", Kind::Text, true),
    ("trigger_criteria", Kind::Any, false),
    ("actions", Kind::Any, false),
    ("webhook_url", Kind::Text, true),
    ("webhook_secret", Kind::Text, true),
    ("headers", Kind::Any, false),
    ("cooldown_minutes", Kind::Number, false),
    ("max_executions_per_day", Kind::Number, true),
    ("is_ordered", Kind::Flag, false),
    ("max_attempts", Kind::Number, true),
    ("is_active", Kind::Flag, false),
];

#[pg_extern]
fn save_playbook(
    playbook: Option<JsonText>,
    expected_version: default!(Option<i32>, "null"),
) -> JsonB {
    let _pinned = Pinned::enter();
    save(playbook.and_then(|it| it.read()), expected_version).or_raise()
}

fn save(given: Option<Value>, expected: Option<i32>) -> Result<JsonB, Fault> {
    let given = document::object("playbook", given, KEYS)?;
    let (tenant, id) = match document::id_of(&given) {
        None => add(given)?,
        Some(id) => change(&id, given, expected)?,
    };
    let mut saved = read_overview(tenant, id)?;
    saved["warnings"] = warn_of_circles(tenant, id)?.into();
    Ok(JsonB(saved))
}

/// A new one is a draft unless it says that it is active.
fn add(given: Map<String, Value>) -> Result<(Uuid, Uuid), Fault> {
    let tenant = identity::require_current(identity::Action::PlaybookEdit)?;
    for needed in ["name", "trigger_criteria"] {
        if !given.contains_key(needed) {
            return Err(Fault::invalid(
                needed,
                format!("a new playbook needs a {needed}"),
            ));
        }
    }
    require_free_name(tenant, None, &given)?;
    let id = sql::write_first(
        include_str!("../sql/add_playbook.sql"),
        &[tenant.into(), JsonB(Value::Object(given)).into()],
        |row| row.need::<Uuid>("id"),
    )?;
    let id = id.ok_or_else(|| Fault::internal("a playbook was not written"))?;
    Ok((tenant, id))
}

fn change(
    id: &str,
    given: Map<String, Value>,
    expected: Option<i32>,
) -> Result<(Uuid, Uuid), Fault> {
    let (tenant, id) = require_editable(id::parse(id))?;
    let version = sql::write_first(
        "select version from cs.playbooks where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), id.into()],
        |row| row.need::<i32>("version"),
    )?;
    if expected.is_some() && expected != version {
        return Err(Fault::changed(
            "this playbook has changed since you last saw it",
            read_overview(tenant, id)?,
        ));
    }
    require_free_name(tenant, Some(id), &given)?;
    write_change(tenant, id, given)?;
    Ok((tenant, id))
}

/// What a change writes into the column of each key, of the change $3.
const COLUMNS: [(&str, &str); 12] = [
    ("name", "$3 ->> 'name'"),
    ("description", "$3 ->> 'description'"),
    ("trigger_criteria", "$3 -> 'trigger_criteria'"),
    ("actions", "$3 -> 'actions'"),
    ("webhook_url", "$3 ->> 'webhook_url'"),
    ("webhook_secret", "$3 ->> 'webhook_secret'"),
    ("headers", "$3 -> 'headers'"),
    ("cooldown_minutes", "($3 ->> 'cooldown_minutes')::integer"),
    (
        "max_executions_per_day",
        "($3 ->> 'max_executions_per_day')::integer",
    ),
    ("is_ordered", "($3 ->> 'is_ordered')::boolean"),
    ("max_attempts", "($3 ->> 'max_attempts')::integer"),
    ("is_active", "($3 ->> 'is_active')::boolean"),
];

/// Absent is unchanged, null is cleared. Columns that are not named stay out of the statement: some of them nobody may read.
fn write_change(tenant: Uuid, id: Uuid, given: Map<String, Value>) -> Result<(), Fault> {
    let named = COLUMNS.iter().filter(|(key, _)| given.contains_key(*key));
    let changes = named.map(|(key, value)| format!("{key} = {value}"));
    let changes = changes.collect::<Vec<_>>().join(", ");
    if changes.is_empty() {
        return Ok(());
    }
    sql::run(
        &format!("update cs.playbooks set {changes} where tenant_id = $1 and id = $2"),
        &[tenant.into(), id.into(), JsonB(Value::Object(given)).into()],
    )
}

fn require_free_name(
    tenant: Uuid,
    id: Option<Uuid>,
    given: &Map<String, Value>,
) -> Result<(), Fault> {
    let Some(name) = given.get("name").and_then(Value::as_str) else {
        return Ok(());
    };
    let is_taken = sql::exists(
        include_str!("../sql/name_is_taken.sql"),
        &[tenant.into(), id.into(), name.into()],
    )?;
    match is_taken {
        false => Ok(()),
        true => Err(Fault::taken(format!(
            "a playbook with the name \"{name}\" already exists"
        ))),
    }
}

/// A sentence for each circle that the playbook closes with others, or with itself.
fn warn_of_circles(tenant: Uuid, id: Uuid) -> Result<Vec<String>, Fault> {
    let all = read_all(tenant)?;
    let links = all.iter().map(|it| CircleLink {
        id: it.id,
        name: &it.name,
        event: &it.trigger.event,
        actions: &it.actions,
    });
    let circles = name_circles(&links.collect::<Vec<_>>(), id);
    let sentence = |names: Vec<String>| match names.as_slice() {
        [alone] => format!(
            "\"{alone}\" moves accounts to a stage that it waits for itself; it runs once for each change."
        ),
        [first, ..] => {
            let names = names.iter().map(|it| format!("\"{it}\""));
            let path = names.collect::<Vec<_>>().join(", then ");
            format!(
                "These playbooks set each other off: {path}, then again \"{first}\"; each runs once for each change."
            )
        }
        [] => String::new(),
    };
    Ok(circles.into_iter().map(sentence).collect())
}

fn read_all(tenant: Uuid) -> Result<Vec<Rc<Playbook>>, Fault> {
    // Members may not read who wrote a row last.
    let _section = crate::pg::section::System::enter();
    let wanted = sql::write(
        include_str!("../sql/all_playbooks.sql"),
        &[tenant.into()],
        Wanted::of_row,
    )?;
    read_playbooks(&wanted)
}
