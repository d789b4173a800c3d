//! Owns the end of a stage: its accounts go elsewhere first, and what their history needs of it is kept. Runs with the
//! caller's rights, but for the deletion itself: no member deletes a row.

use super::save_milestones::require_editable_stage;
use crate::named_by::read_named_by;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::stages::{Stage, Stages};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;

#[pg_extern]
fn delete_stage(stage_id: Option<Uuid>, move_to: default!(Option<&str>, "null")) -> JsonB {
    let _pinned = Pinned::enter();
    let stage = stage_id.ok_or_else(|| Fault::no_such("stage"));
    stage
        .and_then(|stage| move_out_and_delete(stage, move_to))
        .or_raise()
}

fn move_out_and_delete(id: Uuid, move_to: Option<&str>) -> Result<JsonB, Fault> {
    let tenant = require_editable_stage(id)?;
    let stages = Stages::of(tenant)?;
    let find = |given: &str| stages.find(given).ok_or_else(|| Fault::no_such("stage"));
    let stage = find(&id.to_string())?;
    let to = move_to.map(find).transpose()?;
    let accounts = sql::count(
        "select from cs.accounts where tenant_id = $1 and current_stage = $2 order by id for no key update",
        &[tenant.into(), stage.name.as_str().into()],
    )?;
    if accounts > 0 {
        let to = require_destination(stage, to, accounts)?;
        move_accounts_out(tenant, stage, to)?;
    }
    let kept = delete_or_deactivate(tenant, stage)?;
    let named_by = read_named_by(id)?;
    Ok(JsonB(
        json!({ "moved": accounts, "kept": kept, "named_by": named_by }),
    ))
}

fn require_destination<'a>(
    stage: &Stage,
    to: Option<&'a Stage>,
    accounts: usize,
) -> Result<&'a Stage, Fault> {
    match to {
        Some(to) if to != stage => Ok(to),
        Some(_) => Err(Fault::invalid(
            "move_to",
            "accounts cannot be moved to the stage that is being deleted",
        )),
        None => Err(Fault::invalid(
            "move_to",
            format!("accounts are in the stage \"{}\": {accounts}", stage.name),
        )
        .hint("Name the stage to move them to.")),
    }
}

/// What was required in this stage no longer is; and lost customers stay lost.
fn move_accounts_out(tenant: Uuid, stage: &Stage, to: &Stage) -> Result<(), Fault> {
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

/// Deletes the stage or, where it has a history, keeps it inactive; returns whether it was kept.
fn delete_or_deactivate(tenant: Uuid, stage: &Stage) -> Result<bool, Fault> {
    let has_history = sql::count(
        "select from cs.journey_history where tenant_id = $1 and (to_stage = $2 or from_stage = $2) limit 1",
        &[tenant.into(), stage.name.as_str().into()],
    )? > 0;
    let arguments = [tenant.into(), stage.id.into()];
    if has_history {
        sql::run(
            "update cs.journey_stages set is_active = false where tenant_id = $1 and id = $2 and is_active",
            &arguments,
        )?;
    } else {
        let _section = System::enter();
        sql::run(
            "delete from cs.journey_stages where tenant_id = $1 and id = $2",
            &arguments,
        )?;
    }
    Ok(has_history)
}
