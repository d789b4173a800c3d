//! Owns the triggers of the outbox: a new delivery gets where it goes, how often it is tried and who may send it; its commit tells
//! the worker.

use super::address::Endpoint;
use super::clone_guard;
use super::lanes::email_host;
use crate::background::{lane_marks::lane_key, wake};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid, pg_sys};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// BEFORE INSERT on webhook_queue.
#[pg_trigger]
fn tg_webhook_queue__address<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, _| {
        let tenant = new.id("tenant_id")?;
        let action = new.parse::<i32>("action")?.unwrap_or(0);
        let way = way_of((tenant, new.id("playbook_id")?, action))?;
        new.set("host", Some(&way.host))?;
        new.set("channel", Some(way.channel))?;
        let is_ordered = way.is_ordered || new.get("is_ordered")?.as_deref() == Some("t");
        if is_ordered {
            new.set("is_ordered", Some("t"))?;
        }
        if new.get("max_attempts")?.is_none() {
            let most = way.max_attempts.unwrap_or(default_attempts(is_ordered));
            new.set("max_attempts", Some(&most.to_string()))?;
        }
        if new.get("installation")?.is_none() {
            new.set("installation", Some(&way.installation))?;
        }
        if new.get("status")?.as_deref() != Some("pending") {
            return Ok(());
        }
        if is_ordered {
            new.set("held", Some("order"))?;
            wake::reorder_at_commit();
        } else if new.get("held")?.is_none() {
            mark_lane(tenant, &way.host, new)?;
        }
        Ok(())
    })
}

/// Tries of a delivery whose playbook does not say how many: over three days, or a few hours where others wait behind it.
const fn default_attempts(is_ordered: bool) -> i32 {
    match is_ordered {
        true => 5,
        false => 10,
    }
}

fn mark_lane(tenant: Uuid, host: &str, row: &TriggerRow) -> Result<(), Fault> {
    let from = row.moment("run_at")?;
    wake::mark_lane_at_commit(lane_key(tenant.as_bytes(), host), from.unwrap_or(i64::MIN));
    Ok(())
}

/// AFTER UPDATE on webhook_queue, where a delivery that nothing holds became due, or due at another time.
#[pg_trigger]
fn tg_webhook_queue__due<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after_row(trigger, |new| {
        let host = new.need("host")?;
        mark_lane(new.id("tenant_id")?, &host, new)
    })
}

/// AFTER UPDATE or DELETE on webhook_queue, where a delivery that is sent in order has ended or is held.
#[pg_trigger]
fn tg_webhook_queue__reorder<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        wake::reorder_at_commit();
        Ok(())
    })
}

/// AFTER UPDATE on playbooks and tenants, where one was switched on or deleted.
#[pg_trigger]
fn tg_webhook_queue__release<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        wake::release_at_commit();
        Ok(())
    })
}

/// How an action of a playbook leaves.
struct OutwardWay {
    channel: &'static str,
    host: String,
    is_ordered: bool,
    max_attempts: Option<i32>,
    installation: String,
}

/// Tenant, playbook and the place of the action.
type ActionKey = (Uuid, Uuid, i32);

/// What one command of one transaction has found; a playbook does not change under it.
#[derive(Default)]
struct Found {
    command: (u32, u32),
    ways: HashMap<ActionKey, Rc<OutwardWay>>,
}

thread_local! {
    static FOUND: RefCell<Found> = RefCell::default();
}

fn way_of(key: ActionKey) -> Result<Rc<OutwardWay>, Fault> {
    // SAFETY: plain reads of this transaction's state.
    let command = unsafe {
        let transaction = pg_sys::GetTopTransactionIdIfAny();
        (u32::from(transaction), pg_sys::GetCurrentCommandId(false))
    };
    let known = FOUND.with_borrow_mut(|found| {
        if found.command != command || command.0 == 0 {
            *found = Found {
                command,
                ways: HashMap::new(),
            };
        }
        found.ways.get(&key).cloned()
    });
    if let Some(known) = known {
        return Ok(known);
    }
    let way = Rc::new(read_way(key)?);
    FOUND.with_borrow_mut(|found| found.ways.insert(key, Rc::clone(&way)));
    Ok(way)
}

fn read_way((tenant, playbook, action): ActionKey) -> Result<OutwardWay, Fault> {
    let _section = System::enter();
    let found = sql::first(
        include_str!("sql/way_of_action.sql"),
        &[tenant.into(), playbook.into(), action.into()],
        |row| {
            Ok((
                row.maybe::<String>("kind")?,
                row.maybe::<String>("url")?,
                row.need::<bool>("is_ordered")?,
                row.maybe::<i32>("max_attempts")?,
                row.maybe::<String>("installation")?,
            ))
        },
    )?;
    let (kind, url, is_ordered, max_attempts, installation) =
        found.ok_or_else(|| Fault::no_such("playbook"))?;
    let nothing = || {
        let field = if action == 0 { "playbook_id" } else { "action" };
        Fault::invalid(field, "this playbook has no such action to deliver")
    };
    let channel = match kind.as_deref() {
        Some("webhook") => "webhook",
        Some("slack") => "slack",
        Some("email") => "email",
        _ => return Err(nothing()),
    };
    let host = match channel {
        "email" => email_host(),
        _ => Endpoint::parse(&url.ok_or_else(nothing)?)
            .map(|endpoint| endpoint.key())
            .map_err(|why| Fault::invalid("webhook_url", why))?,
    };
    Ok(OutwardWay {
        channel,
        host,
        is_ordered,
        max_attempts,
        installation: installation.unwrap_or_else(clone_guard::this_installation),
    })
}
