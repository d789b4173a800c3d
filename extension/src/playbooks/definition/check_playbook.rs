//! Owns what a playbook must be before it is stored: a known trigger, actions that can be carried out, addresses that can be
//! called, valid headers, a secret.

use super::action::{self, Action, Assignee};
use super::recipients::resolve_recipients;
use super::trigger::{PlaybookTrigger, stage_id};
use crate::people::find_members;
use crate::pg::document::parse_object;
use crate::pg::fault::{self, Fault};
use crate::pg::setting;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use crate::webhooks::address::{AllowedHosts, Endpoint, HOW_TO_ALLOW};
use crate::webhooks::settings::ALLOWED_HOSTS;
use crate::webhooks::{headers, signature::Secret};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use serde_json::Value;

/// What a playbook is; a change of any of them makes its next version.
const DEFINITION: [&str; 11] = [
    "name",
    "description",
    "trigger_criteria",
    "actions",
    "webhook_url",
    "webhook_secret",
    "headers",
    "cooldown_minutes",
    "max_executions_per_day",
    "is_ordered",
    "max_attempts",
];

/// The most tries that a playbook may give its deliveries.
const MOST_ATTEMPTS: i32 = 100;

/// BEFORE INSERT OR UPDATE on playbooks.
#[pg_trigger]
fn tg_playbooks__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        if let Some(old) = old {
            new.keep(old, &["tenant_id", "id", "created_at"], "a playbook")?;
        }
        new.clean_name("name", "a playbook needs a name")?;
        let mut changes = Vec::new();
        for column in DEFINITION {
            let is_same = old.map_or(Ok(false), |old| new.is_same(old, column))?;
            if !is_same {
                changes.push(column);
            }
        }
        for column in &changes {
            check(new, column)?;
        }
        check_number_of_actions(new)?;
        keep_previous_secret(new, old)?;
        let version: i32 = old
            .map_or(Ok(None), |old| old.parse("version"))?
            .unwrap_or(0);
        let step = i32::from(!changes.is_empty());
        new.set("version", Some(&(version + step).to_string()))?;
        new.set("updated_at", Some("now"))?;
        note_activation(new, old)
    })
}

fn note_activation(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let waits = |row: &TriggerRow| {
        let is_active = row.get("is_active")?.as_deref() == Some("t");
        Ok::<_, Fault>(is_active && row.get("paused_at")?.is_none())
    };
    let waited = old.map_or(Ok(false), waits)?;
    if waits(new)? && !waited {
        new.set("activated_at", Some("now"))?;
    }
    Ok(())
}

fn check(playbook: &mut TriggerRow, column: &str) -> Result<(), Fault> {
    match column {
        "trigger_criteria" => resolve_trigger(playbook),
        "actions" => resolve_actions(playbook),
        "webhook_url" => match playbook.get(column)? {
            Some(url) => check_receiver(column, &url),
            None => Ok(()),
        },
        "headers" => headers::check(&parse_object(playbook, column)?)
            .map_err(|why| Fault::invalid(column, why)),
        "webhook_secret" => check_or_generate_secret(playbook),
        "max_attempts" => match playbook.parse::<i32>(column)? {
            None => Ok(()),
            Some(most) => fault::within(column, most, 1..=MOST_ATTEMPTS).map(drop),
        },
        _ => Ok(()),
    }
}

/// The secret before the last change, and when that was: both sign for a day. Not for others to write.
fn keep_previous_secret(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let (previous, changed_at) = match old {
        None => (None, None),
        Some(old) if new.is_same(old, "webhook_secret")? => {
            (old.get("previous_secret")?, old.get("signing_changed_at")?)
        }
        Some(old) => (old.get("webhook_secret")?, Some("now".to_owned())),
    };
    new.set("previous_secret", previous.as_deref())?;
    new.set("signing_changed_at", changed_at.as_deref())
}

/// Stores what a trigger names by id, so that the playbook still means it once it is renamed.
fn resolve_trigger(playbook: &mut TriggerRow) -> Result<(), Fault> {
    let criteria = parse_object(playbook, "trigger_criteria")?;
    let trigger = PlaybookTrigger::resolve(playbook.id("tenant_id")?, &criteria)?;
    playbook.set("event_kind", Some(trigger.event.kind()))?;
    playbook.set("event_stage", trigger.event.stage())?;
    playbook.set("trigger_criteria", Some(&trigger.to_json().to_string()))
}

fn resolve_actions(playbook: &mut TriggerRow) -> Result<(), Fault> {
    let tenant = playbook.id("tenant_id")?;
    let mut actions = read_actions(playbook)?;
    for (index, action) in actions.iter_mut().enumerate() {
        resolve_action(tenant, &format!("actions[{index}]"), action)?;
    }
    let written = actions.iter().map(Action::to_json).collect();
    playbook.set("actions", Some(&Value::Array(written).to_string()))
}

fn read_actions(playbook: &TriggerRow) -> Result<Vec<Action>, Fault> {
    let actions = serde_json::from_str(&playbook.need("actions")?)
        .map_err(|error| Fault::invalid("actions", error.to_string()))?;
    let own_webhook = usize::from(playbook.get("webhook_url")?.is_some());
    Action::parse_all(&actions, action::MOST - own_webhook)
}

/// Refuses what could not be called as the settings are; the playbook would only find out when it fires.
fn check_receiver(field: &str, url: &str) -> Result<(), Fault> {
    let endpoint = Endpoint::parse(url).map_err(|why| Fault::invalid(field, why))?;
    let allowed = AllowedHosts::parse(&setting::text(&ALLOWED_HOSTS)).unwrap_or_default();
    match endpoint.admit(&allowed) {
        Ok(_) => Ok(()),
        Err(why) => Err(Fault::invalid(field, why).hint(HOW_TO_ALLOW)),
    }
}

fn resolve_action(tenant: Uuid, path: &str, action: &mut Action) -> Result<(), Fault> {
    match action {
        Action::Webhook { url } => check_receiver(&format!("{path}.url"), url)?,
        Action::Slack(slack) => check_receiver(&format!("{path}.url"), &slack.url)?,
        Action::Email(mail) => resolve_recipients(tenant, &format!("{path}.to"), &mut mail.to)?,
        Action::Stage { stage } => *stage = stage_id(tenant, &format!("{path}.stage"), stage)?,
        Action::Task {
            assignee: Assignee::Member(member),
            ..
        } => {
            let found = find_members(tenant, &[member.as_str()])?;
            let id = found.active(member).ok_or_else(|| {
                Fault::invalid(
                    &format!("{path}.assignee"),
                    format!("there is no active member \"{member}\""),
                )
                .hint("Give csm, or the e-mail address or id of a member; see members.")
            })?;
            *member = id.to_string();
        }
        Action::Task { .. } => {}
    }
    Ok(())
}

fn check_number_of_actions(playbook: &TriggerRow) -> Result<(), Fault> {
    let own_webhook = playbook.get("webhook_url")?.is_some();
    if own_webhook || playbook.need("actions")? != "[]" {
        return read_actions(playbook).map(drop);
    }
    Err(
        Fault::invalid("actions", "a playbook needs a webhook_url or an action")
            .hint(r#"Such as webhook_url, or actions [{"kind": "task", "title": "Call {{account_name}}"}]."#),
    )
}

fn check_or_generate_secret(playbook: &mut TriggerRow) -> Result<(), Fault> {
    match playbook.get("webhook_secret")? {
        Some(secret) => Secret::parse(&secret)
            .map(drop)
            .map_err(|why| Fault::invalid("webhook_secret", why)),
        None => playbook.set("webhook_secret", Some(&Secret::generate()?)),
    }
}
