//! Owns stage and status of an account before it is written: both known, in agreement, and not held back by milestones.
//! However an account is changed it passes here, since the trigger on accounts calls it.

use super::auto_complete::find_open_after_auto_complete;
use super::gate;
use super::move_context::MoveContext;
use super::status_coupling::{CoupledChange, WrittenChange, couple_status};
use crate::pg::fault::Fault;
use crate::pg::trigger_row::TriggerRow;
use crate::stages::AccountStatus::{Active, Churned};
use crate::stages::{self, AccountStatus, Stage};
use pgrx::Uuid;

/// Sets the stage that a new account starts in, or the status that goes with the stage it was given.
pub fn set_first_stage(new: &mut TriggerRow) -> Result<(), Fault> {
    let (status, named) = (read_status(new)?, new.get("current_stage")?);
    let stages = stages::remembered_stages(new.id("tenant_id")?, named.as_deref().as_slice())?;
    let Some(name) = named else {
        let end = stages.end().filter(|_| status == Churned);
        let stage = end.map_or_else(|| stages.first(), Ok)?;
        return new.set("current_stage", Some(&stage.name));
    };
    let stage = stages.enterable(&name)?;
    match (stage.is_end, status) {
        (true, Active) => new.set("status", Some(Churned.label())),
        (true, Churned) => Ok(()),
        (false, Churned) if stages.end().is_some() => Err(contradiction(&name, status)),
        (false, _) => Ok(()),
        (true, _) => Err(contradiction(&name, status)),
    }
}

/// Completes a change of stage or status by what goes with it, and refuses a move that open milestones hold back.
pub fn apply_stage_change(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    let (was, mut name) = (old.need("current_stage")?, new.need("current_stage")?);
    let written = name.clone();
    let (old_status, new_status) = (read_status(old)?, read_status(new)?);
    if was == name && old_status == new_status {
        return Ok(());
    }
    let (tenant, account) = (new.id("tenant_id")?, new.id("id")?);
    let stages = stages::remembered_stages(tenant, &[&was, &name])?;
    // A rename cascades to here too; its old name no longer exists, and it is not a move.
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
    match couple_status(WrittenChange {
        moves: was != name,
        from_end: from.is_end,
        to_end,
        has_end: stages.end().is_some(),
        old_status,
        new_status,
    }) {
        CoupledChange::Nothing => {}
        CoupledChange::Status(status) => {
            let status = MoveContext::status_restored_to(account).unwrap_or(status);
            new.set("status", Some(status.label()))?;
        }
        CoupledChange::EnterEndStage => name = stages.end().map_or(name, |end| end.name.clone()),
        CoupledChange::LeaveEndStage => {
            name = match gate::find_stage_before(tenant, account, &was)? {
                Some(before) => before,
                None => stages.first()?.name.clone(),
            };
        }
        CoupledChange::Contradiction => return Err(contradiction(&name, new_status)),
    }
    if was != name {
        require_open_gate(tenant, account, from, stages.enterable(&name)?)?;
        if name != written {
            new.set("current_stage", Some(&name))?;
        }
    }
    Ok(())
}

/// Refuses a move that open milestones hold back, unless it takes back the one before it.
fn require_open_gate(tenant: Uuid, account: Uuid, from: &Stage, to: &Stage) -> Result<(), Fault> {
    if MoveContext::is_undo_of(account) {
        return Ok(());
    }
    let open = find_open_after_auto_complete(tenant, account, from, to)?;
    gate::require_none_open(&open, to)
}

fn read_status(row: &TriggerRow) -> Result<AccountStatus, Fault> {
    AccountStatus::from_label(&row.need("status")?)
        .ok_or_else(|| Fault::internal("the account has an unknown status"))
}

fn contradiction(stage: &str, status: AccountStatus) -> Fault {
    let status = status.label();
    Fault::invalid(
        "status",
        format!("status {status} and the stage \"{stage}\" contradict each other"),
    )
    .hint("The end stage and status Churned go together: set one of them, and the other follows.")
}
