//! Owns which playbooks wait for events of a table.

use super::source::Source;
use crate::pg::fault::Fault;
use crate::pg::sql::Kept;
use crate::pg::sql::types::TEXTS;
use crate::pg::transition_tables;
use crate::playbooks::playbook::{Playbook, Wanted, read_playbooks};
use pgrx::PgTrigger;
use pgrx::spi::SpiClient;
use std::rc::Rc;

// One per table, since the plans know the columns of its transition tables.
thread_local! {
    static FOR_STAGES: Kept = const { Kept::new(include_str!("../sql/waiting_for_stages.sql"), &[TEXTS]) };
    static FOR_SCORES: Kept = const { Kept::new(include_str!("../sql/waiting.sql"), &[TEXTS]) };
    static FOR_ACCOUNTS: Kept = const { Kept::new(include_str!("../sql/waiting.sql"), &[TEXTS]) };
}

/// Those of the tenants in `new_rows`.
pub fn read_waiting(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    source: Source,
) -> Result<Vec<Rc<Playbook>>, Fault> {
    let query = match source {
        Source::Stages => &FOR_STAGES,
        Source::Scores => &FOR_SCORES,
        Source::Accounts => &FOR_ACCOUNTS,
    };
    let kinds = source.kinds().to_vec();
    let wanted = query.with(|it| {
        transition_tables::write(trigger, client, it, &[kinds.into()], Wanted::of_row)
    })?;
    read_playbooks(&wanted)
}
