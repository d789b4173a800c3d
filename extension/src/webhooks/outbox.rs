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
    let url = sql::first(
        "select webhook_url from cs.playbooks where tenant_id = $1 and id = $2",
        &[tenant.into(), playbook.into()],
        |row| row.maybe::<String>("webhook_url"),
    )?;
    let url = url.ok_or_else(|| Fault::no_such("playbook"))?;
    let url = url.ok_or_else(|| {
        Fault::invalid(
            "playbook_id",
            "this playbook has no webhook_url to deliver to",
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
