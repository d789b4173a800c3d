//! Owns the back-test: what a playbook would have done over a time that is past, had it waited then.

use super::candidates::{Candidate, find_candidates};
use super::edges::Scope;
use super::later::Later;
use super::outages::Outages;
use super::replay::{Limits, Replay, Try};
use super::tenant_history::TenantHistory;
use crate::health::{Moment, to_timestamp};
use crate::pg::fault::Fault;
use crate::playbooks::definition::{AwaitedEvent, PlaybookTrigger};
use crate::playbooks::event::EventChange;
use crate::playbooks::running::gate::RunResult;
use pgrx::Uuid;
use pgrx::prelude::*;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What is asked.
pub struct BackTest<'a> {
    pub tenant: Uuid,
    pub trigger: &'a PlaybookTrigger,
    pub limits: Limits,
    /// These accounts; `None` is all.
    pub among: Option<&'a [Uuid]>,
    /// After this moment ...
    pub since: Moment,
    /// ... and not after this one.
    pub until: Moment,
}

/// A run that there would have been, or what held it back.
#[derive(Debug, Clone, PartialEq)]
pub struct BackTestRow {
    pub at: Moment,
    pub account: Uuid,
    pub result: RunResult,
    /// As a run would have kept it; `doubts` where the fields that decided may not have been what history says.
    pub event: Value,
}

/// A try, and whether the match was held back before.
struct Planned<'a> {
    it: Try,
    candidate: &'a Candidate,
    is_second: bool,
}

/// All runs there would have been, in order. Inside a system section.
pub fn back_test(asked: &BackTest<'_>) -> Result<Vec<BackTestRow>, Fault> {
    let history = TenantHistory::read(asked.tenant)?;
    let scope = Scope {
        tenant: asked.tenant,
        history: &history,
        among: asked.among,
        since: asked.since,
        until: asked.until,
    };
    let awaited = &asked.trigger.event;
    let outages = Outages::of_event(asked.tenant, &history, awaited);
    let candidates = find_candidates(&scope, asked.trigger, &outages)?;
    let mut planned = candidates
        .iter()
        .map(|it| plan(&scope, it))
        .collect::<Vec<_>>();
    planned.extend(plan_second_tries(&scope, awaited, &outages, &candidates)?);
    planned.sort_by_key(|it| (it.it.at, it.it.account));
    let mut replay = Replay::default();
    let rows = planned.into_iter().map(|it| {
        pgrx::check_for_interrupts!();
        Ok(BackTestRow {
            at: it.it.at,
            account: it.it.account,
            result: replay.decide(&it.it, &asked.limits),
            event: describe(awaited, &it)?,
        })
    });
    rows.collect()
}

fn plan<'a>(scope: &Scope<'_>, candidate: &'a Candidate) -> Planned<'a> {
    let moment = candidate.edge.moment;
    Planned {
        it: Try {
            at: moment.at,
            day: scope.history.day_of(moment.at),
            account: moment.account,
            gates: candidate.gates,
        },
        candidate,
        is_second: false,
    }
}

/// What was held back by a gate that opened later is tried again then, unless there was a new match meanwhile.
fn plan_second_tries<'a>(
    scope: &Scope<'_>,
    awaited: &AwaitedEvent,
    outages: &Outages<'_>,
    candidates: &'a [Candidate],
) -> Result<Vec<Planned<'a>>, Fault> {
    let held = candidates.iter().filter(|it| it.gates.may_open());
    let held = held.collect::<Vec<_>>();
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let later = Later::read(scope, awaited, outages, &held)?;
    let mut matched = HashMap::<Uuid, Vec<Moment>>::new();
    for it in candidates {
        matched
            .entry(it.edge.moment.account)
            .or_default()
            .push(it.edge.moment.at);
    }
    let mut planned = Vec::new();
    for candidate in held {
        pgrx::check_for_interrupts!();
        let Some(second) = later.second_try(candidate)? else {
            continue;
        };
        let moment = candidate.edge.moment;
        let again = matched.get(&moment.account).into_iter().flatten();
        let is_anew = |at: &&Moment| **at > moment.at && **at <= second.at;
        // Of what lasts each begins for itself; of the rest the latest match counts.
        if candidate.edge.until.is_none() && again.clone().any(|at| is_anew(&at)) {
            continue;
        }
        planned.push(Planned {
            it: Try {
                at: second.at,
                day: scope.history.day_of(second.at),
                account: moment.account,
                gates: second.gates,
            },
            candidate,
            is_second: true,
        });
    }
    Ok(planned)
}

fn describe(awaited: &AwaitedEvent, planned: &Planned<'_>) -> Result<Value, Fault> {
    let edge = &planned.candidate.edge;
    let mut event = edge.event.describe(awaited);
    let is_recorded = matches!(
        edge.event.change,
        EventChange::Score(_) | EventChange::Stage(_)
    );
    if let Some(object) = event.as_object_mut().filter(|_| !is_recorded) {
        object.remove("event_id");
    }
    if planned.is_second {
        event["held_since"] = to_timestamp(edge.moment.at)?.to_iso_string().into();
    }
    let doubts = planned.candidate.doubts.iter();
    let doubts = doubts.map(|(field, reason)| (field.clone(), Value::from(*reason)));
    let doubts = doubts.collect::<Map<_, _>>();
    if !doubts.is_empty() {
        event["doubts"] = doubts.into();
    }
    Ok(event)
}
