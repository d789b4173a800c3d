//! Owns the delivery that tests a receiver: the payload of a run, whose event_type is `test`, but no run.

use super::Match;
use super::facts::read_account_facts;
use super::payload::{FiredPlaybook, Payload};
use super::write_runs::webhook_places;
use crate::pg::fault::Fault;
use crate::pg::{setting, sql};
use crate::webhooks::settings::PUBLIC_URL;
use chrono::{SecondsFormat, Utc};
use pgrx::Uuid;
use serde_json::Value;

/// Queues one delivery per webhook of the playbook; returns their ids and the payload. Inside a system section.
pub fn queue_test(it: &Match) -> Result<(Vec<Uuid>, Value), Fault> {
    let facts = read_account_facts(std::slice::from_ref(it))?;
    let facts = facts
        .get(&it.event.account_id)
        .ok_or_else(|| Fault::no_such("account"))?;
    let public_url = setting::text(&PUBLIC_URL);
    let now = Utc::now();
    let payload = Payload::new(
        &it.event,
        facts,
        FiredPlaybook {
            id: it.playbook.id.to_string(),
            name: &it.playbook.name,
            event_type: "test",
            triggered_at: now.to_rfc3339_opts(SecondsFormat::Millis, true),
            public_url: &public_url,
            sequence: now.timestamp_micros(),
            chain: 1,
        },
    );
    let payload = serde_json::to_value(&payload)
        .map_err(|error| Fault::internal(format!("a payload cannot be written: {error}")))?;
    let ids = sql::write(
        include_str!("../sql/queue_test.sql"),
        &[
            it.event.tenant_id.into(),
            it.playbook.id.into(),
            it.event.account_id.into(),
            it.event.id.into(),
            payload.to_string().into(),
            webhook_places(&it.playbook).into(),
        ],
        |row| row.need::<Uuid>("id"),
    )?;
    Ok((ids, payload))
}
