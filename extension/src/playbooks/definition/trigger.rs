//! Owns when a playbook runs: what it waits for, and what must be true of the account besides.

use super::awaited_event::{AT, AwaitedEvent, ChangedTo};
use crate::criteria::{self, Criteria, first_fault};
use crate::pg::document::refuse_unknown_keys;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::sql;
use crate::stages::Stages;
use pgrx::Uuid;
use serde_json::{Map, Value, json};

const WHEN: &str = "trigger_criteria.when";

/// `trigger_criteria`, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaybookTrigger {
    /// What it waits for.
    pub event: AwaitedEvent,
    /// What must be true of the account at that moment; `None` is nothing.
    pub when: Option<Criteria>,
}

impl PlaybookTrigger {
    /// Reads `trigger_criteria` as stored: names have become ids. Errors: 22023 with the path of the first fault.
    pub fn parse(criteria: &Map<String, Value>) -> Result<Self, Fault> {
        refuse_unknown_keys(criteria, "trigger_criteria", &["event", "when"])?;
        let event = AwaitedEvent::parse(criteria.get("event"))?;
        let when = match criteria.get("when") {
            None | Some(Value::Null) => None,
            Some(when) => Some(criteria::parse(WHEN, when).map_err(|flaws| first_fault(&flaws))?),
        };
        Ok(Self { event, when })
    }

    /// Reads `trigger_criteria` as a person writes them, in a tenant: stages, milestones and members by name, id or e-mail.
    pub fn resolve(tenant: Uuid, criteria: &Map<String, Value>) -> Result<Self, Fault> {
        let mut trigger = Self::parse(criteria)?;
        resolve_event(tenant, &mut trigger.event)?;
        if let Some(when) = criteria.get("when").filter(|_| trigger.when.is_some()) {
            let resolved = criteria::resolve(tenant, WHEN, when)?;
            let parsed = criteria::parse(WHEN, &resolved);
            trigger.when = Some(parsed.map_err(|flaws| first_fault(&flaws))?);
        }
        Ok(trigger)
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        match &self.when {
            None => json!({ "event": self.event.to_json() }),
            Some(when) => json!({ "event": self.event.to_json(), "when": when.to_json() }),
        }
    }
}

/// Puts ids in place of names, so that a playbook still waits for what it named once that is renamed.
fn resolve_event(tenant: Uuid, event: &mut AwaitedEvent) -> Result<(), Fault> {
    match event {
        AwaitedEvent::StageEnter { stage: Some(stage) }
        | AwaitedEvent::StageExit { stage: Some(stage) }
        | AwaitedEvent::StageStuck { stage: Some(stage) } => {
            *stage = stage_id(tenant, &format!("{AT}.stage"), stage)?;
        }
        AwaitedEvent::MilestoneOverdue {
            milestone: Some(milestone),
        } => *milestone = milestone_id(tenant, milestone)?,
        AwaitedEvent::AttributeChange {
            to: Some(ChangedTo { written, condition }),
            ..
        } => {
            let path = format!("{AT}.to");
            let resolved = criteria::resolve(tenant, &path, &condition.to_json())?;
            *condition = criteria::parse(&path, &resolved).map_err(|flaws| first_fault(&flaws))?;
            *written = resolved["value"].clone();
        }
        _ => {}
    }
    Ok(())
}

/// The id of a stage that is given by name or id; 22023 with this path where there is none.
pub fn stage_id(tenant: Uuid, path: &str, given: &str) -> Result<String, Fault> {
    let stages = Stages::of(tenant)?;
    let stage = stages.find(given).ok_or_else(|| {
        let message = match id::parse(given) {
            Some(_) => "a stage that it names is gone: choose another one".to_owned(),
            None => format!("there is no stage \"{given}\""),
        };
        Fault::invalid(path, message).hint("See journey_stages for the stages there are.")
    })?;
    Ok(stage.id.to_string())
}

fn milestone_id(tenant: Uuid, given: &str) -> Result<String, Fault> {
    let found = sql::read(
        include_str!("../sql/milestone_by_name.sql"),
        &[tenant.into(), given.into()],
        |row| row.need::<Uuid>("id"),
    )?;
    let path = format!("{AT}.milestone");
    match found.as_slice() {
        [id] => Ok(id.to_string()),
        [] => Err(
            Fault::invalid(&path, format!("there is no milestone \"{given}\""))
                .hint("See stage_milestones for the milestones there are."),
        ),
        _ => Err(Fault::invalid(
            &path,
            format!("several stages have a milestone \"{given}\""),
        )
        .hint("Give its id; see stage_milestones.")),
    }
}
