//! Owns the triggers of the outbox: a new delivery gets the host it goes to, and its commit wakes the worker.

use super::address::Endpoint;
use crate::background::board::Duty;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;

/// BEFORE INSERT on webhook_queue.
#[pg_trigger]
fn tg_webhook_queue__address<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, _| {
        let host = host_of(new)?;
        new.set("host", Some(&host))
    })
}

fn host_of(delivery: &TriggerRow) -> Result<String, Fault> {
    let (tenant, playbook) = (delivery.id("tenant_id")?, delivery.id("playbook_id")?);
    let action = delivery.parse::<i32>("action")?.unwrap_or(0);
    let url = sql::first(
        include_str!("sql/url_of_action.sql"),
        &[tenant.into(), playbook.into(), action.into()],
        |row| row.maybe::<String>("url"),
    )?;
    let url = url.ok_or_else(|| Fault::no_such("playbook"))?;
    let url = url.ok_or_else(|| {
        Fault::invalid(
            if action == 0 { "playbook_id" } else { "action" },
            "this playbook has no such webhook to deliver to",
        )
    })?;
    Endpoint::parse(&url)
        .map(|endpoint| endpoint.key())
        .map_err(|why| Fault::invalid("webhook_url", why))
}

/// AFTER INSERT OR UPDATE STATEMENT on webhook_queue.
#[pg_trigger]
fn tg_webhook_queue__wake<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        crate::background::wake::at_commit(Duty::Deliveries);
        Ok(())
    })
}
