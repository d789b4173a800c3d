//! Owns the end of a stage: its accounts go elsewhere first, and what history needs of it is kept. Runs with the caller's rights.

use super::save_milestones::editable_tenant;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::stages::{Stage, Stages};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;

#[pg_extern]
fn delete_stage(stage_id: Option<Uuid>, move_to: default!(Option<&str>, "null")) -> JsonB {
    let _pinned = Pinned::enter();
    let stage = stage_id.ok_or_else(|| Fault::no_such("stage"));
    stage.and_then(|stage| delete(stage, move_to)).or_raise()
}

fn delete(id: Uuid, move_to: Option<&str>) -> Result<JsonB, Fault> {
    let tenant = editable_tenant(id)?;
    let stages = Stages::of(tenant)?;
    let of_id = |given: &str| stages.find(given);
    let stage = of_id(&id.to_string()).ok_or_else(|| Fault::no_such("stage"))?;
    let to = move_to.map(|given| of_id(given).ok_or_else(|| Fault::no_such("stage")));
    let to = to.transpose()?;
    let inside = sql::write(
        "select from cs.accounts where tenant_id = $1 and current_stage = $2 order by id for no key update",
        &[tenant.into(), stage.name.as_str().into()],
        |_| Ok(()),
    )?;
    if !inside.is_empty() {
        let to = destination(stage, to, inside.len())?;
        empty(tenant, stage, to)?;
    }
    let kept = retire(tenant, stage)?;
    Ok(JsonB(json!({ "moved": inside.len(), "kept": kept })))
}

fn destination<'a>(stage: &Stage, to: Option<&'a Stage>, count: usize) -> Result<&'a Stage, Fault> {
    match to {
        Some(to) if to != stage => Ok(to),
        Some(_) => Err(Fault::invalid(
            "move_to",
            "accounts cannot be moved to the stage that is being deleted",
        )),
        None => Err(Fault::invalid(
            "move_to",
            format!("accounts are in the stage \"{}\": {count}", stage.name),
        )
        .hint("Name the stage to move them to.")),
    }
}

/// Moves everybody out. What was required here no longer is; and who was lost stays so.
fn empty(tenant: Uuid, stage: &Stage, to: &Stage) -> Result<(), Fault> {
    sql::run(
        "update cs.stage_milestones set is_active = false where tenant_id = $1 and stage_id = $2 and is_active",
        &[tenant.into(), stage.id.into()],
    )?;
    sql::run(
        "update cs.journey_stages set is_end = false where tenant_id = $1 and id = $2 and is_end",
        &[tenant.into(), stage.id.into()],
    )?;
    sql::run(
        "update cs.accounts set current_stage = $3 where tenant_id = $1 and current_stage = $2",
        &[
            tenant.into(),
            stage.name.as_str().into(),
            to.name.as_str().into(),
        ],
    )
}

/// Removes the stage, or keeps it, inactive, for its history; which of the two.
fn retire(tenant: Uuid, stage: &Stage) -> Result<bool, Fault> {
    let history = sql::count(
        "select from cs.journey_history where tenant_id = $1 and (to_stage = $2 or from_stage = $2) limit 1",
        &[tenant.into(), stage.name.as_str().into()],
    )?;
    let kept = history > 0;
    let statement = match kept {
        true => {
            "update cs.journey_stages set is_active = false where tenant_id = $1 and id = $2 and is_active"
        }
        false => "delete from cs.journey_stages where tenant_id = $1 and id = $2",
    };
    sql::run(statement, &[tenant.into(), stage.id.into()])?;
    Ok(kept)
}
