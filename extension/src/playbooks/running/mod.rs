//! Owns running playbooks: matches meet the gates in order, and each leaves a row; what fires gets its deliveries in the same
//! transaction and its actions carried out. Nothing is sent here. Everything that runs a playbook comes through
//! [`run_matches`].

mod addressees;
mod bursts;
mod carry_out;
mod chain;
mod facts;
pub mod gate;
mod outgoing;
mod payload;
mod rebuilt_payload;
pub mod settings;
mod test_delivery;
mod write_payload;
mod write_runs;

use super::event::{Event, EventChange};
use super::playbook::Playbook;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::tenant_lock::{self, Mode, Subject};
use chain::Chain;
use facts::{RunHistory, read_account_facts};
use gate::{RunResult, Situation, decide};
use payload::AccountFacts;
use pgrx::Uuid;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use write_payload::write_payload;

pub use bursts::{drop_burst, release};
pub use rebuilt_payload::{SentPayload, rebuild_payloads};
pub use test_delivery::queue_test;

/// A playbook and an event that it waited for.
#[derive(Debug, Clone)]
pub struct Match {
    pub playbook: Rc<Playbook>,
    pub event: Rc<Event>,
    /// Where it was held back before.
    pub held: Option<HeldMatch>,
}

/// A match that was held back by a gate that has opened since.
#[derive(Debug, Clone)]
pub struct HeldMatch {
    /// Since when, in text form.
    pub since: String,
}

impl Match {
    /// A new match.
    pub fn new(playbook: &Rc<Playbook>, event: &Rc<Event>) -> Self {
        Self {
            playbook: Rc::clone(playbook),
            event: Rc::clone(event),
            held: None,
        }
    }
}

/// A match and what came of it.
#[derive(Debug)]
pub struct Run {
    pub id: Uuid,
    pub it: Match,
    pub result: RunResult,
    /// The value of `playbook_executions.event`.
    pub event: Value,
    pub chain: i32,
    /// Of what fired.
    pub fired: Option<Fired>,
    pub burst_id: Option<Uuid>,
}

/// What goes with a run that fired.
#[derive(Debug)]
pub struct Fired {
    pub sequence: i64,
    pub payload: Value,
    pub csm_id: Option<Uuid>,
    /// What each action has come to, in order.
    pub actions: Vec<Value>,
    /// Why the first of them was refused that should have left the database.
    pub refusal: Option<String>,
}

/// The values of a payload by key.
fn payload_object(payload: &Value) -> serde_json::Map<String, Value> {
    payload.as_object().cloned().unwrap_or_default()
}

/// Runs playbooks. A match that was held back, and still is, leaves no second row.
pub fn run_matches(mut matches: Vec<Match>) -> Result<Vec<Run>, Fault> {
    if matches.is_empty() {
        return Ok(Vec::new());
    }
    let _section = System::enter();
    let chain = Chain::begin_link();
    // In order of account, whatever order they happened in, so that a burst stops at a known place.
    matches.sort_by_key(|it| (it.event.tenant_id, it.event.account_id));
    lock_accounts(&matches)?;
    lock_runs(&matches);
    let facts = read_account_facts(&matches)?;
    let mut history = RunHistory::read(&matches)?;
    let mut runs = Vec::new();
    for it in matches {
        // An account that has gone meanwhile has nothing to run for.
        if let Some(facts) = facts.get(&it.event.account_id) {
            runs.extend(decide_run(it, facts, &mut history, &chain)?);
        }
    }
    bursts::gather(&mut runs)?;
    write_runs::write_runs(&mut runs)?;
    carry_out::carry_out(&mut runs)?;
    Ok(runs)
}

/// Those that actions will change: before the runs are locked, as whoever changes an account does, or two would wait for each
/// other.
fn lock_accounts(matches: &[Match]) -> Result<(), Fault> {
    let changed = matches.iter().filter(|it| it.playbook.changes_accounts());
    let (tenants, accounts): (Vec<_>, Vec<_>) = changed
        .map(|it| (it.event.tenant_id, it.event.account_id))
        .unzip();
    match accounts.is_empty() {
        true => Ok(()),
        false => sql::run(
            include_str!("../sql/lock_accounts.sql"),
            &[tenants.into(), accounts.into()],
        ),
    }
}

/// Until the transaction ends, no other one runs playbooks of these tenants: caps and bursts are counted exactly.
fn lock_runs(matches: &[Match]) {
    let tenants = matches.iter().map(|it| {
        let tenant = it.event.tenant_id;
        (tenant_lock::fold_to_number(tenant), tenant)
    });
    for (_, tenant) in tenants.collect::<BTreeSet<_>>() {
        tenant_lock::lock(Subject::Runs, tenant, Mode::Alone);
    }
}

/// Decides one match and counts it, so that the next one meets the gates it has closed; `None` where it is held back as before.
fn decide_run(
    it: Match,
    facts: &AccountFacts,
    history: &mut RunHistory,
    chain: &Chain,
) -> Result<Option<Run>, Fault> {
    let (playbook, account) = (it.playbook.id, it.event.account_id);
    let result = decide(&situation(&it, facts, history, chain));
    if it.held.is_some() && result.may_open() {
        return Ok(None);
    }
    let mut event = it.event.describe(&it.playbook.trigger.event);
    if let Some(held) = &it.held {
        event["held_since"] = held.since.as_str().into();
    }
    let fired = match result {
        RunResult::Fired => {
            chain.note(playbook, account);
            let sequence = history.count(playbook, account);
            Some(Fired {
                sequence,
                payload: write_payload(
                    &it,
                    facts,
                    it.playbook.trigger.event.kind(),
                    sequence,
                    chain.length,
                )?,
                csm_id: facts.csm_id,
                actions: Vec::new(),
                refusal: None,
            })
        }
        _ => None,
    };
    Ok(Some(Run {
        id: crate::pg::uuid_v7::new(),
        it,
        result,
        event,
        chain: chain.length,
        fired,
        burst_id: None,
    }))
}

fn situation(it: &Match, facts: &AccountFacts, history: &RunHistory, chain: &Chain) -> Situation {
    let (playbook, account) = (&it.playbook, it.event.account_id);
    let (stale_feed, uncertain) = match &it.event.change {
        EventChange::Score(change) => (change.is_stale, change.is_uncertain),
        EventChange::Standing {
            is_stale,
            is_uncertain,
            ..
        } => (*is_stale, *is_uncertain),
        EventChange::Held(_) if playbook.trigger.event.is_of_score() => {
            (facts.is_stale, facts.is_uncertain)
        }
        _ => (false, false),
    };
    Situation {
        status: match it.event.is_change_of_status(&playbook.trigger.event) {
            true => crate::stages::AccountStatus::Active,
            false => facts.status,
        },
        stale_feed,
        uncertain,
        ends_chain: chain.ends_before(playbook.id, account),
        minutes_since_last: history.minutes_since_last(playbook.id, account),
        cooldown_minutes: playbook.cooldown_minutes,
        fired_today: history.today(playbook.id),
        daily_cap: playbook.daily_cap,
        fired_lately: history.lately(playbook.id),
        burst: i64::from(settings::PLAYBOOK_BURST.get()),
    }
}

/// How often each result came.
pub fn count_results(runs: &[Run]) -> BTreeMap<&'static str, i32> {
    let mut counts = BTreeMap::new();
    for run in runs {
        *counts.entry(run.result.label()).or_default() += 1;
    }
    counts
}
