//! Owns when anything happened in the past that a playbook waits for: what the engine sees at the moment of a change, or in its
//! passes, found again in history.
//!
//! A score, a move or a change of an account becomes the same [`Event`] as when it happened, and is asked the same question
//! ([`Event::is_awaited`]). What lasts is looked for where it began.

mod absences;
mod attributes;
mod contracts;
mod days;
mod scores;

mod stages;
mod stretches;
mod tickets;
mod usage;

use super::asked_moment::AskedMoment;
use super::tenant_history::TenantHistory;
use crate::health::Moment;
use crate::health::to_timestamp;
use crate::pg::fault::Fault;
use crate::pg::stream::Argument;
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange};
use pgrx::Uuid;
use serde_json::Value;

pub use scores::{ScoreRow, read_scores};

/// The most that is looked at together, since all of it is in memory.
pub const MOST: usize = 250_000;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Edge {
    /// To whom and when.
    pub moment: AskedMoment,
    /// What.
    pub event: Event,
    /// Of what lasts, until when it did; `None` for what happens at a moment.
    pub until: Option<Moment>,
}

/// Where to look.
pub struct Scope<'a> {
    pub tenant: Uuid,
    pub history: &'a TenantHistory,
    /// These accounts; `None` is all.
    pub among: Option<&'a [Uuid]>,
    /// After this moment ...
    pub since: Moment,
    /// ... and not after this one.
    pub until: Moment,
}

impl Scope<'_> {
    /// The parameters that every query begins with: tenant, accounts or NULL, since, until.
    pub fn arguments(&self) -> Result<Vec<Argument>, Fault> {
        self.arguments_since(self.since)
    }

    fn arguments_since(&self, since: Moment) -> Result<Vec<Argument>, Fault> {
        Ok(vec![
            Argument::new(self.tenant),
            Argument::new(self.among.map(<[Uuid]>::to_vec)),
            Argument::new(to_timestamp(since)?),
            Argument::new(to_timestamp(self.until)?),
        ])
    }

    /// Something that began, with the values that say so.
    fn begun(&self, account: Uuid, (at, until): (Moment, Moment), values: Value) -> Edge {
        Edge {
            moment: AskedMoment::new(account, at),
            event: Event {
                id: crate::pg::uuid_v7::new(),
                tenant_id: self.tenant,
                account_id: account,
                change: EventChange::Standing {
                    values,
                    is_stale: false,
                    is_uncertain: false,
                },
            },
            until: Some(until),
        }
    }
}

/// All that happened of what a playbook waits for, in no order. What people do by hand has no past.
/// Errors: 22023 where it is too much to look at. Inside a system section.
pub fn find_edges(scope: &Scope<'_>, awaited: &AwaitedEvent) -> Result<Vec<Edge>, Fault> {
    let mut edges = Vec::new();
    let mut add = |edge: Edge| {
        pgrx::check_for_interrupts!();
        if edges.len() >= MOST {
            too_much().raise();
        }
        edges.push(edge);
    };
    match awaited {
        AwaitedEvent::HealthDrop { .. }
        | AwaitedEvent::HealthDropBy { .. }
        | AwaitedEvent::RiskLevelChange { .. }
        | AwaitedEvent::ComponentBelow { .. } => scores::find(scope, awaited, &mut add)?,
        AwaitedEvent::StageEnter { .. } | AwaitedEvent::StageExit { .. } => {
            stages::find(scope, awaited, &mut add)?;
        }
        AwaitedEvent::AttributeChange { .. } => attributes::find(scope, awaited, &mut add)?,
        AwaitedEvent::StageStuck { stage } => {
            stretches::find_stuck(scope, stage.as_deref(), &mut add)?;
        }
        AwaitedEvent::MilestoneOverdue { milestone } => {
            stretches::find_overdue(scope, milestone.as_deref(), &mut add)?;
        }
        AwaitedEvent::ContractEnding { days } => contracts::find(scope, *days, &mut add)?,
        AwaitedEvent::UsageDecline {
            metric,
            percent,
            days,
        } => usage::find(
            scope,
            &usage::Decline {
                metric,
                percent: *percent,
                days: *days,
            },
            &mut add,
        )?,
        AwaitedEvent::MetricAbsent { metric, days } => {
            absences::find(scope, metric, *days, &mut add)?;
        }
        AwaitedEvent::TicketSpike => tickets::find(scope, &mut add)?,
        AwaitedEvent::Schedule { .. } | AwaitedEvent::Manual => {}
    }
    Ok(edges)
}

/// It is too much to look at.
pub fn too_much() -> Fault {
    Fault::invalid(
        "days",
        format!("it would have happened more than {MOST} times"),
    )
    .hint("Ask for fewer days, or for an event that happens less often.")
}
