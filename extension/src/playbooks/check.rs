//! Owns what a playbook must be before it is stored: understood criteria, a callable address, sound headers, a secret.

use super::criteria::Trigger;
use crate::pg::document::parse_object;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use crate::webhooks::{address::Endpoint, headers, signature::Secret};
use pgrx::PgTrigger;
use pgrx::prelude::*;
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
        "trigger_criteria" => settle_criteria(playbook),
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
        "webhook_secret" => settle_secret(playbook),
        _ => Ok(()),
    }
}

/// Refuses what is not understood, and stores a stage by its id so that a rename does not unhook the playbook.
fn settle_criteria(playbook: &mut TriggerRow) -> Result<(), Fault> {
    let criteria = parse_object(playbook, "trigger_criteria")?;
    if let Trigger::StageEnter { stage: Some(stage) } = Trigger::parse(&criteria)? {
        let id = stage_id(&playbook.need("tenant_id")?, &stage)?;
        let settled = json!({ "event": { "kind": "stage_enter", "stage": id } });
        playbook.set("trigger_criteria", Some(&settled.to_string()))?;
    }
    Ok(())
}

fn stage_id(tenant: &str, stage: &str) -> Result<String, Fault> {
    let found = sql::first(
        "select id::text as id from cs.journey_stages
         where tenant_id = $1::uuid and (id::text = lower($2) or lower(name) = lower($2))
         order by (id::text = lower($2)) desc limit 1",
        &[tenant.into(), stage.into()],
        |row| row.need("id"),
    )?;
    found.ok_or_else(|| {
        let path = "trigger_criteria.event.stage";
        Fault::invalid(path, format!("there is no stage \"{stage}\""))
            .hint("See journey_stages for the stages there are.")
    })
}

fn settle_secret(playbook: &mut TriggerRow) -> Result<(), Fault> {
    match playbook.get("webhook_secret")? {
        Some(secret) => Secret::parse(&secret)
            .map(drop)
            .map_err(|why| Fault::invalid("webhook_secret", why)),
        None => playbook.set("webhook_secret", Some(&Secret::generate()?)),
    }
}
