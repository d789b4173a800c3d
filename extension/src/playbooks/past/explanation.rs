//! Owns why a playbook did or did not run for an account: the last event of its kind, each condition with the value at that moment,
//! gate by gate, and what became of it.

use super::candidates::{Condition, Gates};
use super::edges::{Edge, Scope};
use super::facts::PastFacts;
use super::last_event::{LastEvent, find_last_event};
use super::outages::Outages;
use super::runs_before::{PlaybookThen, RunThen, read_playbook_then, read_runs_after};
use super::tenant_history::TenantHistory;
use crate::criteria::{Criteria, Facts, Leaf, holds};
use crate::health::{Moment, Zone, to_timestamp};
use crate::pg::fault::Fault;
use crate::playbooks::event::EventChange;
use crate::playbooks::playbook::Playbook;
use crate::playbooks::standing;
use crate::stages::AccountStatus;
use pgrx::Uuid;
use pgrx::prelude::*;
use serde_json::Value;

/// A line of the explanation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExplanationStep {
    /// What is looked at: playbook, event, condition, gate or run, and which.
    pub what: String,
    /// What it has to be like.
    pub wanted: Option<String>,
    /// What it was like.
    pub value: Option<String>,
    /// Whether the way went on.
    pub passed: Option<bool>,
    pub note: Option<String>,
}

fn step(
    what: &str,
    wanted: Option<String>,
    value: Option<String>,
    passed: bool,
) -> ExplanationStep {
    ExplanationStep {
        what: what.to_owned(),
        wanted,
        value,
        passed: Some(passed),
        note: None,
    }
}

impl ExplanationStep {
    fn noting(self, note: impl Into<Option<String>>) -> Self {
        Self {
            note: note.into(),
            ..self
        }
    }
}

/// Explains a playbook for an account, as things are at a moment; `idle` says why it waits for nothing now. Inside a system section.
pub fn explain(
    playbook: &Playbook,
    account: Uuid,
    idle: Option<String>,
    until: Moment,
) -> Result<Vec<ExplanationStep>, Fault> {
    let tenant = playbook.tenant_id;
    let awaited = &playbook.trigger.event;
    let history = TenantHistory::read(tenant)?;
    let state = idle.clone().unwrap_or_else(|| "active".to_owned());
    let mut steps = vec![step(
        "playbook",
        Some("active".to_owned()),
        Some(state),
        idle.is_none(),
    )];
    let Some(last) = find_last_event(tenant, &history, account, awaited, until)? else {
        steps.push(explain_nothing(playbook, account)?);
        return Ok(steps);
    };
    let among = [account];
    let scope = Scope {
        tenant,
        history: &history,
        among: Some(&among),
        since: last.edge.moment.at,
        until,
    };
    steps.push(explain_event(playbook, &last.edge)?);
    let condition = Condition::new(&scope, &playbook.trigger)?;
    let facts = condition.facts(&[last.edge.moment])?.pop().flatten();
    let facts = facts.ok_or_else(|| Fault::no_such("account"))?;
    if let Some(when) = &playbook.trigger.when {
        steps.extend(explain_conditions(when, condition.is_met(&facts), &facts));
    }
    let gates = gates_of(&scope, playbook, &last.edge, condition.gates(&facts))?;
    let zone = &history.settings(last.edge.moment.at).zone;
    let day_began = zone.day_start(zone.day_of(last.edge.moment.at));
    let then = read_playbook_then(tenant, playbook.id, account, last.edge.moment.at, day_began)?;
    steps.extend(explain_gates(playbook, gates, &then));
    steps.extend(explain_runs(playbook, account, &last, &then)?);
    Ok(steps)
}

/// That nothing of the kind has happened; whether it is so now all the same.
fn explain_nothing(playbook: &Playbook, account: Uuid) -> Result<ExplanationStep, Fault> {
    let awaited = &playbook.trigger.event;
    let present = standing::find(playbook.tenant_id, awaited, Some(&[account]))?;
    let note = match present.first() {
        _ if awaited.kind() == "manual" => "people run it by hand",
        Some(_) => "it has not begun since history tells of it; it is so now",
        None => "nothing of the kind has happened to this account",
    };
    let now = present.first().map(|it| it.values.to_string());
    let wanted = Some(awaited.to_json().to_string());
    Ok(step("event", wanted, now, false).noting(note.to_owned()))
}

fn explain_event(playbook: &Playbook, edge: &Edge) -> Result<ExplanationStep, Fault> {
    let awaited = &playbook.trigger.event;
    let mut event = edge.event.describe(awaited);
    if let Some(object) = event.as_object_mut() {
        object.remove("event_id");
        object.remove("kind");
    }
    let at = to_timestamp(edge.moment.at)?.to_iso_string();
    let it = step(
        "event",
        Some(awaited.to_json().to_string()),
        Some(event.to_string()),
        true,
    );
    Ok(it.noting(format!("the last one, at {at}")))
}

fn explain_conditions(when: &Criteria, is_met: bool, facts: &PastFacts) -> Vec<ExplanationStep> {
    let leaves = when.leaves("when");
    let conditions = leaves.iter().map(|(at, leaf)| {
        let value = facts.value(&leaf.field).map(|it| it.to_text());
        let doubt = facts.doubt(&leaf.field).map(|it| it.reason().to_owned());
        step(
            &format!("condition {at}"),
            Some(describe_leaf(leaf)),
            value,
            holds(leaf, facts),
        )
        .noting(doubt)
    });
    let mut steps = conditions.collect::<Vec<_>>();
    if steps.len() != 1 || steps[0].passed != Some(is_met) {
        let wanted = Some("all of when".to_owned());
        steps.push(step(
            "conditions",
            wanted,
            Some(if is_met { "met" } else { "not met" }.to_owned()),
            is_met,
        ));
    }
    steps
}

/// Such as `arr gte 1000`.
fn describe_leaf(leaf: &Leaf) -> String {
    let value = match &leaf.written {
        None => String::new(),
        Some(Value::String(text)) => format!(" {text}"),
        Some(value) => format!(" {value}"),
    };
    format!("{} {}{value}", leaf.field.name(), leaf.test.op().name())
}

fn gates_of(
    scope: &Scope<'_>,
    playbook: &Playbook,
    edge: &Edge,
    gates: Gates,
) -> Result<Gates, Fault> {
    let awaited = &playbook.trigger.event;
    let (stale_feed, uncertain) = match &edge.event.change {
        EventChange::Score(change) => (change.is_stale, change.is_uncertain),
        _ => {
            let outages = Outages::of_event(scope.tenant, scope.history, awaited);
            (outages.is_out(edge.moment.at)?, false)
        }
    };
    let status = match edge.event.is_change_of_status(awaited) {
        true => AccountStatus::Active,
        false => gates.status,
    };
    Ok(Gates {
        status,
        stale_feed,
        uncertain,
    })
}

fn explain_gates(playbook: &Playbook, gates: Gates, then: &PlaybookThen) -> Vec<ExplanationStep> {
    let text = |it: &str| Some(it.to_owned());
    let cooldown = playbook.cooldown_minutes;
    let minutes = then.minutes_since_last;
    let is_cool = minutes.is_none_or(|it| it >= f64::from(cooldown));
    let since = minutes.map_or_else(
        || "it had not run before".to_owned(),
        |it| format!("{} minutes", it.floor()),
    );
    let cap = playbook.daily_cap;
    let most = cap.map_or_else(
        || "any number a day".to_owned(),
        |it| format!("fewer than {it} that day"),
    );
    let is_free = cap.is_none_or(|it| then.fired_that_day < i64::from(it));
    let burst = i64::from(crate::playbooks::running::settings::PLAYBOOK_BURST.get());
    let status = gates.status;
    vec![
        step(
            "gate status",
            text("Active"),
            text(status.label()),
            status == AccountStatus::Active,
        ),
        step(
            "gate stale_feed",
            text("no feed out"),
            text(if gates.stale_feed { "out" } else { "none out" }),
            !gates.stale_feed,
        ),
        step(
            "gate low_confidence",
            text("medium or high"),
            text(if gates.uncertain { "low" } else { "not low" }),
            !gates.uncertain,
        ),
        step(
            "gate cooldown",
            Some(format!("{cooldown} minutes since it last ran")),
            Some(since),
            is_cool,
        ),
        step(
            "gate daily_cap",
            Some(most),
            Some(then.fired_that_day.to_string()),
            is_free,
        ),
        step(
            "gate burst",
            Some(format!("fewer than {burst} in 10 minutes")),
            Some(then.fired_lately.to_string()),
            then.fired_lately < burst,
        ),
    ]
}

fn explain_runs(
    playbook: &Playbook,
    account: Uuid,
    last: &LastEvent,
    then: &PlaybookThen,
) -> Result<Vec<ExplanationStep>, Fault> {
    let moment = last.edge.moment;
    // A change of the account is recorded after its run, what lasts is seen after it began.
    let (id, after) = match &last.edge.event.change {
        EventChange::Score(_) | EventChange::Stage(_) => (Some(last.edge.event.id), None),
        EventChange::Standing { .. } => (None, Some(moment.at - 1)),
        _ => (None, last.before),
    };
    let id = id.map(|it| it.to_string());
    let awaited = (playbook.trigger.event.kind(), id);
    let runs = read_runs_after(playbook.tenant_id, playbook.id, account, after, awaited)?;
    if runs.is_empty() {
        let why = then.idle.as_ref().map(|it| format!("at that moment {it}"));
        return Ok(vec![ExplanationStep {
            what: "run".to_owned(),
            value: Some("none".to_owned()),
            passed: Some(false),
            note: why,
            ..ExplanationStep::default()
        }]);
    }
    let explain = |it: RunThen| {
        let passed = it.result == "fired";
        step("run", None, Some(it.result), passed).noting(format!("{}, at {}", it.reason, it.at))
    };
    Ok(runs.into_iter().map(explain).collect())
}
