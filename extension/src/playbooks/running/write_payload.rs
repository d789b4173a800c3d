//! Owns writing the payload of a match, for its runs and for deliveries that test a receiver.

use super::Match;
use super::payload::{AccountFacts, FiredPlaybook, Payload};
use crate::pg::fault::Fault;
use crate::pg::setting;
use crate::webhooks::settings::PUBLIC_URL;
use chrono::{SecondsFormat, Utc};
use serde_json::Value;

/// The payload as of now, with what it calls the event and the place of the run in its sequence and chain.
pub fn write_payload(
    it: &Match,
    facts: &AccountFacts,
    event_type: &str,
    sequence: i64,
    chain: i32,
) -> Result<Value, Fault> {
    let public_url = setting::text(&PUBLIC_URL);
    let payload = Payload::new(
        &it.event,
        facts,
        FiredPlaybook {
            id: it.playbook.id.to_string(),
            name: &it.playbook.name,
            event_type,
            triggered_at: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            public_url: &public_url,
            sequence,
            chain,
        },
    );
    serde_json::to_value(&payload)
        .map_err(|error| Fault::internal(format!("a payload cannot be written: {error}")))
}
