//! Owns what a playbook must be before it is stored: a known trigger, an address that can be called, valid headers, a secret.

use super::playbook_trigger::PlaybookTrigger;
use crate::pg::document::parse_object;
use crate::pg::fault::Fault;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use crate::stages::Stages;
use crate::webhooks::{address::Endpoint, headers, signature::Secret};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use serde_json::json;

const DEFINITION: [&str; 8] = [
    "trigger_criteria",
    "action_kind",
    "action",
    "webhook_url",
    "webhook_secret",
    "headers",
    "cooldown_minutes",
    "max_executions_per_day",
];

/// BEFORE INSERT OR UPDATE on playbooks.
#[pg_trigger]
fn tg_playbooks__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        let changed = |column: &str| match old {
            None => Ok(true),
            Some(old) => Ok::<_, Fault>(old.get(column)? != new.get(column)?),
        };
        let changes = DEFINITION
            .into_iter()
            .filter_map(|column| match changed(column) {
                Ok(true) => Some(Ok(column)),
                Ok(false) => None,
                Err(fault) => Some(Err(fault)),
            });
        let changes = changes.collect::<Result<Vec<_>, Fault>>()?;
        for column in &changes {
            check(new, column)?;
        }
        let version: i32 = old
            .map_or(Ok(None), |old| old.parse("version"))?
            .unwrap_or(0);
        let version = if changes.is_empty() {
            version
        } else {
            version + 1
        };
        new.set("version", Some(&version.to_string()))?;
        new.set("updated_at", Some("now"))
    })
}

fn check(playbook: &mut TriggerRow, column: &str) -> Result<(), Fault> {
    match column {
        "trigger_criteria" => resolve_stage(playbook),
        "action_kind" => match playbook.need(column)?.as_str() {
            "webhook" => Ok(()),
            other => Err(Fault::unsupported(format!(
                "the action \"{other}\" cannot be carried out yet"
            ))
            .hint("Use action_kind webhook; n8n and Slack both take webhooks.")),
        },
        "webhook_url" => match playbook.get(column)? {
            Some(url) => Endpoint::parse(&url)
                .map(drop)
                .map_err(|why| Fault::invalid(column, why)),
            None => Err(Fault::invalid(column, "a webhook needs a webhook_url")),
        },
        "headers" => headers::check(&parse_object(playbook, column)?)
            .map_err(|why| Fault::invalid(column, why)),
        "webhook_secret" => check_or_generate_secret(playbook),
        _ => Ok(()),
    }
}

/// Stores the stage of a trigger by its id, so that the playbook still waits for it once it is renamed.
fn resolve_stage(playbook: &mut TriggerRow) -> Result<(), Fault> {
    let criteria = parse_object(playbook, "trigger_criteria")?;
    if let PlaybookTrigger::StageEnter { stage: Some(stage) } = PlaybookTrigger::parse(&criteria)? {
        let id = stage_id(playbook.id("tenant_id")?, &stage)?;
        let resolved = json!({ "event": { "kind": "stage_enter", "stage": id } });
        playbook.set("trigger_criteria", Some(&resolved.to_string()))?;
    }
    Ok(())
}

fn stage_id(tenant: Uuid, given: &str) -> Result<String, Fault> {
    let stages = Stages::of(tenant)?;
    let stage = stages.find(given).ok_or_else(|| {
        let path = "trigger_criteria.event.stage";
        Fault::invalid(path, format!("there is no stage \"{given}\""))
            .hint("See journey_stages for the stages there are.")
    })?;
    Ok(stage.id.to_string())
}

fn check_or_generate_secret(playbook: &mut TriggerRow) -> Result<(), Fault> {
    match playbook.get("webhook_secret")? {
        Some(secret) => Secret::parse(&secret)
            .map(drop)
            .map_err(|why| Fault::invalid("webhook_secret", why)),
        None => playbook.set("webhook_secret", Some(&Secret::generate()?)),
    }
}
