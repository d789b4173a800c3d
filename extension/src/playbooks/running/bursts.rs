//! Owns bursts: what playbooks match beyond what they may run for at once waits, one row per playbook, until a person releases or
//! drops it.

use super::gate::RunResult;
use super::{Match, Run, run_matches};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::playbook::Playbook;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Puts the runs that a burst holds back into the open burst of their playbook, or into a new one.
pub fn gather(runs: &mut [Run]) -> Result<(), Fault> {
    let mut held = BTreeMap::<(Uuid, Uuid), Vec<usize>>::new();
    for (place, run) in runs.iter().enumerate() {
        if run.result == RunResult::Burst {
            let playbook = (run.it.playbook.tenant_id, run.it.playbook.id);
            held.entry(playbook).or_default().push(place);
        }
    }
    for ((tenant, playbook), places) in held {
        let event = runs[places[0]].it.playbook.trigger.event.to_json();
        let accounts = places.iter().map(|place| runs[*place].it.event.account_id);
        let burst = sql::write_first(
            include_str!("../sql/gather_burst.sql"),
            &[
                tenant.into(),
                playbook.into(),
                JsonB(event).into(),
                accounts.collect::<Vec<_>>().into(),
            ],
            |row| row.need::<Uuid>("id"),
        )?;
        for place in places {
            runs[place].burst_id = burst;
        }
    }
    Ok(())
}

/// Runs a playbook for the first accounts of an open burst of it, at most so many, through the gates as they are now and with
/// what is known now. Returns what came of it.
pub fn release(
    playbook: &Rc<Playbook>,
    burst: Uuid,
    at_most: i32,
    by: Option<Uuid>,
) -> Result<Vec<Run>, Fault> {
    let waiting = sql::write(
        include_str!("../sql/take_from_burst.sql"),
        &[
            playbook.tenant_id.into(),
            burst.into(),
            at_most.into(),
            by.into(),
        ],
        |row| {
            Ok((
                row.need::<Uuid>("account_id")?,
                row.need::<Uuid>("event_id")?,
                row.need::<JsonB>("event")?.0,
            ))
        },
    )?;
    let again = |(account, event_id, event): (Uuid, Uuid, Value)| {
        let event = Event {
            id: event_id,
            tenant_id: playbook.tenant_id,
            account_id: account,
            change: EventChange::Held(event),
        };
        Match::new(playbook, &Rc::new(event))
    };
    run_matches(waiting.into_iter().map(again).collect())
}

/// Ends an open burst without running anything; returns how many accounts were dropped.
pub fn drop_burst(tenant: Uuid, burst: Uuid, by: Option<Uuid>) -> Result<i64, Fault> {
    let dropped = sql::write_first(
        include_str!("../sql/drop_burst.sql"),
        &[tenant.into(), burst.into(), by.into()],
        |row| row.need::<i64>("dropped"),
    )?;
    Ok(dropped.unwrap_or(0))
}
