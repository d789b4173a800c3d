//! Owns ending deliveries before they have arrived: they fail, and say who ended them. What is under way may arrive all the same.

use super::chosen_deliveries::{choose_by_id, find_by_criteria};
use super::criteria::DeliveryCriteria;
use crate::identity::caller_name;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Value, json};

#[pg_extern]
fn cancel_webhook(ids: Option<Vec<Option<Uuid>>>) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(cancel_by_id(ids).or_raise())
}

#[pg_extern]
fn cancel_webhooks(criteria: Option<JsonText>) -> JsonB {
    let _pinned = Pinned::enter();
    JsonB(cancel_by_criteria(criteria.and_then(|it| it.read())).or_raise())
}

fn cancel_by_id(ids: Option<Vec<Option<Uuid>>>) -> Result<Value, Fault> {
    let chosen = choose_by_id(ids)?;
    let (tenants, ids) = chosen.iter().map(|it| (it.tenant_id, it.id)).unzip();
    let cancelled = cancel(tenants, ids)?;
    Ok(json!({ "cancelled": cancelled, "over": chosen.len() - cancelled }))
}

fn cancel_by_criteria(criteria: Option<Value>) -> Result<Value, Fault> {
    let criteria = DeliveryCriteria::parse(criteria.as_ref(), &["pending", "processing"])?;
    let wanted = match criteria.status {
        Some("pending") => "delivery.status = 'pending'",
        Some("processing") => "delivery.status = 'processing'",
        _ => "delivery.status in ('pending', 'processing')",
    };
    let found = find_by_criteria(&criteria, wanted, false)?;
    let cancelled = cancel(vec![found.tenant; found.ids.len()], found.ids)?;
    Ok(json!({ "cancelled": cancelled, "left": found.left }))
}

/// Those of them that are not over; how many.
fn cancel(tenants: Vec<Uuid>, ids: Vec<Uuid>) -> Result<usize, Fault> {
    let why = format!("cancelled by {}", caller_name()?);
    let _section = System::enter();
    sql::count(
        include_str!("sql/cancel.sql"),
        &[tenants.into(), ids.into(), why.into()],
    )
}
