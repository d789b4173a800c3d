//! Owns the change of a tenant's model: previewed before it is made, then made at once for all accounts.

use super::engine::evidence_request::EvidenceRequest;
use super::engine::next_row::{NextRow, RowContext};
use super::engine::plan_rows::{PlanRequest, PlannedRow, plan_rows};
use super::engine::refresh::{RefreshReason, RefreshRequest, refresh_scores};
use super::engine::score_row::{CurrentScore, ScoreCause};
use super::engine::scored_account::score_accounts;
use super::model::caps::default_caps;
use super::model::definition::{Model, merge_change};
use super::model::versions::{self, Version};
use super::moment::now;
use super::score::band::RiskLevel;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::{Pinned, System};
use crate::pg::{sql, subtransaction};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::collections::HashMap;

type PreviewRow = (
    Uuid,
    Option<i32>,
    Option<i32>,
    Option<&'static str>,
    Option<&'static str>,
    Vec<String>,
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
        name!(old_level, Option<&'static str>),
        name!(new_level, Option<&'static str>),
        name!(playbooks, Vec<String>),
        name!(problem, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    let model = model.need("model").or_raise();
    TableIterator::new(preview_model(&model).or_raise())
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
    publish_model(&model, expected_version, fire_playbooks == Some(true)).or_raise()
}

/// The next version, with the names in its caps resolved.
fn draft_version(tenant: Uuid, change: &Value) -> Result<Version, Fault> {
    let version = versions::in_force(tenant, None)?;
    let mut stored = merge_change(&version.stored, change)?;
    stored.entry("caps").or_insert_with(default_caps);
    versions::resolve_caps(tenant, &mut stored, &version.stored)?;
    Ok(Version {
        number: version.number + 1,
        model: Model::read(&stored)?,
        stored,
    })
}

fn preview_model(change: &Value) -> Result<Vec<PreviewRow>, Fault> {
    let tenant = identity::require_current(Action::HealthEdit)?;
    let _section = System::enter();
    let draft = draft_version(tenant, change)?;
    let as_of = now();
    let request = EvidenceRequest::as_of(tenant, None, as_of);
    let (scored, gathered) = score_accounts(&request, &draft.model)?;
    let midnight = gathered.midnight;
    let context = |_: Uuid, _: Option<&CurrentScore>| RowContext {
        bands: draft.model.bands,
        version: draft.number,
        cause: ScoreCause::Model,
        replaces_imported: false,
        midnight,
    };
    let request = PlanRequest {
        tenant,
        as_of,
        context: &context,
    };
    let planned = plan_rows(&request, &scored)?;
    let problem = versions::find_gone_in_caps(tenant, &draft)?;
    let mut firing = find_firing_playbooks(tenant, change, draft.number)?;
    let row = |it: &PlannedRow<'_>| {
        let playbooks = firing.remove(&it.scored.account);
        preview_row(it, playbooks.unwrap_or_default(), problem.clone())
    };
    Ok(planned.iter().map(row).collect())
}

/// By account, the names of the playbooks that would run if the change were published and playbooks looked at the new scores:
/// it is published so, and taken back.
fn find_firing_playbooks(
    tenant: Uuid,
    change: &Value,
    version: i32,
) -> Result<HashMap<Uuid, Vec<String>>, Fault> {
    let is_awaited = sql::exists(include_str!("sql/score_playbooks.sql"), &[tenant.into()])?;
    if !is_awaited {
        return Ok(HashMap::new());
    }
    let runs = subtransaction::rehearsed(|| {
        publish_model(change, None, true)?;
        sql::write(
            include_str!("sql/playbooks_of_version.sql"),
            &[tenant.into(), version.into()],
            |row| Ok((row.need("account_id")?, row.need("names")?)),
        )
    });
    Ok(runs.into_iter().collect())
}

fn preview_row(
    planned: &PlannedRow<'_>,
    playbooks: Vec<String>,
    problem: Option<String>,
) -> PreviewRow {
    let current = planned.current.as_ref();
    let old = current.map(|it| (it.overall, it.level)).unzip();
    let new = match planned.next {
        NextRow::Unchanged => old,
        NextRow::Close => (None, None),
        NextRow::Reissue(level) => (old.0, Some(level)),
        NextRow::Insert { overall, level, .. } => (Some(overall), Some(level)),
    };
    (
        planned.scored.account,
        old.0,
        new.0,
        old.1.map(RiskLevel::label),
        new.1.map(RiskLevel::label),
        playbooks,
        problem,
    )
}

fn publish_model(
    change: &Value,
    expected: Option<i32>,
    fires_playbooks: bool,
) -> Result<i32, Fault> {
    let tenant = identity::require_current(Action::HealthEdit)?;
    let by = identity::current().user;
    let _section = System::enter();
    // One at a time: the next one sees this version.
    sql::run(
        "select from cs.tenants where id = $1 for no key update",
        &[tenant.into()],
    )?;
    let latest = versions::latest_number(tenant)?;
    if expected.is_some_and(|expected| expected != latest) {
        return Err(Fault::changed(
            format!("the health model has changed: version {latest} is in force"),
            serde_json::json!({ "version": latest }),
        )
        .hint("Look at the current version, then publish again with its number."));
    }
    let stored = draft_version(tenant, change)?.stored;
    let published = sql::write_first(
        include_str!("sql/publish.sql"),
        &[
            tenant.into(),
            by.into(),
            JsonB(Value::Object(stored)).into(),
        ],
        |row| row.need::<i32>("version"),
    )?;
    let reason = RefreshReason::Published { fires_playbooks };
    refresh_scores(&RefreshRequest::as_of_now(tenant, None, reason))?;
    published.ok_or_else(|| Fault::internal("a model was not stored"))
}
