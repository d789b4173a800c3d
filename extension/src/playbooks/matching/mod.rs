//! Owns the way from a change to the playbooks that wait for it, in the transaction of the change: what happened, who waits for
//! that kind, whose conditions hold; and what was held back earlier and may run now.

mod conditions;
mod held_over;
mod source;
mod waiting;

use super::event::Event;
use super::playbook::Playbook;
use super::running::{self, Match};
use crate::health;
use crate::pg::section::System;
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use source::Source;
use std::rc::Rc;

pub use conditions::meeting_when;
pub use held_over::{AccountNow, still_holds};

/// AFTER INSERT STATEMENT on journey_history and health_scores, AFTER UPDATE STATEMENT on accounts, over the transition tables
/// `old_rows` and `new_rows`.
#[pg_trigger]
fn tg_playbooks__match<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let source = Source::of_trigger(trigger)?;
        if health::Engine::is_silent() || !source.may_concern_playbooks(trigger)? {
            return Ok(());
        }
        let may_wait = waiting::may_wait(trigger, source)?;
        // A stage that is entered opens no gate.
        if !may_wait && source == Source::Stages {
            return Ok(());
        }
        let _section = System::enter();
        let (mut matches, concerned) = transition_tables::with_tables(trigger, |client| {
            let playbooks = match may_wait {
                true => waiting::read_waiting(trigger, client, source)?,
                false => Vec::new(),
            };
            let concerned = held_over::read_open(trigger, client, source)?;
            let matches = match playbooks.is_empty() {
                true => Vec::new(),
                false => {
                    let events = source.read_events(trigger, client, &playbooks)?;
                    match_events(&playbooks, &events)
                }
            };
            Ok((matches, concerned))
        })?;
        matches = meeting_when(matches)?;
        matches.extend(held_over::match_again(concerned, &matches)?);
        running::run_matches(matches).map(drop)
    })
}

fn match_events(playbooks: &[Rc<Playbook>], events: &[Rc<Event>]) -> Vec<Match> {
    let awaiting = |event: &Rc<Event>| {
        let event = Rc::clone(event);
        let concerned = playbooks
            .iter()
            .filter(|it| it.tenant_id == event.tenant_id && event.is_awaited(&it.trigger.event));
        concerned
            .map(|playbook| Match::new(playbook, &event))
            .collect::<Vec<_>>()
    };
    events.iter().flat_map(awaiting).collect()
}
