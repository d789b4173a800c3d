//! Owns running a playbook by hand for one account. A dry run is the real run taken back, so it cannot lie.

use super::overview::require_visible;
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::{sql, subtransaction};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::matching::meeting_when;
use crate::playbooks::playbook::{Playbook, read_playbook};
use crate::playbooks::running::{Match, Run, run_matches};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};
use std::rc::Rc;

#[pg_extern]
fn run_playbook(
    playbook_id: Option<Uuid>,
    account_id: Option<Uuid>,
    dry_run: default!(Option<bool>, "true"),
) -> JsonB {
    let _pinned = Pinned::enter();
    let is_dry = dry_run != Some(false);
    JsonB(run(playbook_id, account_id, is_dry).or_raise())
}

fn run(playbook: Option<Uuid>, account: Option<Uuid>, is_dry: bool) -> Result<Value, Fault> {
    let (tenant, id) = require_visible(playbook)?;
    let account = account.ok_or_else(|| Fault::no_such("account"))?;
    if require_visible_account(account)? != tenant {
        return Err(Fault::no_such("account"));
    }
    identity::require(Action::PlaybookRun, tenant)?;
    let _section = System::enter();
    let playbook = read_playbook(tenant, id)?.ok_or_else(|| {
        Fault::invalid("playbook_id", "this playbook cannot be read")
            .hint("See its problem in playbook_overview.")
    })?;
    if !is_dry {
        require_runnable(&playbook)?;
    }
    let event = Event {
        id: crate::pg::uuid_v7::new(),
        tenant_id: tenant,
        account_id: account,
        change: EventChange::Manual,
    };
    let it = Match::new(&playbook, &Rc::new(event));
    let attempt = || {
        lock_account(tenant, account)?;
        Ok(match meeting_when(vec![it])? {
            met if met.is_empty() => Answer::NotMet,
            met => Answer::Ran(run_matches(met)?),
        })
    };
    let answer = match is_dry {
        true => subtransaction::rehearsed(attempt),
        false => attempt()?,
    };
    Ok(describe(&answer, is_dry))
}

enum Answer {
    NotMet,
    Ran(Vec<Run>),
}

/// Who may run what nobody else waits for may not set off what waits for something else.
fn require_runnable(playbook: &Playbook) -> Result<(), Fault> {
    if playbook.trigger.event != AwaitedEvent::Manual {
        identity::require(Action::PlaybookEdit, playbook.tenant_id)?;
    }
    let is_on = sql::exists(
        "select from cs.playbooks where tenant_id = $1 and id = $2 and is_active and paused_at is null",
        &[playbook.tenant_id.into(), playbook.id.into()],
    )?;
    match is_on {
        true => Ok(()),
        false => Err(
            Fault::invalid("playbook_id", "this playbook is switched off or paused")
                .hint("Switch it on with activate_playbook, or try it with dry_run."),
        ),
    }
}

/// As everyone who changes the account does first.
fn lock_account(tenant: Uuid, account: Uuid) -> Result<(), Fault> {
    sql::run(
        "select from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), account.into()],
    )
}

fn describe(answer: &Answer, is_dry: bool) -> Value {
    let run = match answer {
        Answer::NotMet => None,
        Answer::Ran(runs) => runs.first(),
    };
    let Some(run) = run else {
        return json!({
            "result": null, "dry_run": is_dry, "reason": "its conditions do not hold for this account",
        });
    };
    let fired = run.fired.as_ref();
    json!({
        "result": run.result.label(),
        "dry_run": is_dry,
        "reason": run.result.reason(),
        "execution_id": (!is_dry).then(|| run.id.to_string()),
        "event": run.event,
        "payload": fired.map(|it| &it.payload),
        "actions": fired.map(|it| it.actions.as_slice()).unwrap_or_default(),
    })
}
