//! Owns live events: which rows changed, sent to the gateway's own session when the transaction commits.
//!
//! In: one trigger per table, topic and kind of statement (`sql/again/82_events.sql`). Out: notifications
//! `{tenant, topic, ids, actor, client}` on a channel whose random name stays in the database.

mod notice;
mod notify_at_commit;
mod transaction_changes;
mod transition_ids;

use crate::identity;
use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::id;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::transition_tables::Side;
use crate::pg::trigger_row::{self, Outcome};
use notice::{ChangeAuthor, ChangedIds};
pub use notify_at_commit::register_callbacks;
#[cfg(any(test, feature = "pg_test"))]
pub use notify_at_commit::take_payloads;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{PgTrigger, Uuid, pg_sys};
use std::ffi::{CString, c_int};

/// The topic of people whose view of the tenant has changed: their streams read everything again.
const ACCESS_TOPIC: &str = "access";

/// AFTER INSERT, UPDATE, DELETE STATEMENT with arguments (topic, id column, person column), of which the last two may
/// be empty. A person who is added to a row, or taken off it, is sent a notice of topic `access`.
#[pg_trigger]
fn tg_events__gather<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let arguments = trigger
            .extra_args()
            .map_err(|error| Fault::internal(error.to_string()))?;
        let [topic, id, person] = arguments.as_slice() else {
            return Err(Fault::internal(
                "topic, id column and person column must be given",
            ));
        };
        let tenant = match transition_ids::find_uuid_column(trigger, "tenant_id")? {
            Some(tenant) => tenant,
            None => require_uuid_column(trigger, "id")?,
        };
        let side = match trigger.op() {
            Ok(PgTriggerOperation::Delete) => Side::Old,
            _ => Side::New,
        };
        let rows = match id.as_str() {
            "" => changed_ids(trigger, side, &[tenant]),
            id => changed_ids(trigger, side, &[tenant, require_uuid_column(trigger, id)?]),
        };
        let author = current_author();
        notify_at_commit::add_changes(rows, topic, author, read_channel)?;
        if !person.is_empty() {
            let people = affected_people(trigger, tenant, require_uuid_column(trigger, person)?);
            notify_at_commit::add_changes(people, ACCESS_TOPIC, author, read_channel)?;
        }
        Ok(())
    })
}

fn require_uuid_column(trigger: &PgTrigger<'_>, name: &str) -> Result<c_int, Fault> {
    transition_ids::find_uuid_column(trigger, name)?
        .ok_or_else(|| Fault::internal(format!("the trigger's table has no column {name}")))
}

fn current_author() -> ChangeAuthor {
    let client = identity::settings::client_id();
    ChangeAuthor {
        actor: identity::current().user,
        client: client.and_then(|it| id::parse(&it)),
    }
}

/// The ids that changed, by tenant; without an id column all of the topic. Rows that belong to no tenant are left out.
fn changed_ids(trigger: &PgTrigger<'_>, side: Side, columns: &[c_int]) -> Vec<(Uuid, ChangedIds)> {
    let mut found = Vec::new();
    transition_ids::for_each_row(trigger, side, columns, |row| {
        if let [Some(tenant), id @ ..] = row {
            add_id(&mut found, *tenant, id.first().copied().flatten());
        }
    });
    found
}

/// Rows of one tenant are mostly next to each other.
fn add_id(found: &mut Vec<(Uuid, ChangedIds)>, tenant: Uuid, id: Option<Uuid>) {
    let place = match found.last() {
        Some((last, _)) if *last == tenant => Some(found.len() - 1),
        _ => found.iter().position(|(known, _)| *known == tenant),
    };
    match place {
        Some(place) if found[place].1.is_all() => {}
        Some(place) => found[place].1.add(id),
        None => {
            let mut ids = ChangedIds::none();
            ids.add(id);
            found.push((tenant, ids));
        }
    }
}

/// The people in this column who were added to a row or taken off it. Both tables of an UPDATE have one order.
fn affected_people(
    trigger: &PgTrigger<'_>,
    tenant: c_int,
    person: c_int,
) -> Vec<(Uuid, ChangedIds)> {
    let column = |side| {
        let mut rows = Vec::new();
        transition_ids::for_each_row(trigger, side, &[tenant, person], |row| {
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
                    add_id(&mut found, *tenant, Some(*person));
                }
            }
        }
    }
    found
}

thread_local! {
    static CHANNEL: Kept = const { Kept::new("select name from cs.event_channel", &[]) };
    static KNOWN_CHANNEL: ConfigurationCache<(), Option<CString>> = ConfigurationCache::new(&[c"event_channel"]);
}

/// The name of the channel, which only the database knows; `None` where a dump without data was restored.
fn read_channel() -> Result<Option<CString>, Fault> {
    let known = KNOWN_CHANNEL.with(|it| {
        it.get_or_read((), || {
            let _section = System::enter();
            let name = CHANNEL.with(|query| query.first(&[], |row| row.need::<String>("name")))?;
            Ok(name.and_then(|it| CString::new(it).ok()))
        })
    })?;
    Ok(known.as_ref().clone())
}

#[pg_extern]
fn listen_to_events() {
    // SAFETY: reads a state of the server.
    if unsafe { pg_sys::RecoveryInProgress() } {
        Fault::unsupported("a standby sends no live events").raise();
    }
    match read_channel().or_raise() {
        Some(channel) => notify_at_commit::listen_to(&channel),
        None => Fault::internal("there is no event channel: call cs.install()").raise(),
    }
}
