//! Owns the actions that change accounts: each in a subtransaction of its own and as nobody, so that one that is refused leaves
//! the others, and the change that set it off, as they are.

use super::gate::RunResult;
use super::{Fired, Run, payload_object};
use crate::identity::Nobody;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::subtransaction::kept_unless_refused;
use crate::playbooks::definition::Action;
use pgrx::Uuid;
use serde_json::{Value, json};

/// Carries out what the playbooks that fired do within the database, and writes down what came of all their actions.
pub fn carry_out(runs: &mut [Run]) -> Result<(), Fault> {
    let mut changed = Vec::new();
    for run in runs {
        let is_refused = run.fired.as_ref().is_some_and(|it| it.refusal.is_some());
        if run.fired.is_none() || !(is_refused || run.it.playbook.changes_accounts()) {
            continue;
        }
        let refusal = carry_out_run(run);
        if refusal.is_some() {
            run.result = RunResult::Failed;
        }
        changed.push((&*run, refusal));
    }
    if changed.is_empty() {
        return Ok(());
    }
    let actions = |run: &Run| {
        let fired = run.fired.as_ref();
        Value::Array(fired.map(|it| it.actions.clone()).unwrap_or_default()).to_string()
    };
    let arguments = [
        changed
            .iter()
            .map(|(run, _)| run.it.event.tenant_id)
            .collect::<Vec<_>>()
            .into(),
        changed
            .iter()
            .map(|(run, _)| run.id)
            .collect::<Vec<_>>()
            .into(),
        changed
            .iter()
            .map(|(run, _)| run.result.label())
            .collect::<Vec<_>>()
            .into(),
        changed
            .iter()
            .map(|(_, refusal)| refusal.clone())
            .collect::<Vec<_>>()
            .into(),
        changed
            .iter()
            .map(|(run, _)| actions(run))
            .collect::<Vec<_>>()
            .into(),
    ];
    sql::write(include_str!("../sql/write_actions.sql"), &arguments, |_| {
        Ok(())
    })
    .map(drop)
}

/// The first refusal, where there is one.
fn carry_out_run(run: &mut Run) -> Option<String> {
    let playbook = &run.it.playbook;
    let fired = run.fired.as_mut()?;
    let offset = usize::from(playbook.has_own_webhook);
    let mut first_refusal = fired.refusal.take();
    for (index, action) in playbook.actions.iter().enumerate() {
        let done = kept_unless_refused(|| {
            let _nobody = Nobody::acts();
            carry_out_action(
                action,
                run.it.event.tenant_id,
                run.it.event.account_id,
                fired,
            )
        });
        let outcome = match done {
            Ok(None) => continue,
            Ok(Some(outcome)) => outcome,
            Err(failure) => {
                let outcome =
                    json!({ "kind": action.kind(), "result": "refused", "error": failure.message });
                first_refusal.get_or_insert(failure.message);
                outcome
            }
        };
        if let Some(place) = fired.actions.get_mut(offset + index) {
            *place = outcome;
        }
    }
    first_refusal
}

/// `None` where it is the worker's to carry out.
fn carry_out_action(
    action: &Action,
    tenant: Uuid,
    account: Uuid,
    fired: &Fired,
) -> Result<Option<Value>, Fault> {
    let outcome = match action {
        Action::Webhook { .. } | Action::Slack(_) | Action::Email(_) => return Ok(None),
        Action::Task {
            title,
            due_in_days,
            assignee,
        } => {
            let payload = payload_object(&fired.payload);
            let id = sql::write_first(
                include_str!("../sql/add_task.sql"),
                &[
                    tenant.into(),
                    account.into(),
                    title.fill(&payload).into(),
                    (*due_in_days).into(),
                    assignee.of_account(fired.csm_id).into(),
                ],
                |row| row.need::<Uuid>("id"),
            )?;
            let id = id.map(|id| id.to_string());
            json!({ "kind": action.kind(), "result": "done", "activity_id": id })
        }
        Action::Stage { stage } => {
            let entered = sql::write_first(
                include_str!("../sql/enter_stage.sql"),
                &[tenant.into(), account.into(), stage.as_str().into()],
                |row| row.need::<String>("current_stage"),
            )?;
            if entered.is_none() && !stage_exists(tenant, stage)? {
                return Err(Fault::invalid("stage", "this stage is gone"));
            }
            json!({ "kind": action.kind(), "result": "done", "moved": entered.is_some() })
        }
    };
    Ok(Some(outcome))
}

fn stage_exists(tenant: Uuid, stage: &str) -> Result<bool, Fault> {
    sql::exists(
        "select from cs.journey_stages where tenant_id = $1 and id::text = $2",
        &[tenant.into(), stage.into()],
    )
}
