//! Owns what lists say of a playbook or a run: what it names that is gone, and why it came to a result.

use crate::criteria::find_gone;
use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::playbooks::definition::{Action, MOST_ACTIONS, PlaybookTrigger};
use crate::playbooks::running::gate::RunResult;
use crate::stages::Stages;
use pgrx::Uuid;
use pgrx::prelude::*;
use serde_json::Value;

#[pg_extern(stable)]
fn playbook_problem(
    trigger_criteria: Option<JsonText>,
    actions: Option<JsonText>,
) -> Option<String> {
    let _pinned = Pinned::enter();
    let (tenant, _) = identity::current().membership?;
    let trigger = trigger_criteria.and_then(|it| it.read())?;
    let actions = actions.and_then(|it| it.read())?;
    find_problem(tenant, &trigger, &actions).or_raise()
}

#[pg_extern(immutable, parallel_safe)]
fn run_reason(result: Option<&str>, error_message: Option<&str>) -> Option<String> {
    let reason = RunResult::from_label(result?)?.reason();
    Some(match error_message {
        Some(error) => format!("{reason}: {error}"),
        None => reason.to_owned(),
    })
}

fn find_problem(tenant: Uuid, trigger: &Value, actions: &Value) -> Result<Option<String>, Fault> {
    let Some(trigger) = trigger.as_object() else {
        return Ok(Some("its trigger cannot be read".to_owned()));
    };
    let trigger = match PlaybookTrigger::resolve(tenant, trigger) {
        Ok(trigger) => trigger,
        Err(fault) => return Ok(Some(fault.message().to_owned())),
    };
    let actions = match Action::parse_all(actions, MOST_ACTIONS) {
        Ok(actions) => actions,
        Err(fault) => return Ok(Some(fault.message().to_owned())),
    };
    if let Some(when) = &trigger.when
        && let Some(gone) = find_gone(tenant, when)?
    {
        return Ok(Some(gone));
    }
    let entered = actions.iter().filter_map(Action::stage_entered);
    let mut named = trigger.event.stage().into_iter().chain(entered).peekable();
    if named.peek().is_none() {
        return Ok(None);
    }
    let stages = Stages::of(tenant)?;
    Ok(named.find_map(|id| match stages.find(id) {
        None => Some("a stage that it names is gone: choose another one".to_owned()),
        Some(stage) if !stage.is_active => Some(format!(
            "the stage \"{}\" is no longer in use: choose another one",
            stage.name
        )),
        Some(_) => None,
    }))
}
