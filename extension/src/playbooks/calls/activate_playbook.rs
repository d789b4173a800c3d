//! Owns switching a playbook on: for what happens from now on, or also for who is in that state already.

use super::overview::{read_overview, require_editable};
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
fn activate_playbook(playbook_id: Option<Uuid>, scope: default!(Option<&str>, "'new'")) -> JsonB {
    let _pinned = Pinned::enter();
    activate(playbook_id, scope.unwrap_or("new")).or_raise()
}

fn activate(playbook: Option<Uuid>, scope: &str) -> Result<JsonB, Fault> {
    let (tenant, id) = require_editable(playbook)?;
    if !["new", "present"].contains(&scope) {
        let message = format!("scope must be new or present, not \"{scope}\"");
        return Err(Fault::invalid("scope", message));
    }
    sql::run(
        "update cs.playbooks set is_active = true, paused_at = null
         where tenant_id = $1 and id = $2 and (not is_active or paused_at is not null)",
        &[tenant.into(), id.into()],
    )?;
    let results = match scope {
        "present" => run_for_present(tenant, id)?,
        _ => BTreeMap::new(),
    };
    let mut answer = read_overview(tenant, id)?;
    answer["results"] = serde_json::json!(results);
    Ok(JsonB(answer))
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
