//! Owns stage and status of an account before it is written: both known, in agreement, and not held by milestones.
//! Every door passes here, since the trigger on accounts calls it.

use super::auto_complete::held_still;
use super::coupling::{ACTIVE, CHURNED, Change, Coupled, couple};
use super::{gate, move_context};
use crate::pg::fault::Fault;
use crate::pg::trigger_row::TriggerRow;
use crate::stages::Stages;

/// A new account: the stage it starts in, and the status that goes with it.
pub fn begin(new: &mut TriggerRow) -> Result<(), Fault> {
    let stages = Stages::of(new.id("tenant_id")?)?;
    let status = new.need("status")?;
    let Some(name) = new.get("current_stage")? else {
        let lost = stages.end().filter(|_| status == CHURNED);
        let stage = lost.map_or_else(|| stages.first(), Ok)?;
        return new.set("current_stage", Some(&stage.name));
    };
    let stage = stages.enterable(&name)?;
    match (stage.is_end, status.as_str()) {
        (true, ACTIVE) => new.set("status", Some(CHURNED)),
        (true, CHURNED) => Ok(()),
        (false, CHURNED) if stages.end().is_some() => Err(contradiction(&name, &status)),
        (false, _) => Ok(()),
        (true, _) => Err(contradiction(&name, &status)),
    }
}

/// A change of an account: what goes with it, and whether it may move.
pub fn follow(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    let (was, mut name) = (old.need("current_stage")?, new.need("current_stage")?);
    let (was_status, status) = (old.need("status")?, new.need("status")?);
    if was == name && was_status == status {
        return Ok(());
    }
    let tenant = new.need("tenant_id")?;
    let account = new.need("id")?;
    let stages = Stages::of(new.id("tenant_id")?)?;
    // A rename cascades to here too; its old name is gone, and it is no move.
    let Some(from) = stages.named(&was) else {
        return stages
            .named(&name)
            .map(drop)
            .map_or_else(|| stages.enterable(&name).map(drop), Ok);
    };
    let to_end = match was == name {
        true => from.is_end,
        false => stages.enterable(&name)?.is_end,
    };
    match couple(Change {
        moves: was != name,
        from_end: from.is_end,
        to_end,
        has_end: stages.end().is_some(),
        was: &was_status,
        wanted: &status,
    }) {
        Coupled::AsWanted => {}
        Coupled::Status(status) => new.set("status", Some(status))?,
        Coupled::Enter => name = stages.end().map_or(name, |end| end.name.clone()),
        Coupled::Return => {
            name = match gate::stage_before(&tenant, &account, &was)? {
                Some(before) => before,
                None => stages.first()?.name.clone(),
            };
        }
        Coupled::Contradiction => return Err(contradiction(&name, &status)),
    }
    if was != name {
        let to = stages.enterable(&name)?;
        let id = new.id("id")?;
        if !move_context::undoes(id) {
            gate::require_none(&held_still(new.id("tenant_id")?, id, from, to)?, to)?;
        }
        new.set("current_stage", Some(&name))?;
    }
    Ok(())
}

fn contradiction(stage: &str, status: &str) -> Fault {
    Fault::invalid(
        "status",
        format!("status {status} and the stage \"{stage}\" contradict each other"),
    )
    .hint("The end stage and status Churned go together: set one of them, and the other follows.")
}
