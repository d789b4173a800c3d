//! Owns what people say to a feed's silence: that it is real, or no longer.

use super::score::metric::{KINDS, MetricKind};
use crate::background::board::Duty;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;

#[pg_extern]
fn accept_silence(metric_type: Option<&str>, reason: Option<&str>) -> Uuid {
    let _pinned = Pinned::enter();
    accept(metric_type, reason).or_raise()
}

#[pg_extern]
fn withdraw_silence(metric_type: Option<&str>) {
    let _pinned = Pinned::enter();
    withdraw(metric_type).or_raise();
}

fn read_kind(metric_type: Option<&str>) -> Result<MetricKind, Fault> {
    let given = metric_type.unwrap_or_default();
    let kind = KINDS.into_iter().find(|kind| kind.label() == given);
    kind.ok_or_else(|| {
        let message = "metric_type must be logins, feature_usage, api_calls or support_tickets";
        Fault::invalid("metric_type", message)
    })
}

/// What was accepted already stays as it was said.
fn accept(metric_type: Option<&str>, reason: Option<&str>) -> Result<Uuid, Fault> {
    let kind = read_kind(metric_type)?;
    let reason = reason.map(cs_text::trim).filter(|it| !it.is_empty());
    let reason = reason.ok_or_else(|| {
        Fault::invalid("reason", "an accepted silence needs a reason")
            .hint("Say in a sentence why no fault of the sender is behind it.")
    })?;
    let tenant = identity::require_current(Action::HealthEdit)?;
    let by = identity::current().user;
    let _section = System::enter();
    lock_tenant(tenant)?;
    let last = sql::first(
        "select max(recorded_at) as last from cs.usage_metrics
         where tenant_id = $1 and metric_type = $2::text::cs.metric_type and recorded_at <= now()",
        &[tenant.into(), kind.label().into()],
        |row| row.maybe::<TimestampWithTimeZone>("last"),
    )?;
    let Some(last) = last.flatten() else {
        let message = format!(
            "{} were never recorded, so there is no silence to accept",
            kind.label()
        );
        return Err(Fault::invalid("metric_type", message));
    };
    let accepted = sql::write_first(
        include_str!("sql/accept_silence.sql"),
        &[
            tenant.into(),
            kind.label().into(),
            reason.into(),
            by.into(),
            last.into(),
        ],
        |row| Ok((row.need::<Uuid>("id")?, row.need::<bool>("is_new")?)),
    )?;
    let (id, is_new) = accepted.ok_or_else(|| Fault::internal("a silence was not accepted"))?;
    if is_new {
        mark_all_accounts(tenant)?;
    }
    Ok(id)
}

fn withdraw(metric_type: Option<&str>) -> Result<(), Fault> {
    let kind = read_kind(metric_type)?;
    let tenant = identity::require_current(Action::HealthEdit)?;
    let by = identity::current().user;
    let _section = System::enter();
    lock_tenant(tenant)?;
    let withdrawn = sql::count(
        include_str!("sql/withdraw_silence.sql"),
        &[tenant.into(), kind.label().into(), by.into()],
    )?;
    match withdrawn {
        0 => Err(Fault::no_such("accepted silence")),
        _ => mark_all_accounts(tenant),
    }
}

/// One at a time: of two that accept the same silence the second finds it accepted.
fn lock_tenant(tenant: Uuid) -> Result<(), Fault> {
    sql::run(
        "select from cs.tenants where id = $1 for no key update",
        &[tenant.into()],
    )
}

fn mark_all_accounts(tenant: Uuid) -> Result<(), Fault> {
    sql::run(
        "insert into cs.health_dirty (tenant_id, account_id, by_usage)
         select tenant_id, id, false from cs.accounts where tenant_id = $1",
        &[tenant.into()],
    )?;
    crate::background::wake::at_commit(Duty::Chores);
    Ok(())
}
