//! Owns what happened in the past to accounts that met the conditions then, with all that the gates ask.

use super::asked_moment::AskedMoment;
use super::edges::{Edge, Scope, find_edges, too_much};
use super::facts::{AT_ONCE, FactsReader, PastFacts};
use super::outages::Outages;
use crate::criteria::{Facts, Field, FieldValue, evaluate};
use crate::health::Moment;
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, stream_with};
use crate::playbooks::clock::timetable::next_moment;
use crate::playbooks::definition::{AwaitedEvent, Cron, PlaybookTrigger};
use crate::playbooks::event::{Event, EventChange};
use crate::stages::AccountStatus;
use pgrx::Uuid;
use pgrx::prelude::*;
use serde_json::json;

/// What the gates ask of an account at a moment, apart from how often the playbook ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gates {
    pub status: AccountStatus,
    pub stale_feed: bool,
    pub uncertain: bool,
}

impl Gates {
    /// Whether a gate holds back that may open later, so that it is decided anew then.
    pub const fn may_open(&self) -> bool {
        match self.status {
            AccountStatus::Paused => true,
            AccountStatus::Churned => false,
            AccountStatus::Active => self.stale_feed || self.uncertain,
        }
    }
}

/// Something that happened, and would have run the playbook but for the gates.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub edge: Edge,
    pub gates: Gates,
    /// The fields that decided and may not have been what history says, with the reason.
    pub doubts: Vec<(String, &'static str)>,
}

/// The most moments that a timetable is asked for, times accounts.
const MOST_ASKED: usize = 5_000_000;

/// All of them, in no order. Inside a system section.
pub fn find_candidates(
    scope: &Scope<'_>,
    trigger: &PlaybookTrigger,
    outages: &Outages<'_>,
) -> Result<Vec<Candidate>, Fault> {
    let condition = Condition::new(scope, trigger)?;
    if let AwaitedEvent::Schedule { cron } = &trigger.event {
        return find_scheduled(scope, cron, &condition);
    }
    let edges = find_edges(scope, &trigger.event)?;
    let mut candidates = Vec::new();
    for some in edges.chunks(AT_ONCE) {
        candidates.extend(condition.filter(some)?);
    }
    for candidate in &mut candidates {
        let gates = &mut candidate.gates;
        match &candidate.edge.event.change {
            EventChange::Score(change) => {
                gates.stale_feed = change.is_stale;
                gates.uncertain = change.is_uncertain;
            }
            _ => gates.stale_feed = outages.is_out(candidate.edge.moment.at)?,
        }
        if candidate.edge.event.is_change_of_status(&trigger.event) {
            gates.status = AccountStatus::Active;
        }
    }
    Ok(candidates)
}

/// Whether an account met the conditions at a moment, and what its status was.
pub struct Condition<'a> {
    trigger: &'a PlaybookTrigger,
    status: Field,
    reader: FactsReader<'a>,
}

impl<'a> Condition<'a> {
    /// Of a playbook.
    pub fn new(scope: &Scope<'a>, trigger: &'a PlaybookTrigger) -> Result<Self, Fault> {
        let status = Field::find("status").ok_or_else(|| Fault::internal("no field status"))?;
        let mut fields = trigger
            .when
            .as_ref()
            .map_or_else(Vec::new, |it| it.fields());
        if !fields.contains(&&status) {
            fields.push(&status);
        }
        Ok(Self {
            reader: FactsReader::new(scope.tenant, scope.history, &fields)?,
            trigger,
            status,
        })
    }

    /// The facts of accounts at moments.
    pub fn facts(&self, asked: &[AskedMoment]) -> Result<Vec<Option<PastFacts>>, Fault> {
        self.reader.read(asked)
    }

    /// What was known of an account that met the conditions.
    pub fn gates(&self, facts: &PastFacts) -> Gates {
        let status = match facts.value(&self.status) {
            Some(FieldValue::Text(label)) => AccountStatus::from_label(&label),
            _ => None,
        };
        Gates {
            status: status.unwrap_or(AccountStatus::Active),
            stale_feed: false,
            uncertain: false,
        }
    }

    fn filter(&self, edges: &[Edge]) -> Result<Vec<Candidate>, Fault> {
        let asked = edges.iter().map(|it| it.moment).collect::<Vec<_>>();
        let pairs = edges.iter().zip(self.facts(&asked)?);
        let met = pairs.filter_map(|(edge, facts)| {
            let facts = facts.filter(|it| self.is_met(it))?;
            Some(Candidate {
                edge: edge.clone(),
                gates: self.gates(&facts),
                doubts: self.doubts(&facts),
            })
        });
        Ok(met.collect())
    }

    /// Whether the conditions held.
    pub fn is_met(&self, facts: &PastFacts) -> bool {
        self.trigger
            .when
            .as_ref()
            .is_none_or(|it| evaluate(it, facts))
    }

    fn doubts(&self, facts: &PastFacts) -> Vec<(String, &'static str)> {
        let mut fields = self
            .trigger
            .when
            .as_ref()
            .map_or_else(Vec::new, |it| it.fields());
        if !fields.contains(&&self.status) {
            fields.push(&self.status);
        }
        let doubted = fields
            .into_iter()
            .filter_map(|it| Some((it.name(), facts.doubt(it)?.reason())));
        doubted.collect()
    }
}

/// Every account that was there at a moment of the timetable and met the conditions; account by account, since what is read of
/// an account serves all its moments.
fn find_scheduled(
    scope: &Scope<'_>,
    cron: &Cron,
    condition: &Condition<'_>,
) -> Result<Vec<Candidate>, Fault> {
    let accounts = read_accounts(scope)?;
    let most = MOST_ASKED / accounts.len().max(1);
    let moments = moments(scope, cron).take(most + 1).collect::<Vec<_>>();
    if moments.len() > most {
        return Err(too_much());
    }
    let mut candidates = Vec::new();
    let mut some = Vec::new();
    for (account, created_at) in accounts {
        let there = moments.iter().filter(|at| **at >= created_at);
        some.extend(there.map(|at| scheduled(scope, cron, account, *at)));
        while some.len() >= AT_ONCE {
            let rest = some.split_off(AT_ONCE);
            candidates.extend(condition.filter(&some)?);
            some = rest;
        }
        if candidates.len() > super::edges::MOST {
            return Err(too_much());
        }
    }
    candidates.extend(condition.filter(&some)?);
    Ok(candidates)
}

/// The last moments of a timetable for the accounts of a scope that were there; two at most.
pub fn find_last_scheduled(scope: &Scope<'_>, cron: &Cron) -> Result<Vec<Edge>, Fault> {
    let last = moments(scope, cron).fold([None, None], |[_, last], at| [last, Some(at)]);
    let accounts = read_accounts(scope)?;
    let there = last.into_iter().flatten().flat_map(|at| {
        let there = accounts
            .iter()
            .filter(move |(_, created_at)| *created_at <= at);
        there.map(move |(account, _)| scheduled(scope, cron, *account, at))
    });
    Ok(there.collect())
}

/// The moments of a timetable, each by the clock of then.
fn moments<'a>(scope: &'a Scope<'_>, cron: &'a Cron) -> impl Iterator<Item = Moment> + 'a {
    let next = |at: &Moment| next_moment(cron, &*scope.history.settings(*at).zone, *at);
    std::iter::successors(next(&scope.since), next).take_while(|at| *at <= scope.until)
}

fn scheduled(scope: &Scope<'_>, cron: &Cron, account: Uuid, at: Moment) -> Edge {
    let text = crate::health::to_timestamp(at).map(|it| it.to_iso_string());
    Edge {
        moment: AskedMoment::new(account, at),
        event: Event {
            id: crate::pg::uuid_v7::new(),
            tenant_id: scope.tenant,
            account_id: account,
            change: EventChange::Standing {
                values: json!({ "cron": cron.as_written(), "scheduled_for": text.unwrap_or_default() }),
                is_stale: false,
                is_uncertain: false,
            },
        },
        until: None,
    }
}

fn read_accounts(scope: &Scope<'_>) -> Result<Vec<(Uuid, Moment)>, Fault> {
    let mut accounts = Vec::new();
    stream_with(
        Sight::Transaction,
        "select id, created_at from cs.accounts
         where tenant_id = $1 and ($2::uuid[] is null or id = any ($2)) and $3::timestamptz < $4::timestamptz
         order by id",
        &scope.arguments()?,
        &mut |row| accounts.extend(row.uuid(0).zip(row.value::<i64>(1))),
    )?;
    Ok(accounts)
}
