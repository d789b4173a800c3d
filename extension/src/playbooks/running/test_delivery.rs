//! Owns the delivery that tests a receiver: the payload of a run, whose event_type is `test`, but no run.

use super::Match;
use super::facts::read_account_facts;
use super::outgoing::outgoing_for_test;
use super::write_payload::write_payload;
use crate::pg::fault::Fault;
use crate::pg::sql;
use chrono::Utc;
use pgrx::Uuid;
use serde_json::Value;

/// Queues a delivery of each that would leave, mail to this address; returns their ids and the payload. Inside a system section.
pub fn queue_test(it: &Match, own_address: Option<&str>) -> Result<(Vec<Uuid>, Value), Fault> {
    let facts = read_account_facts(std::slice::from_ref(it))?;
    let facts = facts
        .get(&it.event.account_id)
        .ok_or_else(|| Fault::no_such("account"))?;
    let sequence = Utc::now().timestamp_micros();
    let payload = write_payload(it, facts, "test", sequence, 1)?;
    let outgoing = outgoing_for_test(&it.playbook, &payload, own_address);
    let ids = sql::write(
        include_str!("../sql/queue_test.sql"),
        &[
            it.event.tenant_id.into(),
            it.playbook.id.into(),
            it.event.account_id.into(),
            it.event.id.into(),
            outgoing.iter().map(|it| it.id).collect::<Vec<_>>().into(),
            outgoing
                .iter()
                .map(|it| it.place)
                .collect::<Vec<_>>()
                .into(),
            outgoing
                .iter()
                .map(|it| it.channel)
                .collect::<Vec<_>>()
                .into(),
            outgoing
                .iter()
                .map(|it| it.payload.to_string())
                .collect::<Vec<_>>()
                .into(),
        ],
        |row| row.need::<Uuid>("id"),
    )?;
    Ok((ids, payload))
}
