//! Owns what all passes share: accounts in slices, how a step ends, and the match that what is so makes.

use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::playbook::Playbook;
use crate::playbooks::running::Match;
use crate::playbooks::standing::Standing;
use pgrx::Uuid;
use std::rc::Rc;

/// How a step of a pass ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassStep {
    /// Nothing is left to do.
    Done,
    /// There is more, after this account where one is named.
    More(Option<Uuid>),
}

/// The accounts after this one, in order, at most so many.
pub fn read_slice(tenant: Uuid, after: Option<Uuid>, most: i64) -> Result<Vec<Uuid>, Fault> {
    sql::read(
        "select id from cs.accounts where tenant_id = $1 and ($2::uuid is null or id > $2) order by id limit $3",
        &[tenant.into(), after.into(), most.into()],
        |row| row.need("id"),
    )
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
