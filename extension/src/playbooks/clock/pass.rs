//! Owns a pass of a playbook: accounts in slices, and of each slice what has begun, what has ended, and what was held back and
//! may run now.

use super::entries;
use super::kinds::{Rhythm, is_of_stay, is_of_usage};
use super::runs::{run_begun, run_held};
use super::slice::{PassStep, read_slice};
use super::timetable_pass;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::playbooks::definition::{AwaitedEvent, PlaybookTrigger};
use crate::playbooks::playbook::{Playbook, read_playbook};
use pgrx::{JsonB, Uuid};
use std::rc::Rc;

/// For each account that a playbook may run for in a step, so many are looked at.
const LOOKED_AT: i64 = 80;
/// Where the usage of each is added up.
const ADDED_UP: i64 = 8;

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

/// Today's pass of a playbook is done.
pub fn note_day(playbook: &Playbook) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/note_day.sql"),
        &[playbook.tenant_id.into(), playbook.id.into()],
    )
}
