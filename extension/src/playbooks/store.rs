//! Owns the SQL of playbooks: what waits, what happened, what is known, what is written.

use super::event::{Event, EventChange};
use super::gate::RunResult;
use super::payload::AccountFacts;
use super::playbook_trigger::{EVENT_KINDS, PlaybookTrigger};
use crate::pg::fault::Fault;
use crate::pg::sql::types::TEXT;
use crate::pg::sql::{Kept, Row, write_on};
use crate::pg::transition_tables;
use crate::stages::AccountStatus;
use pgrx::spi::SpiClient;
use pgrx::{JsonB, PgTrigger, Uuid};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

// One per table, since the plans know the columns of its transition tables.
thread_local! {
    static WAITING_FOR_STAGES: Kept = const { Kept::new(include_str!("sql/waiting_for_stages.sql"), &[TEXT]) };
    static WAITING_FOR_SCORES: Kept = const { Kept::new(include_str!("sql/waiting.sql"), &[TEXT]) };
    static STAGE_EVENTS: Kept = const { Kept::new(include_str!("sql/stage_events.sql"), &[]) };
    static SCORE_EVENTS: Kept = const { Kept::new(include_str!("sql/score_events.sql"), &[]) };
}

/// The table that events come from.
#[derive(Debug, Clone, Copy)]
pub enum EventTable {
    /// journey_history.
    Stages,
    /// health_scores.
    Scores,
}

impl EventTable {
    /// The table that fired a trigger.
    pub fn of_trigger(trigger: &PgTrigger<'_>) -> Result<Self, Fault> {
        match trigger.table_name().as_deref() {
            Ok("journey_history") => Ok(Self::Stages),
            Ok("health_scores") => Ok(Self::Scores),
            _ => Err(Fault::internal(
                "this trigger is for journey_history and health_scores only",
            )),
        }
    }
}

/// A playbook that waits for events of a table.
#[derive(Debug)]
pub struct Playbook {
    pub(super) tenant_id: Uuid,
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) version: i32,
    pub(super) trigger: PlaybookTrigger,
    pub(super) cooldown_minutes: i32,
    pub(super) daily_cap: Option<i32>,
}

/// A playbook and an event it waited for, with what came of them; the payload where the playbook fired.
#[derive(Debug)]
pub struct Run<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) event: &'a Event,
    pub(super) result: RunResult,
    pub(super) payload: Option<String>,
}

/// The active playbooks of the tenants in `new_rows` that wait for events of this table.
pub fn read_waiting_playbooks(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    table: EventTable,
) -> Result<Vec<Playbook>, Fault> {
    let (kind, query) = match table {
        EventTable::Scores => (EVENT_KINDS[0], &WAITING_FOR_SCORES),
        EventTable::Stages => (EVENT_KINDS[1], &WAITING_FOR_STAGES),
    };
    let rows = query
        .with(|it| transition_tables::write(trigger, client, it, &[kind.into()], read_playbook))?;
    Ok(rows.into_iter().flatten().collect())
}

/// `None` for one that cannot be read: it alone does not run.
fn read_playbook(row: &Row<'_>) -> Result<Option<Playbook>, Fault> {
    let id = row.need("id")?;
    let criteria = row.need::<JsonB>("trigger_criteria")?.0;
    let criteria = criteria
        .as_object()
        .ok_or_else(|| Fault::internal("trigger_criteria is not an object"));
    let trigger = match criteria.and_then(PlaybookTrigger::parse) {
        Ok(trigger) => trigger,
        Err(fault) => {
            warn_once(id, &fault);
            return Ok(None);
        }
    };
    Ok(Some(Playbook {
        tenant_id: row.need("tenant_id")?,
        id,
        name: row.need("name")?,
        version: row.need("version")?,
        trigger,
        cooldown_minutes: row.need("cooldown_minutes")?,
        daily_cap: row.maybe("max_executions_per_day")?,
    }))
}

/// Once per session, since playbooks are read at every change.
fn warn_once(playbook: Uuid, fault: &Fault) {
    thread_local! {
        static WARNED: RefCell<HashSet<Uuid>> = RefCell::default();
    }
    if WARNED.with_borrow_mut(|warned| warned.insert(playbook)) {
        pgrx::warning!(
            "customer_success: playbook {playbook} cannot be read and does not run: {}",
            fault.message()
        );
    }
}

/// The events that `new_rows` are.
pub fn read_events(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    table: EventTable,
) -> Result<Vec<Event>, Fault> {
    let query = match table {
        EventTable::Stages => &STAGE_EVENTS,
        EventTable::Scores => &SCORE_EVENTS,
    };
    let map = |row: &Row<'_>| {
        let change = match table {
            EventTable::Stages => EventChange::Stage {
                from: row.maybe("from_stage")?,
                to: row.need("to_stage")?,
                to_id: row.need("to_stage_id")?,
                is_undo: row.need("is_undo")?,
            },
            EventTable::Scores => EventChange::Score {
                previous: row.maybe("previous_score")?,
                score: row.need("overall_score")?,
                risk: row.need("risk_level")?,
                low_confidence: row.need("low_confidence")?,
                stale_feed: row.need("stale_feed")?,
            },
        };
        Ok(Event {
            id: row.need("id")?,
            tenant_id: row.need("tenant_id")?,
            account_id: row.need("account_id")?,
            change,
        })
    };
    query.with(|it| transition_tables::write(trigger, client, it, &[], map))
}

/// Locks the playbooks with a daily cap, in id order, so that two sessions cannot both take the last run of the day.
pub fn lock_capped_playbooks<'a>(
    client: &mut SpiClient<'_>,
    playbooks: impl Iterator<Item = &'a Playbook>,
) -> Result<(), Fault> {
    let (tenants, ids): (Vec<_>, Vec<_>) = playbooks
        .filter(|it| it.daily_cap.is_some())
        .map(|it| (it.tenant_id, it.id))
        .unzip();
    if ids.is_empty() {
        return Ok(());
    }
    write_on(
        client,
        include_str!("sql/lock.sql"),
        &[tenants.into(), ids.into()],
        |_| Ok(()),
    )
    .map(drop)
}

/// What is known of the accounts in these matches, by account.
pub fn read_account_facts(
    client: &mut SpiClient<'_>,
    matches: &[(&Playbook, &Event)],
) -> Result<HashMap<Uuid, AccountFacts>, Fault> {
    let (tenants, accounts): (Vec<_>, Vec<_>) = matches
        .iter()
        .map(|(_, event)| (event.tenant_id, event.account_id))
        .unzip();
    let known = write_on(
        client,
        include_str!("sql/facts.sql"),
        &[tenants.into(), accounts.into()],
        |row| {
            let facts = AccountFacts {
                account_name: row.need("name")?,
                status: AccountStatus::from_label(&row.need::<String>("status")?)
                    .ok_or_else(|| Fault::internal("an account has no known status"))?,
                stage: row.need("current_stage")?,
                arr: row
                    .maybe::<String>("arr")?
                    .and_then(|text| text.parse().ok()),
                csm_email: row.maybe("csm_email")?,
                csm_name: row.maybe("csm_name")?,
                health_score: row.maybe("overall_score")?,
                previous_score: row.maybe("previous_score")?,
                risk_level: row.maybe("risk_level")?,
                tenant_slug: row.need("tenant_slug")?,
            };
            Ok((row.need("id")?, facts))
        },
    )?;
    Ok(known.into_iter().collect())
}

/// How often and how lately playbooks ran.
#[derive(Debug, Default)]
pub struct RunHistory {
    minutes_since_last: HashMap<(Uuid, Uuid), f64>,
    fired_today: HashMap<Uuid, i64>,
}

impl RunHistory {
    /// Minutes since this playbook last ran for this account.
    pub fn minutes_since_last(&self, playbook: Uuid, account: Uuid) -> Option<f64> {
        self.minutes_since_last.get(&(playbook, account)).copied()
    }

    /// Runs of this playbook today.
    pub fn fired_today(&self, playbook: Uuid) -> i64 {
        self.fired_today.get(&playbook).copied().unwrap_or(0)
    }

    /// Counts a run that is about to be written.
    pub fn count_run(&mut self, playbook: Uuid, account: Uuid) {
        self.minutes_since_last.insert((playbook, account), 0.0);
        *self.fired_today.entry(playbook).or_default() += 1;
    }
}

/// How often and how lately the playbooks of these matches ran.
pub fn read_run_history(
    client: &mut SpiClient<'_>,
    matches: &[(&Playbook, &Event)],
) -> Result<RunHistory, Fault> {
    let tenants = matches
        .iter()
        .map(|(playbook, _)| playbook.tenant_id)
        .collect::<Vec<_>>();
    let playbooks = matches
        .iter()
        .map(|(playbook, _)| playbook.id)
        .collect::<Vec<_>>();
    let accounts = matches
        .iter()
        .map(|(_, event)| event.account_id)
        .collect::<Vec<_>>();
    let last = write_on(
        client,
        include_str!("sql/last_runs.sql"),
        &[
            tenants.clone().into(),
            playbooks.clone().into(),
            accounts.into(),
        ],
        |row| {
            Ok((
                (row.need("playbook_id")?, row.need("account_id")?),
                row.need("minutes")?,
            ))
        },
    )?;
    let today = write_on(
        client,
        include_str!("sql/runs_today.sql"),
        &[tenants.into(), playbooks.into()],
        |row| Ok((row.need("playbook_id")?, row.need("fired")?)),
    )?;
    Ok(RunHistory {
        minutes_since_last: last.into_iter().collect(),
        fired_today: today.into_iter().collect(),
    })
}

/// Writes the executions, and the deliveries of those that fired.
pub fn write_runs(client: &mut SpiClient<'_>, runs: &[Run<'_>]) -> Result<(), Fault> {
    let all = |pick: fn(&Run<'_>) -> Uuid| runs.iter().map(pick).collect::<Vec<_>>();
    let fired = |run: &Run<'_>| run.payload.is_some().then(crate::pg::uuid_v7::new);
    let arguments = [
        all(|run| run.event.tenant_id).into(),
        all(|run| run.playbook.id).into(),
        all(|run| run.event.account_id).into(),
        all(|run| run.event.id).into(),
        runs.iter()
            .map(|run| run.playbook.version)
            .collect::<Vec<_>>()
            .into(),
        runs.iter()
            .map(|run| run.result.label())
            .collect::<Vec<_>>()
            .into(),
        runs.iter()
            .map(|run| run.event.describe(&run.playbook.trigger).to_string())
            .collect::<Vec<_>>()
            .into(),
        runs.iter().map(fired).collect::<Vec<_>>().into(),
        runs.iter()
            .map(|run| run.payload.clone())
            .collect::<Vec<_>>()
            .into(),
    ];
    write_on(
        client,
        include_str!("sql/write_runs.sql"),
        &arguments,
        |_| Ok(()),
    )
    .map(drop)
}
