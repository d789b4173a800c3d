//! Owns writing runs: a row each, and the deliveries of those that fired, in one statement.

use super::Run;
use super::addressees::Addressees;
use super::outgoing::{Outgoing, queue_outgoing};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use serde_json::Value;
use std::collections::HashMap;

/// Writes runs; what fired knows its deliveries afterwards. A match that was open for the same playbook and account no longer is.
pub fn write_runs(runs: &mut [Run]) -> Result<(), Fault> {
    let addressees = Addressees::read(runs)?;
    let outgoing = runs
        .iter_mut()
        .map(|run| queue_outgoing(run, &addressees))
        .collect::<Vec<_>>();
    let deliveries = runs
        .iter()
        .zip(&outgoing)
        .flat_map(|(run, queued)| queued.iter().map(move |it| (run, it)))
        .collect::<Vec<_>>();
    let of_run = |pick: &dyn Fn(&Run) -> Uuid| runs.iter().map(pick).collect::<Vec<_>>();
    let texts = |pick: &dyn Fn(&Run) -> String| runs.iter().map(pick).collect::<Vec<_>>();
    let mut first_deliveries = HashMap::new();
    for (run, it) in &deliveries {
        first_deliveries.entry(run.id).or_insert(it.id);
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
        each(&deliveries, |_, it| it.id).into(),
        each(&deliveries, |run, _| run.it.event.tenant_id).into(),
        each(&deliveries, |run, _| run.it.playbook.id).into(),
        each(&deliveries, |run, _| run.it.event.account_id).into(),
        each(&deliveries, |run, _| run.it.event.id).into(),
        each(&deliveries, |_, it| it.place).into(),
        each(&deliveries, |_, it| it.channel).into(),
        each(&deliveries, |_, it| it.payload.to_string()).into(),
        each(&deliveries, |run, _| run.it.playbook.is_ordered).into(),
        each(&deliveries, |run, _| {
            run.fired.as_ref().map(|it| it.sequence)
        })
        .into(),
    ];
    sql::write(
        include_str!("../sql/write_runs.sql"),
        &arguments,
        |_| Ok(()),
    )
    .map(drop)
}

/// A run and one of its deliveries.
type Delivery<'a> = (&'a Run, &'a Outgoing);

fn each<'a, T>(deliveries: &[Delivery<'a>], pick: fn(&'a Run, &'a Outgoing) -> T) -> Vec<T> {
    deliveries.iter().map(|(run, it)| pick(run, it)).collect()
}
