//! Owns the end of a burst: a person releases what waits in it, or drops it.

use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::playbook::read_playbook;
use crate::playbooks::running;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::json;

#[pg_extern]
fn release_burst(burst_id: Option<Uuid>, at_most: default!(Option<i32>, "null")) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(release(burst_id, at_most).or_raise())
}

#[pg_extern]
fn drop_burst(burst_id: Option<Uuid>) -> i64 {
    let _pinned = Pinned::enter();
    drop_waiting(burst_id).or_raise()
}

/// A burst that still waits.
struct OpenBurst {
    tenant: Uuid,
    id: Uuid,
    playbook: Uuid,
    waiting: i32,
    is_on: bool,
}

fn release(burst: Option<Uuid>, at_most: Option<i32>) -> Result<serde_json::Value, Fault> {
    let burst = require_open(burst)?;
    if at_most.is_some_and(|it| it < 1) {
        return Err(Fault::invalid(
            "at_most",
            "at_most must be at least 1, or null for all",
        ));
    }
    if !burst.is_on {
        return Err(Fault::invalid(
            "burst_id",
            "its playbook is switched off, paused or deleted",
        )
        .hint("Switch it on with activate_playbook first, or drop the burst."));
    }
    let at_most = at_most.unwrap_or(burst.waiting).min(burst.waiting);
    let by = identity::current().user;
    let _section = System::enter();
    let playbook = read_playbook(burst.tenant, burst.playbook)?
        .ok_or_else(|| Fault::invalid("burst_id", "its playbook cannot be read"))?;
    let runs = running::release(&playbook, burst.id, at_most, by)?;
    let results = running::count_results(&runs);
    Ok(json!({ "released": at_most, "left": burst.waiting - at_most, "results": results }))
}

fn drop_waiting(burst: Option<Uuid>) -> Result<i64, Fault> {
    let burst = require_open(burst)?;
    let by = identity::current().user;
    let _section = System::enter();
    running::drop_burst(burst.tenant, burst.id, by)
}

/// With the caller's rights. Errors: P0002 where there is none that waits.
fn require_open(burst: Option<Uuid>) -> Result<OpenBurst, Fault> {
    let no_such = || Fault::no_such("burst");
    let id = burst.ok_or_else(no_such)?;
    let found = sql::first(include_str!("../sql/open_burst.sql"), &[id.into()], |row| {
        Ok(OpenBurst {
            tenant: row.need("tenant_id")?,
            id,
            playbook: row.need("playbook_id")?,
            waiting: row.need("waiting")?,
            is_on: row.need("is_on")?,
        })
    })?;
    let found = found.ok_or_else(no_such)?;
    identity::require(Action::PlaybookEdit, found.tenant)?;
    Ok(found)
}
