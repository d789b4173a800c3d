//! Owns the beginning of a playbook's wait: what is so already is entered in silence, and of a timetable only what is to come
//! counts. So a playbook made today fires for no one who was there yesterday.

use super::kinds::Rhythm;
use super::{entries, pass, timetable_pass};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::playbook::read_playbook;
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use std::collections::BTreeMap;

// One per trigger, since the plans know the columns of its transition tables.
thread_local! {
    static INSERTED: Kept = const { Kept::new(include_str!("sql/begun_inserted.sql"), &[]) };
    static UPDATED: Kept = const { Kept::new(include_str!("sql/begun_updated.sql"), &[]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on playbooks: those that begin to wait, or now wait for something else.
#[pg_trigger]
fn tg_playbooks__enter<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let begun = match trigger.trigger_data().tg_oldtable.is_null() {
            true => &INSERTED,
            false => &UPDATED,
        };
        let _section = System::enter();
        let begun = transition_tables::with_tables(trigger, |client| {
            begun.with(|it| {
                transition_tables::write(trigger, client, it, &[], |row| {
                    Ok((row.need::<Uuid>("tenant_id")?, row.need::<Uuid>("id")?))
                })
            })
        })?;
        let mut by_tenant = BTreeMap::<_, Vec<_>>::new();
        for (tenant, id) in begun {
            by_tenant.entry(tenant).or_default().push(id);
        }
        for (tenant, playbooks) in by_tenant {
            enter_present(tenant, &playbooks)?;
        }
        Ok(())
    })
}

/// Enters, for each of these playbooks of a tenant, all accounts for which what it waits for is so now, and forgets what it has
/// seen before.
pub fn enter_present(tenant: Uuid, playbooks: &[Uuid]) -> Result<(), Fault> {
    let _section = System::enter();
    for id in playbooks {
        let Some(playbook) = read_playbook(tenant, *id)? else {
            continue;
        };
        let event = &playbook.trigger.event;
        match (Rhythm::of(event), event) {
            (_, AwaitedEvent::Schedule { cron }) => timetable_pass::begin(&playbook, cron)?,
            (Some(Rhythm::Daily), _) => {
                entries::enter_all(&playbook)?;
                pass::note_day(&playbook)?;
            }
            (Some(_), _) => entries::enter_all(&playbook)?,
            (None, _) => entries::forget_all(&playbook)?,
        }
    }
    Ok(())
}
