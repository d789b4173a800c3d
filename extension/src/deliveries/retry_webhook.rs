//! Owns sending deliveries again: as they were sent, or rebuilt from what is known of the account today. Both keep their id, by
//! which a receiver knows what it already has; tries are counted from the beginning, those made before are kept.

use super::chosen_deliveries::{ChosenDelivery, choose_by_id, find_by_criteria, read_chosen};
use super::criteria::DeliveryCriteria;
use super::queue_hosts::read_hosts;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::running::{SentPayload, rebuild_payloads};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What is sent when a delivery is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The same payload.
    AsSent,
    /// A payload of today.
    Rebuilt,
}

impl Mode {
    fn parse(mode: Option<&str>) -> Result<Self, Fault> {
        match mode {
            None | Some("as_sent") => Ok(Self::AsSent),
            Some("rebuilt") => Ok(Self::Rebuilt),
            Some(other) => {
                let message = format!("mode must be as_sent or rebuilt, not \"{other}\"");
                Err(Fault::invalid("mode", message))
            }
        }
    }
}

#[pg_extern]
fn retry_webhook(
    ids: Option<Vec<Option<Uuid>>>,
    mode: default!(Option<&str>, "'as_sent'"),
) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(retry_by_id(ids, mode).or_raise())
}

#[pg_extern]
fn retry_webhooks(criteria: Option<JsonText>, mode: default!(Option<&str>, "'as_sent'")) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(retry_by_criteria(criteria.and_then(|it| it.read()), mode).or_raise())
}

fn retry_by_id(ids: Option<Vec<Option<Uuid>>>, mode: Option<&str>) -> Result<Value, Fault> {
    let mode = Mode::parse(mode)?;
    let chosen = choose_by_id(ids)?;
    if let Some(idle) = chosen.iter().find(|it| it.playbook_idles.is_some()) {
        return Err(refuse_idle(idle));
    }
    let retried = send_again(&chosen, mode, true)?;
    let under_way = chosen.iter().filter(|it| it.status == "processing").count();
    Ok(json!({ "retried": retried, "under_way": under_way }))
}

/// What has arrived is only sent again by id.
fn retry_by_criteria(criteria: Option<Value>, mode: Option<&str>) -> Result<Value, Fault> {
    let mode = Mode::parse(mode)?;
    let criteria = DeliveryCriteria::parse(criteria.as_ref(), &["failed", "pending"])?;
    let wanted = match criteria.status {
        // Those that are due already are left out, so that the next call finds the rest.
        Some("pending") => "delivery.status = 'pending' and delivery.run_at > now()",
        _ => "delivery.status = 'failed'",
    };
    let found = find_by_criteria(&criteria, wanted, true)?;
    let chosen = read_chosen(found.ids)?;
    let retried = send_again(&chosen, mode, false)?;
    Ok(json!({ "retried": retried, "left": found.left, "of_idle_playbooks": found.idle }))
}

fn refuse_idle(delivery: &ChosenDelivery) -> Fault {
    let (name, idles) = (
        &delivery.playbook_name,
        delivery.playbook_idles.as_deref().unwrap_or_default(),
    );
    let fault = Fault::invalid(
        "ids",
        format!("the playbook \"{name}\" {idles}, so its deliveries are not sent"),
    );
    match idles {
        "is switched off" | "is paused" => fault.hint("Switch it on with activate_playbook first."),
        _ => fault.hint("Save another playbook; what this one had to send cannot be sent again."),
    }
}

/// How many are to be sent now. Those of accounts that are gone cannot be rebuilt: refused, or else sent as they were.
fn send_again(chosen: &[ChosenDelivery], mode: Mode, is_strict: bool) -> Result<usize, Fault> {
    let chosen = chosen
        .iter()
        .filter(|it| it.status != "processing")
        .collect::<Vec<_>>();
    let _section = System::enter();
    let payloads = match mode {
        Mode::AsSent => HashMap::new(),
        Mode::Rebuilt => rebuild(&chosen, is_strict)?,
    };
    let hosts = read_hosts(&chosen)?;
    let payload = |it: &&ChosenDelivery| payloads.get(&it.id).map(Value::to_string);
    let host = |it: &&ChosenDelivery| {
        let place = (it.tenant_id, it.playbook_id, it.action);
        hosts.get(&place).cloned()
    };
    sql::count(
        include_str!("sql/send_again.sql"),
        &[
            chosen
                .iter()
                .map(|it| it.tenant_id)
                .collect::<Vec<_>>()
                .into(),
            chosen.iter().map(|it| it.id).collect::<Vec<_>>().into(),
            chosen.iter().map(payload).collect::<Vec<_>>().into(),
            chosen.iter().map(host).collect::<Vec<_>>().into(),
        ],
    )
}

/// By delivery.
fn rebuild(chosen: &[&ChosenDelivery], is_strict: bool) -> Result<HashMap<Uuid, Value>, Fault> {
    let sent = |it: &&ChosenDelivery| SentPayload {
        id: it.id,
        tenant_id: it.tenant_id,
        playbook_id: it.playbook_id,
        account_id: it.account_id,
        event_id: it.event_id,
        event_type: it.event_type.clone(),
        previous_stage: it.previous_stage.clone(),
        triggered_at: it.triggered_at.clone(),
        sequence: it.sequence.unwrap_or_default(),
        chain: it.chain.unwrap_or(1),
    };
    let rebuildable = chosen.iter().filter(|it| it.channel == "webhook");
    let payloads = rebuild_payloads(&rebuildable.map(sent).collect::<Vec<_>>())?;
    if let Some(lost) = chosen.iter().find(|it| !payloads.contains_key(&it.id))
        && is_strict
    {
        let why = match lost.channel.as_str() {
            "webhook" => "its account is gone",
            _ => "a message is sent as it was written",
        };
        return Err(Fault::invalid(
            "mode",
            format!("the delivery {} cannot be rebuilt: {why}", lost.id),
        )
        .hint("Use the mode as_sent."));
    }
    Ok(payloads)
}
