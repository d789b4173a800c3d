//! Owns the editing of a tenant's stages as one change, against the version the caller saw. Runs with the caller's rights.

use crate::identity::{self, Action};
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

const KEYS: &[Key] = &[
    ("name", Kind::Text, false),
    ("display_order", Kind::Number, false),
    ("target_duration_days", Kind::Number, true),
    ("color_hex", Kind::Text, false),
    ("is_side", Kind::Flag, false),
    ("is_end", Kind::Flag, false),
    ("is_active", Kind::Flag, false),
    ("wip_limit", Kind::Number, true),
];

#[pg_extern(stable)]
fn stages_version() -> Option<String> {
    let _pinned = Pinned::enter();
    let tenant = identity::tenant_if_allowed(Action::StageRead)?;
    Some(read_stages(tenant).or_raise().0)
}

#[pg_extern]
fn save_stages(
    changes: Option<JsonText>,
    expected_version: default!(Option<&str>, "null"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let changes = changes.and_then(|it| it.read());
    save_all(changes, expected_version).or_raise()
}

type StageChange = Map<String, Value>;

fn save_all(changes: Option<Value>, expected: Option<&str>) -> Result<JsonB, Fault> {
    let tenant = identity::require_current(Action::StageEdit)?;
    let changes = document::read(changes, KEYS)?;
    // One call at a time; moves of accounts, which only look their stage up, do not wait for it.
    let names = sql::write(
        "select id::text as id, name from cs.journey_stages where tenant_id = $1 order by id for no key update",
        &[tenant.into()],
        |row| Ok((row.need::<String>("id")?, row.need::<String>("name")?)),
    )?;
    let names = names.into_iter().collect::<HashMap<_, _>>();
    let (version, _) = read_stages(tenant)?;
    if expected.is_some_and(|expected| expected != version) {
        return Err(Fault::changed(
            "someone else has changed the stages",
            json!({ "version": version }),
        )
        .hint("Look at the current stages, then save again with their version."));
    }
    check_names(&names, &changes)?;
    prepare_renames(tenant, &names, &changes)?;
    // The end stage is given up before another one takes its place.
    let ends = |change: &&StageChange| change.get("is_end") == Some(&Value::Bool(true));
    let (last, first) = changes.iter().partition::<Vec<_>, _>(ends);
    for change in first.into_iter().chain(last) {
        save_one(tenant, change)?;
    }
    let (version, stages) = read_stages(tenant)?;
    Ok(JsonB(json!({ "version": version, "stages": stages.0 })))
}

/// The version of a tenant's stages, a string that changes with any of them, and the stages.
fn read_stages(tenant: Uuid) -> Result<(String, JsonB), Fault> {
    sql::one(
        include_str!("sql/stages_version.sql"),
        &[tenant.into()],
        |row| Ok((row.need("version")?, row.need("stages")?)),
    )
}

fn new_name(change: &StageChange) -> Option<&str> {
    change.get("name").and_then(Value::as_str)
}

/// Every stage that is named exists, and no two end up with the same name.
fn check_names(names: &HashMap<String, String>, changes: &[StageChange]) -> Result<(), Fault> {
    let mut after = names.clone();
    for (index, change) in changes.iter().enumerate() {
        let id = match document::id_of(change) {
            None => index.to_string(),
            Some(id) if names.contains_key(&id) => id,
            Some(_) => return Err(Fault::no_such("stage")),
        };
        if let Some(name) = new_name(change) {
            after.insert(id, name.to_owned());
        }
    }
    let mut seen = HashSet::new();
    match after
        .values()
        .find(|name| !seen.insert(cs_text::fold_name(name)))
    {
        Some(name) => Err(Fault::taken(format!(
            "two stages would be called \"{name}\""
        ))),
        None => Ok(()),
    }
}

/// Locks the accounts of stages that are about to be renamed, in the order in which moves lock, account before stage;
/// and frees the new names that other stages still have, where names are swapped.
fn prepare_renames(
    tenant: Uuid,
    names: &HashMap<String, String>,
    changes: &[StageChange],
) -> Result<(), Fault> {
    let renamed = changes.iter().filter_map(|change| {
        let (id, name) = (document::id_of(change)?, new_name(change)?);
        names
            .get(&id)
            .filter(|old| *old != name)
            .map(|old| (id, old, name))
    });
    let renamed = renamed.collect::<Vec<_>>();
    if renamed.is_empty() {
        return Ok(());
    }
    let old = renamed
        .iter()
        .map(|(_, old, _)| (*old).clone())
        .collect::<Vec<_>>();
    sql::run(
        "select from cs.accounts where tenant_id = $1 and current_stage = any ($2) order by id for no key update",
        &[tenant.into(), old.into()],
    )?;
    for (id, _, name) in &renamed {
        let lowered = name.to_lowercase();
        let is_taken_by =
            |(other, old): (&String, &String)| other != id && old.to_lowercase() == lowered;
        if names.iter().any(is_taken_by) {
            sql::run(
                "update cs.journey_stages set name = id::text where tenant_id = $1 and lower(name) = lower($2)",
                &[tenant.into(), (*name).into()],
            )?;
        }
    }
    Ok(())
}

fn save_one(tenant: Uuid, change: &StageChange) -> Result<(), Fault> {
    let id = document::id_of(change);
    let statement = match id {
        None => include_str!("sql/add_stage.sql"),
        Some(_) => include_str!("sql/change_stage.sql"),
    };
    let change = JsonB(Value::Object(change.clone()));
    sql::run(statement, &[tenant.into(), change.into(), id.into()])
}
