//! Owns the calls that write activities. Runs with the caller's rights: policies and the trigger decide.

use crate::health::{self, PgZone, Zone};
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::document::{self, Key, Kind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::written_time;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value};

const KEYS: &[Key] = &[
    ("kind", Kind::Text, false),
    ("body", Kind::Text, false),
    ("at", Kind::Text, false),
    ("assigned_to", Kind::Text, true),
];

#[pg_extern]
fn log_activity(
    account_id: Option<Uuid>,
    kind: Option<&str>,
    body: Option<&str>,
    at: default!(Option<TimestampWithTimeZone>, "null"),
    assigned_to: default!(Option<Uuid>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    account
        .and_then(|account| add_activity(account, kind, body, at, assigned_to))
        .or_raise()
}

#[pg_extern]
fn update_activity(activity_id: Option<Uuid>, patch: JsonText) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    change_activity(activity_id, patch.read()).or_raise()
}

#[pg_extern]
fn complete_task(activity_id: Option<Uuid>) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    set_done(activity_id).or_raise()
}

fn add_activity(
    account: Uuid,
    kind: Option<&str>,
    body: Option<&str>,
    at: Option<TimestampWithTimeZone>,
    assigned_to: Option<Uuid>,
) -> Result<Option<JsonB>, Fault> {
    let tenant = require_visible_account(account)?;
    identity::require(Action::ActivityLog, tenant)?;
    sql::write_first(
        "insert into cs.activities as it (tenant_id, account_id, kind, body, at, assigned_to)
         values ($1, $2, $3, $4, coalesce($5, clock_timestamp()), $6) returning to_jsonb(it) as it",
        &[
            tenant.into(),
            account.into(),
            kind.into(),
            body.into(),
            at.into(),
            assigned_to.into(),
        ],
        |row| row.need::<JsonB>("it"),
    )
}

fn change_activity(activity: Option<Uuid>, patch: Option<Value>) -> Result<Option<JsonB>, Fault> {
    let (tenant, _) = find_activity(activity)?;
    identity::require(Action::ActivityLog, tenant)?;
    let patch = document::object("patch", patch, KEYS)?;
    let at = check_patch(tenant, &patch)?;
    sql::write_first(
        include_str!("sql/update_activity.sql"),
        &[
            tenant.into(),
            activity.into(),
            JsonB(Value::Object(patch)).into(),
            at.into(),
        ],
        |row| row.need::<JsonB>("it"),
    )
}

/// Refuses with our own messages what the statement itself would refuse with PostgreSQL's. Returns the new moment, if any: what has
/// no zone is the tenant's time.
fn check_patch(
    tenant: Uuid,
    patch: &Map<String, Value>,
) -> Result<Option<TimestampWithTimeZone>, Fault> {
    if patch.contains_key("id") {
        return Err(Fault::invalid(
            "patch.id",
            "the id of an activity never changes",
        ));
    }
    let text = |key: &str| patch.get(key).and_then(Value::as_str);
    if text("assigned_to").is_some_and(|id| uuid::Uuid::try_parse(id).is_err()) {
        return Err(Fault::no_such("member"));
    }
    let Some(at) = text("at") else {
        return Ok(None);
    };
    let at = written_time::read(at).ok_or_else(|| {
        Fault::invalid("at", "at is not a valid time")
            .hint("Write it as 2027-03-31T09:30:00Z, or without a zone for the tenant's own time.")
    })?;
    let at = PgZone::of_tenant(tenant)?.moment_of(at);
    health::to_timestamp(at).map(Some)
}

fn set_done(activity: Option<Uuid>) -> Result<Option<JsonB>, Fault> {
    let (tenant, kind) = find_activity(activity)?;
    identity::require(Action::ActivityLog, tenant)?;
    if kind != "task" {
        return Err(Fault::invalid(
            "activity_id",
            format!("only a task can be completed, but this activity is of kind {kind}"),
        ));
    }
    sql::write_first(
        "update cs.activities as it set done_at = coalesce(done_at, clock_timestamp())
         where tenant_id = $1 and id = $2 returning to_jsonb(it) as it",
        &[tenant.into(), activity.into()],
        |row| row.need::<JsonB>("it"),
    )
}

/// The tenant and kind of an activity that the caller sees.
fn find_activity(activity: Option<Uuid>) -> Result<(Uuid, String), Fault> {
    let found = sql::first(
        "select tenant_id, kind from cs.activities where id = $1",
        &[activity.into()],
        |row| Ok((row.need("tenant_id")?, row.need("kind")?)),
    )?;
    found.ok_or_else(|| Fault::no_such("activity"))
}
