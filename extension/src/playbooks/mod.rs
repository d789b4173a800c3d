//! Owns automation in the transaction of the change: events are matched against playbooks, gates decide, and executions and
//! deliveries are written beside what caused them. Nothing is sent here.

mod check;
mod criteria;
mod event;
mod gate;
mod payload;
mod store;

use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::trigger_row::{self, Outcome};
use crate::pg::{setting, transition_tables};
use crate::webhooks::settings;
use chrono::{SecondsFormat, Utc};
use event::Event;
use gate::{Situation, Verdict, decide};
use payload::{Facts, Payload, Speaker};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use pgrx::spi::SpiClient;
use store::{Past, Playbook, Run};

/// AFTER INSERT STATEMENT on journey_history and health_scores, over the transition table `new_rows`.
#[pg_trigger]
fn tg_playbooks__match<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if crate::health::Engine::is_silent() {
            return Ok(());
        }
        let source = store::Source::of_table(trigger)?;
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| match_all(trigger, client, source))
    })
}

fn match_all(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    source: store::Source,
) -> Result<(), Fault> {
    let playbooks = store::waiting(trigger, client, source)?;
    if playbooks.is_empty() {
        return Ok(());
    }
    let events = store::events(trigger, client, source)?;
    let matches = pair(&playbooks, &events);
    if matches.is_empty() {
        return Ok(());
    }
    store::lock_capped(client, matches.iter().map(|(playbook, _)| *playbook))?;
    let facts = store::facts(client, &matches)?;
    let mut past = store::past(client, &matches)?;
    let runs = matches
        .iter()
        .map(|(playbook, event)| {
            let about = facts
                .get(&event.account_id)
                .ok_or_else(|| Fault::no_such("account"))?;
            run(playbook, event, about, &mut past)
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    store::write(client, &runs)
}

fn pair<'a>(playbooks: &'a [Playbook], events: &'a [Event]) -> Vec<(&'a Playbook, &'a Event)> {
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

/// Decides one match and counts it, so that the next one in the same statement meets the gates it has shut.
fn run<'a>(
    playbook: &'a Playbook,
    event: &'a Event,
    facts: &Facts,
    past: &mut Past,
) -> Result<Run<'a>, Fault> {
    let verdict = decide(&Situation {
        status: facts.status,
        stale_feed: event.is_stale(),
        uncertain: event.is_uncertain(),
        minutes_since_last: past.minutes_since_last(playbook.id, event.account_id),
        cooldown_minutes: playbook.cooldown_minutes,
        fired_today: past.fired_today(playbook.id),
        daily_cap: playbook.daily_cap,
    });
    let payload = if verdict == Verdict::Fired {
        past.count(playbook.id, event.account_id);
        Some(body(playbook, event, facts)?)
    } else {
        None
    };
    Ok(Run {
        playbook,
        event,
        verdict,
        payload,
    })
}

fn body(playbook: &Playbook, event: &Event, facts: &Facts) -> Result<String, Fault> {
    let public_url = setting::text(&settings::PUBLIC_URL);
    let payload = Payload::new(
        event,
        facts,
        Speaker {
            playbook_id: playbook.id.to_string(),
            playbook_name: &playbook.name,
            event_type: playbook.trigger.kind(),
            triggered_at: Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true),
            public_url: &public_url,
        },
    );
    serde_json::to_string(&payload)
        .map_err(|error| Fault::internal(format!("a payload cannot be written: {error}")))
}
