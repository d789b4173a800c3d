//! Owns the editing of a stage's milestones. Runs with the caller's rights: policies and the
//! trigger decide.

use crate::identity::{self, Action};
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value};

const KEYS: &[Key] = &[
    ("title", Kind::Text, false),
    ("description", Kind::Text, true),
    ("is_required", Kind::Flag, false),
    ("due_after_days", Kind::Number, true),
    ("display_order", Kind::Number, false),
    ("criteria", Kind::Any, true),
    ("is_active", Kind::Flag, false),
];

#[pg_extern]
fn save_milestones(stage_id: Uuid, changes: JsonText) -> JsonB {
    let _pinned = Pinned::enter();
    save_all(stage_id, changes.read()).or_raise()
}

fn save_all(stage: Uuid, changes: Option<Value>) -> Result<JsonB, Fault> {
    let tenant = require_editable_stage(stage)?;
    for change in document::read(changes, KEYS)? {
        save_one(tenant, stage, change)?;
    }
    let milestones = sql::write_first(
        "select coalesce(jsonb_agg(to_jsonb(it) order by it.display_order, it.title), '[]') as it
         from cs.stage_milestones as it where it.tenant_id = $1 and it.stage_id = $2",
        &[tenant.into(), stage.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    milestones.ok_or_else(|| Fault::internal("milestones cannot be read"))
}

/// The tenant of a stage, which the caller must see (P0002) and may edit (42501).
pub fn require_editable_stage(stage: Uuid) -> Result<Uuid, Fault> {
    let tenant = sql::first(
        "select tenant_id from cs.journey_stages where id = $1",
        &[stage.into()],
        |row| row.need::<Uuid>("tenant_id"),
    )?;
    let tenant = tenant.ok_or_else(|| Fault::no_such("stage"))?;
    identity::require(Action::StageEdit, tenant)?;
    Ok(tenant)
}

fn save_one(tenant: Uuid, stage: Uuid, change: Map<String, Value>) -> Result<(), Fault> {
    let id = document::id_of(&change);
    let statement = match id {
        None => include_str!("sql/add_milestone.sql"),
        Some(_) => include_str!("sql/change_milestone.sql"),
    };
    let change = JsonB(Value::Object(change));
    let saved = sql::count(
        statement,
        &[tenant.into(), stage.into(), change.into(), id.into()],
    )?;
    match saved {
        0 => Err(Fault::no_such("milestone")),
        _ => Ok(()),
    }
}
