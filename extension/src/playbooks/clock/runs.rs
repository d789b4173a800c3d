//! Owns the way from what is so to runs, and the note in an entry of which run a gate holds back.

use super::entries::{self, EntryKey};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::matching::meeting_when;
use crate::playbooks::playbook::Playbook;
use crate::playbooks::running::{HeldMatch, Match, Run, run_matches};
use crate::playbooks::standing::{self, Standing};
use pgrx::Uuid;
use std::collections::HashMap;
use std::rc::Rc;

/// Runs a playbook for everybody who is in the state that it waits for, and meets its conditions.
pub fn run_present(playbook: &Rc<Playbook>) -> Result<Vec<Run>, Fault> {
    let _section = System::enter();
    let present = standing::find(playbook.tenant_id, &playbook.trigger.event, None)?;
    run_begun(playbook, present)
}

/// Whoever does not meet the playbook's conditions at this moment is entered all the same: it has begun, and begins once.
pub fn run_begun(playbook: &Rc<Playbook>, begun: Vec<Standing>) -> Result<Vec<Run>, Fault> {
    let (matches, keys) = match_all(playbook, begun.into_iter().map(|it| (it, None)));
    let runs = run_matches(meeting_when(matches)?)?;
    hold_back(playbook, keys, &runs)?;
    Ok(runs)
}

/// What is held back as before leaves no run; what runs, or is refused for good, is held back no longer.
pub fn run_held(playbook: &Rc<Playbook>, held: Vec<(Standing, HeldMatch)>) -> Result<(), Fault> {
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
