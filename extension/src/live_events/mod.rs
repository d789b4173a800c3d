//! Owns live events: which rows changed, told to the gateway's own session when the transaction commits.
//!
//! In: one trigger per table, topic and kind of statement (`sql/again/77_events.sql`). Out: notifications
//! `{tenant, topic, ids, actor, client}` on a channel whose random name stays in the database.

mod changed;
mod commit;
mod gathered;

use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::transition_tables::Side;
use crate::pg::trigger_row::{self, Outcome};
pub use commit::register;
#[cfg(any(test, feature = "pg_test"))]
pub use commit::waiting;
use gathered::{By, Ids};
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgTrigger, pg_sys};
use std::ffi::{CString, c_int};
use uuid::Uuid;

/// Whose view of the tenant has changed: their streams are told to read all anew.
const ACCESS: &str = "access";

/// AFTER INSERT, UPDATE, DELETE STATEMENT with arguments (topic, id column, person column), the last two may be empty.
/// A person who is added to a row, or taken off it, is told to read all anew.
#[pg_trigger]
fn tg_events__gather<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let arguments = trigger
            .extra_args()
            .map_err(|error| Fault::internal(error.to_string()))?;
        let [topic, id, person] = arguments.as_slice() else {
            return Err(Fault::internal("topic, id and person column are needed"));
        };
        let tenant = match changed::column(trigger, "tenant_id")? {
            Some(tenant) => tenant,
            None => need(trigger, "id")?,
        };
        let side = match trigger.op() {
            Ok(PgTriggerOperation::Delete) => Side::Old,
            _ => Side::New,
        };
        let rows = match id.as_str() {
            "" => changes(trigger, side, &[tenant]),
            id => changes(trigger, side, &[tenant, need(trigger, id)?]),
        };
        let by = caller();
        commit::gather(rows, topic, by, channel)?;
        if !person.is_empty() {
            let people = people(trigger, tenant, need(trigger, person)?);
            commit::gather(people, ACCESS, by, channel)?;
        }
        Ok(())
    })
}

fn need(trigger: &PgTrigger<'_>, name: &str) -> Result<c_int, Fault> {
    changed::column(trigger, name)?
        .ok_or_else(|| Fault::internal(format!("the trigger's table has no column {name}")))
}

fn caller() -> By {
    By {
        actor: identity::current()
            .user
            .map(|user| Uuid::from_bytes(*user.as_bytes())),
        client: identity::settings::client_id().and_then(|it| Uuid::try_parse(&it).ok()),
    }
}

/// The ids per tenant; without an id column all of the topic. Rows of nobody are left out.
fn changes(trigger: &PgTrigger<'_>, side: Side, columns: &[c_int]) -> Vec<(Uuid, Ids)> {
    let mut found = Vec::new();
    changed::each(trigger, side, columns, |row| {
        if let [Some(tenant), id @ ..] = row {
            note(&mut found, *tenant, id.first().copied().flatten());
        }
    });
    found
}

/// Rows of one tenant mostly stand together.
fn note(found: &mut Vec<(Uuid, Ids)>, tenant: Uuid, id: Option<Uuid>) {
    let place = match found.last() {
        Some((last, _)) if *last == tenant => Some(found.len() - 1),
        _ => found.iter().position(|(known, _)| *known == tenant),
    };
    match place {
        Some(place) if found[place].1.is_all() => {}
        Some(place) => found[place].1.add(id),
        None => {
            let mut ids = Ids::none();
            ids.add(id);
            found.push((tenant, ids));
        }
    }
}

/// The people in this column who are new to their row or gone from it. Both tables of an UPDATE have one order.
fn people(trigger: &PgTrigger<'_>, tenant: c_int, person: c_int) -> Vec<(Uuid, Ids)> {
    let column = |side| {
        let mut rows = Vec::new();
        changed::each(trigger, side, &[tenant, person], |row| {
            rows.push((row[0], row[1]))
        });
        rows
    };
    let (old, new) = (column(Side::Old), column(Side::New));
    let mut found = Vec::new();
    for place in 0..old.len().max(new.len()) {
        let (before, after) = (old.get(place), new.get(place));
        if before != after {
            for (tenant, person) in [before, after].into_iter().flatten() {
                if let (Some(tenant), Some(person)) = (tenant, person) {
                    note(&mut found, *tenant, Some(*person));
                }
            }
        }
    }
    found
}

thread_local! {
    static CHANNEL: Kept = const { Kept::new("select name from cs.event_channel", &[]) };
}

/// The name that only the database knows; none where a dump without data was restored.
fn channel() -> Result<Option<CString>, Fault> {
    let _section = System::enter();
    let names = CHANNEL.with(|query| query.read(&[], |row| row.need::<String>("name")))?;
    Ok(names
        .into_iter()
        .next()
        .and_then(|it| CString::new(it).ok()))
}

#[pg_extern]
fn listen_to_events() {
    // SAFETY: reads a state of the server.
    if unsafe { pg_sys::RecoveryInProgress() } {
        Fault::unsupported("a standby has no events").raise();
    }
    match channel().or_raise() {
        Some(channel) => commit::listen(&channel),
        None => Fault::internal("there is no event channel: call cs.install()").raise(),
    }
}
