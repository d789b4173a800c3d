//! Owns the versions of a tenant's model: which is in force, and what one must be before it is stored.

use super::caps::default_caps;
use super::definition::{KEYS, Model};
use crate::criteria::{find_gone, resolve};
use crate::health::moment::to_timestamp;
use crate::health::score::band::{Bands, RiskLevel, check_score};
use crate::health::score::clock::Moment;
use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::planned::{self, Planning};
use crate::pg::section::Pinned;
use crate::pg::sql::types::UUID;
use crate::pg::sql::{self, Kept};
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::prelude::*;
use pgrx::{JsonB, PgTrigger, Uuid};
use serde_json::{Map, Value};

/// A version of a model.
pub struct Version {
    /// 1 is what a tenant starts with; 0 means the defaults where it has none.
    pub number: i32,
    /// What it says.
    pub model: Model,
    /// The same as stored.
    pub stored: Map<String, Value>,
}

/// The version in force at a moment; `None` is the latest.
pub fn in_force(tenant: Uuid, at: Option<Moment>) -> Result<Version, Fault> {
    let at = at.map(to_timestamp).transpose()?;
    let versions = planned::first(
        Planning::Once,
        include_str!("sql/model.sql"),
        &[tenant.into(), at.into()],
        |row| Ok((row.need::<i32>("version")?, row.need::<JsonB>("model")?.0)),
    )?;
    match versions {
        Some((number, Value::Object(stored))) => Ok(Version {
            number,
            model: Model::read(&stored)?,
            stored,
        }),
        _ => {
            let stored = Model::default_document();
            Ok(Version {
                number: 0,
                model: Model::read(&stored)?,
                stored,
            })
        }
    }
}

thread_local! {
    static BANDS: Kept = const { Kept::new(include_str!("sql/bands.sql"), &[UUID]) };
}

/// The bands of a tenant; the standard ones where the caller does not see the tenant's.
pub fn bands(tenant: Uuid) -> Result<Bands, Fault> {
    let bands = BANDS.with(|query| {
        query.first(&[tenant.into()], |row| {
            Ok(Bands {
                healthy: row.need("healthy")?,
                critical: row.need("critical")?,
            })
        })
    })?;
    Ok(bands.unwrap_or_default())
}

#[pg_extern(stable, parallel_safe)]
fn risk_level(
    score: Option<i32>,
    tenant_id: default!(Option<Uuid>, "null"),
) -> Option<&'static str> {
    let score = score?;
    check_score("score", score).or_raise();
    let tenant = tenant_id.or_else(|| identity::current().membership.map(|(tenant, _)| tenant));
    let _pinned = Pinned::enter();
    let bands = tenant
        .map_or_else(|| Ok(Bands::default()), bands)
        .or_raise();
    Some(RiskLevel::of(score, bands).label())
}

/// BEFORE INSERT OR UPDATE on health_models: a version is valid, complete and never edited.
#[pg_trigger]
fn tg_health_models__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| match old {
        None => complete_version(new),
        Some(old) => refuse_edit(new, old),
    })
}

/// Resolves names in caps, writes defaults out, and numbers the version.
fn complete_version(new: &mut TriggerRow) -> Result<(), Fault> {
    let tenant = new.id("tenant_id")?;
    let mut model = Map::new();
    for key in KEYS {
        if let Some(text) = new.get(key)? {
            let value = serde_json::from_str(&text)
                .map_err(|_| Fault::invalid(key, format!("{key} cannot be read as JSON")))?;
            model.insert(key.to_owned(), value);
        }
    }
    resolve_caps(tenant, &mut model, &in_force(tenant, None)?.stored)?;
    let caps = model.entry("caps").or_insert_with(default_caps).clone();
    for (key, value) in Model::read(&model)?.write(&caps) {
        new.set(&key, Some(&value.to_string()))?;
    }
    if new.get("version")?.is_none() {
        let next = latest_number(tenant)? + 1;
        new.set("version", Some(&next.to_string()))?;
    }
    Ok(())
}

/// The number of the latest version; 0 where there is none.
pub fn latest_number(tenant: Uuid) -> Result<i32, Fault> {
    sql::one(
        "select coalesce(max(version), 0) as it from cs.health_models where tenant_id = $1",
        &[tenant.into()],
        |row| row.need("it"),
    )
}

/// Resolves the names of stages and members in caps. Conditions that are in force stay as they are, though what they name is gone
/// by now: such a cap limits no score, and blocks no other change.
pub fn resolve_caps(
    tenant: Uuid,
    model: &mut Map<String, Value>,
    in_force: &Map<String, Value>,
) -> Result<(), Fault> {
    let Some(Value::Array(caps)) = model.get_mut("caps") else {
        return Ok(());
    };
    let known = in_force.get("caps").and_then(Value::as_array);
    for (index, cap) in caps.iter_mut().enumerate() {
        if let Some(when) = cap.get_mut("when") {
            let mut all = known.into_iter().flatten();
            if all.any(|it| it.get("when") == Some(when)) {
                continue;
            }
            let path = format!("caps[{index}].when");
            *when = resolve(tenant, &path, when)?;
        }
    }
    Ok(())
}

/// The first thing that the active caps of a model name and that is gone, as a sentence.
pub fn find_gone_in_caps(tenant: Uuid, version: &Version) -> Result<Option<String>, Fault> {
    for (index, cap) in version.model.caps.iter().enumerate() {
        if !cap.is_active {
            continue;
        }
        if let Some(gone) = find_gone(tenant, &cap.when)? {
            let reason = version.stored["caps"][index]["reason"].as_str();
            let reason = reason.unwrap_or_default();
            return Ok(Some(format!(
                "the cap \"{reason}\" no longer works as it was meant to: {gone}"
            )));
        }
    }
    Ok(None)
}

/// What was published stays as it was; only its author may be forgotten.
fn refuse_edit(new: &TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    for column in KEYS
        .iter()
        .chain(&["tenant_id", "id", "version", "created_at"])
    {
        if new.get(column)? != old.get(column)? {
            return Err(Fault::forbidden("a published health model is never edited")
                .hint("Publish the next version with publish_health_model."));
        }
    }
    Ok(())
}
