//! Owns automation in the transaction of the change: events are matched against playbooks, gates decide, and executions and
//! deliveries are written with what caused them. Nothing is sent here.

mod check_playbook;
mod event;
mod gate;
pub mod past;
mod payload;
mod playbook_trigger;
mod store;

use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::trigger_row::{self, Outcome};
use crate::pg::{setting, transition_tables};
use crate::webhooks::settings;
use chrono::{SecondsFormat, Utc};
use event::Event;
use gate::{RunResult, Situation, decide};
use payload::{AccountFacts, FiredPlaybook, Payload};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::spi::SpiClient;
use store::{EventTable, Playbook, Run, RunHistory};

/// AFTER INSERT STATEMENT on journey_history and health_scores, over the transition table `new_rows`.
#[pg_trigger]
fn tg_playbooks__match<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if crate::health::Engine::is_silent() {
            return Ok(());
        }
        let table = EventTable::of_trigger(trigger)?;
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| run_playbooks(trigger, client, table))
    })
}

fn run_playbooks(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    table: EventTable,
) -> Result<(), Fault> {
    let playbooks = store::read_waiting_playbooks(trigger, client, table)?;
    if playbooks.is_empty() {
        return Ok(());
    }
    let events = store::read_events(trigger, client, table)?;
    let matches = match_events(&playbooks, &events);
    if matches.is_empty() {
        return Ok(());
    }
    store::lock_capped_playbooks(client, matches.iter().map(|(playbook, _)| *playbook))?;
    let facts = store::read_account_facts(client, &matches)?;
    let mut history = store::read_run_history(client, &matches)?;
    let runs = matches
        .iter()
        .map(|(playbook, event)| {
            let facts = facts
                .get(&event.account_id)
                .ok_or_else(|| Fault::no_such("account"))?;
            decide_run(playbook, event, facts, &mut history)
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    store::write_runs(client, &runs)
}

fn match_events<'a>(
    playbooks: &'a [Playbook],
    events: &'a [Event],
) -> Vec<(&'a Playbook, &'a Event)> {
    let concerned = |event: &'a Event| {
        playbooks
            .iter()
            .filter(|playbook| {
                playbook.tenant_id == event.tenant_id && event.concerns(&playbook.trigger)
            })
            .map(move |playbook| (playbook, event))
    };
    events.iter().flat_map(concerned).collect()
}

/// Decides one match and counts it, so that the next one in the same statement meets the gates it has closed.
fn decide_run<'a>(
    playbook: &'a Playbook,
    event: &'a Event,
    facts: &AccountFacts,
    history: &mut RunHistory,
) -> Result<Run<'a>, Fault> {
    let result = decide(&Situation {
        status: facts.status,
        stale_feed: event.is_stale(),
        uncertain: event.is_uncertain(),
        minutes_since_last: history.minutes_since_last(playbook.id, event.account_id),
        cooldown_minutes: playbook.cooldown_minutes,
        fired_today: history.fired_today(playbook.id),
        daily_cap: playbook.daily_cap,
    });
    let payload = if result == RunResult::Fired {
        history.count_run(playbook.id, event.account_id);
        Some(write_payload(playbook, event, facts)?)
    } else {
        None
    };
    Ok(Run {
        playbook,
        event,
        result,
        payload,
    })
}

fn write_payload(
    playbook: &Playbook,
    event: &Event,
    facts: &AccountFacts,
) -> Result<String, Fault> {
    let public_url = setting::text(&settings::PUBLIC_URL);
    let payload = Payload::new(
        event,
        facts,
        FiredPlaybook {
            id: playbook.id.to_string(),
            name: &playbook.name,
            event_type: playbook.trigger.kind(),
            triggered_at: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            public_url: &public_url,
        },
    );
    serde_json::to_string(&payload)
        .map_err(|error| Fault::internal(format!("a payload cannot be written: {error}")))
}
