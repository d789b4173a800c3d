//! Owns switching a playbook on: for what happens from now on, or also for who is in that state already; what it had queued
//! before is sent, or dropped.

use super::overview::{read_overview, require_editable};
use crate::identity::caller_name;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::clock::run_present;
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::playbook::read_playbook;
use crate::playbooks::running::count_results;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use std::collections::BTreeMap;

#[pg_extern]
fn activate_playbook(
    playbook_id: Option<Uuid>,
    scope: default!(Option<&str>, "'new'"),
    queued: default!(Option<&str>, "'send'"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let (scope, queued) = (scope.unwrap_or("new"), queued.unwrap_or("send"));
    activate(playbook_id, scope, queued).or_raise()
}

fn activate(playbook: Option<Uuid>, scope: &str, queued: &str) -> Result<JsonB, Fault> {
    let (tenant, id) = require_editable(playbook)?;
    require_one_of("scope", scope, ["new", "present"])?;
    require_one_of("queued", queued, ["send", "drop"])?;
    let switched_on = sql::count(
        "update cs.playbooks set is_active = true, paused_at = null
         where tenant_id = $1 and id = $2 and (not is_active or paused_at is not null)
         returning id",
        &[tenant.into(), id.into()],
    )?;
    // Of a playbook that is on already nothing waits for this call.
    let dropped = match queued {
        "drop" if switched_on > 0 => drop_queued(tenant, id)?,
        _ => 0,
    };
    let results = match scope {
        "present" => run_for_present(tenant, id)?,
        _ => BTreeMap::new(),
    };
    let mut answer = read_overview(tenant, id)?;
    answer["results"] = serde_json::json!(results);
    answer["dropped"] = dropped.into();
    Ok(JsonB(answer))
}

fn require_one_of(argument: &str, value: &str, known: [&str; 2]) -> Result<(), Fault> {
    match known.contains(&value) {
        true => Ok(()),
        false => {
            let message = format!("{argument} must be {}, not \"{value}\"", known.join(" or "));
            Err(Fault::invalid(argument, message))
        }
    }
}

/// Ends what the playbook had queued and is not under way; how many deliveries.
fn drop_queued(tenant: Uuid, id: Uuid) -> Result<i64, Fault> {
    let why = format!(
        "dropped by {} when the playbook was switched on",
        caller_name()?
    );
    let _section = System::enter();
    let dropped = sql::write_first(
        include_str!("../sql/drop_queued.sql"),
        &[tenant.into(), id.into(), why.into()],
        |row| row.need::<i64>("dropped"),
    )?;
    Ok(dropped.unwrap_or(0))
}

/// How often each result came.
fn run_for_present(tenant: Uuid, id: Uuid) -> Result<BTreeMap<&'static str, i32>, Fault> {
    let _section = System::enter();
    let playbook = read_playbook(tenant, id)?.ok_or_else(|| Fault::no_such("playbook"))?;
    require_present_state(&playbook.trigger.event)?;
    Ok(count_results(&run_present(&playbook)?))
}

/// Of what leaves no trace on the account there is no one to find.
fn require_present_state(event: &AwaitedEvent) -> Result<(), Fault> {
    let is_passing = match event {
        AwaitedEvent::StageExit { .. } | AwaitedEvent::Manual => true,
        AwaitedEvent::AttributeChange { to, .. } => to.is_none(),
        _ => false,
    };
    match is_passing {
        false => Ok(()),
        true => Err(Fault::invalid(
            "scope",
            format!("there is no one in the state of {} already", event.kind()),
        )
        .hint("Use the scope new.")),
    }
}
