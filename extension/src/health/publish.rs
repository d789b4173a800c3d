//! Owns the change of a tenant's model: seen before it is made, then made at once for all accounts.

use super::engine::compute::{Judged, compute};
use super::engine::local_clock::clock;
use super::engine::question::Question;
use super::moment::now;

use super::engine::next_row::{Circumstance, Current, Next};
use super::engine::norms;
use super::engine::refresh::{Occasion, Task, refresh};
use super::engine::write::{Outlook, Round, outlook};
use super::model::definition::{Model, merged};
use super::model::versions::{self, Version};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::Value;

type PreviewRow = (
    Uuid,
    Option<i32>,
    Option<i32>,
    Option<String>,
    Option<String>,
);

#[pg_extern]
fn preview_health_model(
    model: JsonText,
) -> TableIterator<
    'static,
    (
        name!(account_id, Uuid),
        name!(old_score, Option<i32>),
        name!(new_score, Option<i32>),
        name!(old_level, Option<String>),
        name!(new_level, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    let model = model.need("model").or_raise();
    TableIterator::new(preview(&model).or_raise())
}

#[pg_extern]
fn publish_health_model(
    model: Option<JsonText>,
    expected_version: default!(Option<i32>, "null"),
    fire_playbooks: default!(Option<bool>, "false"),
) -> i32 {
    let _pinned = Pinned::enter();
    let model = model.map_or(Ok(Value::Null), |it| it.need("model"));
    let model = model.or_raise();
    publish(&model, expected_version, fire_playbooks == Some(true)).or_raise()
}

/// The next version, with names in caps turned into ids.
fn drafted(tenant: Uuid, change: &Value) -> Result<Version, Fault> {
    let version = versions::in_force(tenant, None)?;
    let mut stored = merged(&version.stored, change)?;
    versions::resolve_caps(tenant, &mut stored)?;
    Ok(Version {
        number: version.number + 1,
        model: Model::read(&stored)?,
        stored,
    })
}

fn preview(change: &Value) -> Result<Vec<PreviewRow>, Fault> {
    let tenant = identity::require_current(Action::HealthEdit)?;
    let _section = System::enter();
    let draft = drafted(tenant, change)?;
    let as_of = now();
    let question = Question {
        tenant,
        only: None,
        as_of,
        known_until: as_of,
        norm_rows: norms::LARGE,
    };
    let (judged, _) = compute(&question, &draft.model)?;
    let midnight = clock(tenant, as_of)?.midnight();
    let circumstance = |_: Uuid, _: Option<&Current>| Circumstance {
        bands: draft.model.bands,
        version: draft.number,
        cause: "model",
        replaces_imported: false,
        midnight,
    };
    let round = Round {
        tenant,
        as_of,
        created_at: None,
        version: draft.number,
        fires: false,
        waits: true,
        circumstance: &circumstance,
    };
    let judged = judged.iter().collect::<Vec<_>>();
    let outlook = outlook(&round, &judged)?;
    Ok(judged.into_iter().zip(outlook).map(row).collect())
}

fn row((judged, (current, next)): (&Judged, Outlook)) -> PreviewRow {
    let old = current
        .as_ref()
        .map(|it| (it.overall, it.level.clone()))
        .unzip();
    let new = match next {
        Next::Stay => old.clone(),
        Next::End => (None, None),
        Next::Relevel(level) => (old.0, Some(level.label().to_owned())),
        Next::Row { overall, level, .. } => (Some(overall), Some(level.label().to_owned())),
    };
    (judged.account, old.0, new.0, old.1, new.1)
}

fn publish(change: &Value, expected: Option<i32>, fires: bool) -> Result<i32, Fault> {
    let tenant = identity::require_current(Action::HealthEdit)?;
    let by = identity::current().user;
    let _section = System::enter();
    // One at a time: the next one sees this version.
    sql::write(
        "select from cs.tenants where id = $1 for no key update",
        &[tenant.into()],
        |_| Ok(()),
    )?;
    let latest = sql::write(
        "select max(version) as it from cs.health_models where tenant_id = $1",
        &[tenant.into()],
        |row| row.maybe::<i32>("it"),
    )?;
    let latest = latest.first().copied().flatten().unwrap_or(0);
    if expected.is_some_and(|expected| expected != latest) {
        return Err(Fault::changed(
            format!("the health model has changed: version {latest} is in force"),
            serde_json::json!({ "version": latest }),
        )
        .hint("Look at the present version, then publish again with its number."));
    }
    let stored = drafted(tenant, change)?.stored;
    let published = sql::write(
        include_str!("sql/publish.sql"),
        &[
            tenant.into(),
            by.into(),
            JsonB(Value::Object(stored)).into(),
        ],
        |row| row.need::<i32>("version"),
    )?;
    refresh(&Task {
        tenant,
        only: None,
        as_of: now(),
        created_at: None,
        waits: true,
        occasion: Occasion::Published { fires },
    })?;
    published
        .first()
        .copied()
        .ok_or_else(|| Fault::internal("a model was not stored"))
}
