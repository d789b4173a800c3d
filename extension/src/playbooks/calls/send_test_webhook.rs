//! Owns the test delivery: what a playbook would send, sent now, without a run. Its mail goes to the caller alone.

use super::overview::require_editable;
use crate::identity;
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::event::{Event, EventChange};
use crate::playbooks::playbook::read_playbook;
use crate::playbooks::running::{Match, queue_test};
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};
use std::rc::Rc;

#[pg_extern]
fn send_test_webhook(
    playbook_id: Option<Uuid>,
    account_id: default!(Option<Uuid>, "null"),
) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(send(playbook_id, account_id).or_raise())
}

fn send(playbook: Option<Uuid>, account: Option<Uuid>) -> Result<Value, Fault> {
    let (tenant, id) = require_editable(playbook)?;
    let account = match account {
        Some(account) if require_visible_account(account)? == tenant => account,
        Some(_) => return Err(Fault::no_such("account")),
        None => first_account(tenant)?,
    };
    let caller = identity::current().user;
    let _section = System::enter();
    let own_address = match caller {
        None => None,
        Some(id) => sql::first(
            "select email from cs.users where id = $1",
            &[id.into()],
            |row| row.need::<String>("email"),
        )?,
    };
    let playbook = read_playbook(tenant, id)?.ok_or_else(|| {
        Fault::invalid("playbook_id", "this playbook cannot be read")
            .hint("See its problem in playbook_overview.")
    })?;
    let event = Event {
        id: crate::pg::uuid_v7::new(),
        tenant_id: tenant,
        account_id: account,
        change: EventChange::Manual,
    };
    let (webhooks, payload) = queue_test(
        &Match::new(&playbook, &Rc::new(event)),
        own_address.as_deref(),
    )?;
    if webhooks.is_empty() {
        return Err(Fault::invalid("playbook_id", "this playbook sends nothing")
            .hint("Give it a webhook_url, or an action of kind webhook, slack or email."));
    }
    let ids = webhooks.iter().map(ToString::to_string);
    Ok(json!({ "webhook_ids": ids.collect::<Vec<_>>(), "payload": payload }))
}

/// One that the caller sees.
fn first_account(tenant: Uuid) -> Result<Uuid, Fault> {
    let found = sql::first(
        "select id from cs.accounts where tenant_id = $1 order by created_at, id limit 1",
        &[tenant.into()],
        |row| row.need::<Uuid>("id"),
    )?;
    found.ok_or_else(|| {
        Fault::invalid("account_id", "there is no account to tell the receiver of")
            .hint("Add an account first.")
    })
}
