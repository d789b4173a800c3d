//! Owns the record of every version of a playbook.

use crate::identity;
use crate::pg::section::System;
use crate::pg::sql::Kept;
use crate::pg::sql::types::UUID;
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::PgTrigger;
use pgrx::prelude::*;

// One per trigger, since the plans know the columns of its transition tables.
thread_local! {
    static RECORD: Kept = const { Kept::new(include_str!("../sql/record_versions.sql"), &[UUID]) };
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on playbooks.
#[pg_trigger]
fn tg_playbooks__record_version<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let saved_by = identity::current().user;
        let _section = System::enter();
        transition_tables::with_tables(trigger, |client| {
            let arguments = [saved_by.into()];
            RECORD.with(|it| transition_tables::write(trigger, client, it, &arguments, |_| Ok(())))
        })
        .map(drop)
    })
}
