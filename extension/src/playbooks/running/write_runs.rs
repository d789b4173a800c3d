//! Owns writing runs: a row each, and the deliveries of those that fired, in one statement.

use super::Run;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::playbooks::definition::Action;
use crate::playbooks::playbook::Playbook;
use pgrx::Uuid;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A delivery to be queued.
struct Queued<'a> {
    id: Uuid,
    run: &'a Run,
    action: i32,
}

/// Writes runs; what fired knows its deliveries afterwards. A match that was open for the same playbook and account no longer is.
pub fn write_runs(runs: &mut [Run]) -> Result<(), Fault> {
    let ids = runs.iter_mut().map(queue_webhooks).collect::<Vec<_>>();
    let deliveries = runs.iter().zip(ids).flat_map(|(run, ids)| {
        ids.into_iter()
            .map(move |(action, id)| Queued { id, run, action })
    });
    let deliveries = deliveries.collect::<Vec<_>>();
    let of_run = |pick: &dyn Fn(&Run) -> Uuid| runs.iter().map(pick).collect::<Vec<_>>();
    let texts = |pick: &dyn Fn(&Run) -> String| runs.iter().map(pick).collect::<Vec<_>>();
    let mut first_deliveries = HashMap::new();
    for it in &deliveries {
        first_deliveries.entry(it.run.id).or_insert(it.id);
    }
    let first_delivery = |run: &Run| first_deliveries.get(&run.id).copied();
    let arguments = [
        of_run(&|run| run.id).into(),
        of_run(&|run| run.it.event.tenant_id).into(),
        of_run(&|run| run.it.playbook.id).into(),
        of_run(&|run| run.it.event.account_id).into(),
        runs.iter()
            .map(|run| run.it.playbook.version)
            .collect::<Vec<_>>()
            .into(),
        texts(&|run| run.result.label().to_owned()).into(),
        texts(&|run| run.event.to_string()).into(),
        runs.iter().map(|run| run.chain).collect::<Vec<_>>().into(),
        texts(&|run| {
            let actions = run.fired.as_ref().map(|it| it.actions.clone());
            Value::Array(actions.unwrap_or_default()).to_string()
        })
        .into(),
        runs.iter().map(first_delivery).collect::<Vec<_>>().into(),
        runs.iter()
            .map(|run| run.burst_id)
            .collect::<Vec<_>>()
            .into(),
        runs.iter()
            .map(|run| run.result.may_open() && run.it.playbook.trigger.event.may_be_held_over())
            .collect::<Vec<_>>()
            .into(),
        runs.iter()
            .map(|run| run.fired.as_ref().map(|it| it.sequence))
            .collect::<Vec<_>>()
            .into(),
        deliveries.iter().map(|it| it.id).collect::<Vec<_>>().into(),
        deliveries
            .iter()
            .map(|it| it.run.it.event.tenant_id)
            .collect::<Vec<_>>()
            .into(),
        deliveries
            .iter()
            .map(|it| it.run.it.playbook.id)
            .collect::<Vec<_>>()
            .into(),
        deliveries
            .iter()
            .map(|it| it.run.it.event.account_id)
            .collect::<Vec<_>>()
            .into(),
        deliveries
            .iter()
            .map(|it| it.run.it.event.id)
            .collect::<Vec<_>>()
            .into(),
        deliveries
            .iter()
            .map(|it| it.action)
            .collect::<Vec<_>>()
            .into(),
        deliveries
            .iter()
            .map(|it| it.run.fired.as_ref().map(|it| it.payload.to_string()))
            .collect::<Vec<_>>()
            .into(),
    ];
    sql::write(
        include_str!("../sql/write_runs.sql"),
        &arguments,
        |_| Ok(()),
    )
    .map(drop)
}

/// Gives each webhook of a run that fired its delivery, and the place of the action: 0 is the playbook's own `webhook_url`.
fn queue_webhooks(run: &mut Run) -> Vec<(i32, Uuid)> {
    let Some(fired) = &mut run.fired else {
        return Vec::new();
    };
    let webhooks = webhook_places(&run.it.playbook);
    let own = run.it.playbook.has_own_webhook.then_some(0);
    let others = (1..).take(run.it.playbook.actions.len());
    let mut queued = Vec::new();
    for place in own.into_iter().chain(others) {
        fired.actions.push(match webhooks.contains(&place) {
            false => Value::Null,
            true => {
                let id = crate::pg::uuid_v7::new();
                queued.push((place, id));
                json!({ "kind": "webhook", "result": "queued", "webhook_id": id.to_string() })
            }
        });
    }
    queued
}

/// The places of a playbook's webhooks: 0 is its own `webhook_url`, from 1 on its actions.
pub fn webhook_places(playbook: &Playbook) -> Vec<i32> {
    let own = playbook.has_own_webhook.then_some(0);
    let others = (1..)
        .zip(&playbook.actions)
        .filter_map(|(place, action)| matches!(action, Action::Webhook { .. }).then_some(place));
    own.into_iter().chain(others).collect()
}
