//! Owns pausing and deleting playbooks. With the caller's rights.

use super::overview::{read_overview, require_editable};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn pause_playbook(playbook_id: Option<Uuid>) -> JsonB {
    let _pinned = Pinned::enter();
    pause(playbook_id).or_raise()
}

#[pg_extern]
fn pause_all_playbooks() -> i32 {
    let _pinned = Pinned::enter();
    pause_all().or_raise()
}

#[pg_extern]
fn delete_playbook(playbook_id: Option<Uuid>) {
    let _pinned = Pinned::enter();
    delete(playbook_id).or_raise();
}

fn pause(playbook: Option<Uuid>) -> Result<JsonB, Fault> {
    let (tenant, id) = require_editable(playbook)?;
    sql::run(
        "update cs.playbooks set paused_at = now() where tenant_id = $1 and id = $2 and is_active and paused_at is null",
        &[tenant.into(), id.into()],
    )?;
    read_overview(tenant, id).map(JsonB)
}

fn pause_all() -> Result<i32, Fault> {
    let tenant = identity::require_current(Action::PlaybookEdit)?;
    let paused = sql::count(
        "update cs.playbooks set paused_at = now()
         where tenant_id = $1 and is_active and paused_at is null and deleted_at is null
         returning id",
        &[tenant.into()],
    )?;
    i32::try_from(paused).map_err(|_| Fault::internal("there are too many playbooks"))
}

fn delete(playbook: Option<Uuid>) -> Result<(), Fault> {
    let (tenant, id) = require_editable(playbook)?;
    sql::run(
        "update cs.playbooks set deleted_at = now(), is_active = false where tenant_id = $1 and id = $2",
        &[tenant.into(), id.into()],
    )
}
