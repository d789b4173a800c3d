//! Owns a pass of a playbook: accounts in slices, and of each slice what has begun, what has ended, and what was held back and
//! may run now.

use super::entries::{self, EntryKey};
use super::kinds::{Rhythm, is_of_stay, is_of_usage};
use super::timetable_pass;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::playbooks::definition::{AwaitedEvent, PlaybookTrigger};
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::matching::meeting_when;
use crate::playbooks::playbook::{Playbook, read_playbook};
use crate::playbooks::running::{HeldMatch, Match, Run, run_matches};
use crate::playbooks::standing::{self, Standing};
use pgrx::{JsonB, Uuid};
use std::collections::HashMap;
use std::rc::Rc;

/// For each account that a playbook may run for in a step, so many are looked at.
const LOOKED_AT: i64 = 80;
/// Where the usage of each is added up.
const ADDED_UP: i64 = 8;

/// How a step of a pass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassStep {
    /// Nothing is left to do.
    Done,
    /// There is more, after this account where one is named.
    More(Option<Uuid>),
}

/// Makes the next step of a playbook's pass: from the accounts after this one, for at most so many. In a transaction.
pub fn run_pass_step(
    tenant: Uuid,
    playbook: Uuid,
    after: Option<Uuid>,
    most: i64,
) -> Result<PassStep, Fault> {
    let _section = System::enter();
    // What has been sent must not be forgotten, or it would be sent again under another id.
    sql::run("set local synchronous_commit = on", &[])?;
    let Some(playbook) = find_waiting(tenant, playbook)? else {
        return Ok(PassStep::Done);
    };
    match (Rhythm::of(&playbook.trigger.event), &playbook.trigger.event) {
        (_, AwaitedEvent::Schedule { cron }) => timetable_pass::run_step(&playbook, cron, most),
        (None, _) => Ok(PassStep::Done),
        (Some(rhythm), _) => {
            let step = look_at_slice(&playbook, after, most)?;
            if step == PassStep::Done && rhythm == Rhythm::Daily {
                note_day(&playbook)?;
            }
            Ok(step)
        }
    }
}

/// A playbook that waits for something; `None` where it no longer does. Errors: what is wrong with one that cannot be read.
fn find_waiting(tenant: Uuid, id: Uuid) -> Result<Option<Rc<Playbook>>, Fault> {
    let criteria = sql::first(
        include_str!("sql/waiting_playbook.sql"),
        &[tenant.into(), id.into()],
        |row| Ok(row.need::<JsonB>("trigger_criteria")?.0),
    )?;
    let Some(criteria) = criteria else {
        return Ok(None);
    };
    if let Some(playbook) = read_playbook(tenant, id)? {
        return Ok(Some(playbook));
    }
    let unreadable = || Fault::internal("this playbook cannot be read");
    PlaybookTrigger::parse(criteria.as_object().ok_or_else(unreadable)?)?;
    Err(unreadable())
}

fn look_at_slice(
    playbook: &Rc<Playbook>,
    after: Option<Uuid>,
    most: i64,
) -> Result<PassStep, Fault> {
    let event = &playbook.trigger.event;
    let size = most.saturating_mul(match is_of_usage(event) {
        true => ADDED_UP,
        false => LOOKED_AT,
    });
    let slice = read_slice(playbook.tenant_id, after, size)?;
    let is_cut = i64::try_from(slice.len()).is_ok_and(|found| found >= size);
    let among = (is_cut || after.is_some()).then_some(slice.as_slice());
    let changes = entries::read_changes(playbook, among, is_of_stay(event), most)?;
    if !changes.ended.is_empty() {
        entries::leave(playbook, changes.ended)?;
    }
    if !changes.held.is_empty() {
        run_held(playbook, changes.held)?;
    }
    if !changes.begun.is_empty() {
        run_begun(playbook, entries::enter(playbook, changes.begun)?)?;
    }
    Ok(match (changes.cut_after, is_cut) {
        (Some(last), _) => PassStep::More(Some(last)),
        (None, true) => PassStep::More(slice.last().copied()),
        (None, false) => PassStep::Done,
    })
}

/// The accounts after this one, in order, at most so many.
pub fn read_slice(tenant: Uuid, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>, Fault> {
    sql::read(
        "select id from cs.accounts where tenant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3",
        &[tenant.into(), after.into(), most.into()],
        |row| row.need("id"),
    )
}

/// Runs a playbook for everybody who is in the state that it waits for, and meets its conditions.
pub fn run_present(playbook: &Rc<Playbook>) -> Result<Vec<Run>, Fault> {
    let _section = System::enter();
    let present = standing::find(playbook.tenant_id, &playbook.trigger.event, None)?;
    run_begun(playbook, present)
}

/// Whoever does not meet the playbook's conditions at this moment is entered all the same: it has begun, and begins once.
fn run_begun(playbook: &Rc<Playbook>, begun: Vec<Standing>) -> Result<Vec<Run>, Fault> {
    let (matches, keys) = match_all(playbook, begun.into_iter().map(|it| (it, None)));
    let runs = run_matches(meeting_when(matches)?)?;
    hold_back(playbook, keys, &runs)?;
    Ok(runs)
}

/// What is held back as before leaves no run; what runs, or is refused for good, is held back no longer.
fn run_held(playbook: &Rc<Playbook>, held: Vec<(Standing, HeldMatch)>) -> Result<(), Fault> {
    let held = held.into_iter().map(|(it, held)| (it, Some(held)));
    let (matches, keys) = match_all(playbook, held);
    let runs = run_matches(matches)?;
    hold_back(playbook, keys, &runs)
}

/// The matches of a playbook with what is so, and the entries that they are about, by the ids of the events.
fn match_all(
    playbook: &Rc<Playbook>,
    standings: impl Iterator<Item = (Standing, Option<HeldMatch>)>,
) -> (Vec<Match>, HashMap<Uuid, EntryKey>) {
    let mut keys = HashMap::new();
    let matches = standings.map(|(standing, held)| {
        let key = (standing.account_id, standing.subject.clone());
        let it = match_of(playbook, standing);
        keys.insert(it.event.id, key);
        Match { held, ..it }
    });
    (matches.collect(), keys)
}

/// The match of a playbook with what is so.
pub fn match_of(playbook: &Rc<Playbook>, standing: Standing) -> Match {
    let event = Event {
        id: crate::pg::uuid_v7::new(),
        tenant_id: playbook.tenant_id,
        account_id: standing.account_id,
        change: EventChange::Standing {
            values: standing.values,
            is_stale: standing.stale,
            is_uncertain: standing.uncertain,
        },
    };
    Match::new(playbook, &Rc::new(event))
}

/// Writes down what the gates held back, and what they no longer do.
fn hold_back(
    playbook: &Playbook,
    mut keys: HashMap<Uuid, EntryKey>,
    runs: &[Run],
) -> Result<(), Fault> {
    let held = runs.iter().filter_map(|run| {
        let key = keys.remove(&run.it.event.id)?;
        let by = run.result.may_open().then_some(run.id);
        (by.is_some() || run.it.held.is_some()).then_some((key, by))
    });
    let held = held.collect::<Vec<_>>();
    match held.is_empty() {
        true => Ok(()),
        false => entries::hold(playbook, held),
    }
}

/// Today's pass of a playbook is done.
pub fn note_day(playbook: &Playbook) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/note_day.sql"),
        &[playbook.tenant_id.into(), playbook.id.into()],
    )
}
