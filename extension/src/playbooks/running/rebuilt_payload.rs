//! Owns payloads that are made again: what happened stays as it was sent, what is said of the account is of today.

use super::Match;
use super::facts::read_account_facts;
use super::write_payload::write_payload;
use crate::pg::fault::Fault;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::playbook::read_playbook;
use pgrx::Uuid;
use serde_json::Value;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

/// What stays of a payload that was sent, and what it was about.
#[derive(Debug)]
pub struct SentPayload {
    /// The delivery.
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub playbook_id: Uuid,
    pub account_id: Uuid,
    pub event_id: Uuid,
    pub event_type: Option<String>,
    pub previous_stage: Option<String>,
    pub triggered_at: Option<String>,
    pub sequence: i64,
    pub chain: i32,
}

/// The payloads by delivery, without those of accounts that are gone. Inside a system section. Errors: 22023 where a playbook cannot
/// be read.
pub fn rebuild_payloads(sent: &[SentPayload]) -> Result<HashMap<Uuid, Value>, Fault> {
    let mut playbooks = HashMap::new();
    for it in sent {
        if let Entry::Vacant(vacant) = playbooks.entry(it.playbook_id) {
            let playbook = read_playbook(it.tenant_id, it.playbook_id)?.ok_or_else(|| {
                Fault::invalid(
                    "mode",
                    "a playbook cannot be read, so nothing of it can be rebuilt",
                )
                .hint("See its problem in playbook_overview, or use the mode as_sent.")
            })?;
            vacant.insert(playbook);
        }
    }
    let matches = sent.iter().filter_map(|it| {
        let event = Event {
            id: it.event_id,
            tenant_id: it.tenant_id,
            account_id: it.account_id,
            change: EventChange::Manual,
        };
        Some(Match::new(playbooks.get(&it.playbook_id)?, &Rc::new(event)))
    });
    let matches = matches.collect::<Vec<_>>();
    let facts = read_account_facts(&matches)?;
    let mut payloads = HashMap::new();
    for (it, matched) in sent.iter().zip(&matches) {
        let Some(facts) = facts.get(&it.account_id) else {
            continue;
        };
        let kind = matched.playbook.trigger.event.kind();
        let event_type = it.event_type.as_deref().unwrap_or(kind);
        let mut payload = write_payload(matched, facts, event_type, it.sequence, it.chain)?;
        payload["previous_stage"] = it.previous_stage.clone().into();
        if let Some(triggered_at) = &it.triggered_at {
            payload["triggered_at"] = triggered_at.as_str().into();
        }
        payloads.insert(it.id, payload);
    }
    Ok(payloads)
}
