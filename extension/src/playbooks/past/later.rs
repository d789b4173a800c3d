//! Owns what became of matches that a gate held back: when each would have been decided anew, as long as what matched still held,
//! and how the gates were then.

use super::candidates::{Candidate, Gates};
use super::edges::{Scope, ScoreRow, read_scores};
use super::facts::{AccountColumn, AccountPast, read_account_rows};
use super::outages::Outages;
use crate::health::Moment;
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, stream_with};
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{EventChange, ShownScore};
use crate::playbooks::matching::{AccountNow, still_holds};
use crate::stages::AccountStatus;
use pgrx::Uuid;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};

/// A moment at which a match that was held back is decided anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondTry {
    pub at: Moment,
    pub gates: Gates,
}

/// A stay of an account: when it was entered, when it had begun, its stage.
type Stay = (Moment, Moment, String);

/// What happened to the accounts that matches were held back for.
pub struct Later<'a> {
    awaited: &'a AwaitedEvent,
    outages: &'a Outages<'a>,
    /// First instants of days, where it is looked for once a day.
    days: Vec<Moment>,
    rows: HashMap<Uuid, AccountPast>,
    scores: HashMap<Uuid, Vec<ScoreRow>>,
    stays: HashMap<Uuid, Vec<Stay>>,
}

impl<'a> Later<'a> {
    /// Of these matches. Inside a system section.
    pub fn read(
        scope: &Scope<'_>,
        awaited: &'a AwaitedEvent,
        outages: &'a Outages<'a>,
        held: &[&Candidate],
    ) -> Result<Self, Fault> {
        let accounts = held
            .iter()
            .map(|it| it.edge.moment.account)
            .collect::<BTreeSet<_>>();
        let accounts = Vec::from_iter(accounts);
        let since = held
            .iter()
            .map(|it| it.edge.moment.at)
            .min()
            .unwrap_or(scope.until);
        let scope = Scope {
            tenant: scope.tenant,
            history: scope.history,
            among: Some(&accounts),
            since,
            until: scope.until,
        };
        let of_attribute = matches!(awaited, AwaitedEvent::AttributeChange { .. });
        let mut scores = HashMap::<Uuid, Vec<ScoreRow>>::new();
        if awaited.is_of_score() {
            read_scores(&scope, since, &mut |row| {
                scores.entry(row.account).or_default().push(row)
            })?;
        }
        let is_daily = matches!(
            awaited,
            AwaitedEvent::UsageDecline { .. }
                | AwaitedEvent::MetricAbsent { .. }
                | AwaitedEvent::ContractEnding { .. }
                | AwaitedEvent::TicketSpike
        );
        Ok(Self {
            awaited,
            outages,
            days: match is_daily {
                true => scope.history.day_starts(since, scope.until),
                false => Vec::new(),
            },
            rows: read_account_rows(scope.tenant, &accounts, since, of_attribute)?,
            scores,
            stays: match awaited {
                AwaitedEvent::StageEnter { .. } => read_stays(&scope)?,
                _ => HashMap::new(),
            },
        })
    }

    /// When the gates that may open no longer hold a match back, if what matched still holds then.
    pub fn second_try(&self, held: &Candidate) -> Result<Option<SecondTry>, Fault> {
        let moment = held.edge.moment;
        let Some(row) = self.rows.get(&moment.account) else {
            return Ok(None);
        };
        let until = held.edge.until.unwrap_or(Moment::MAX);
        let event = held.edge.event.describe(self.awaited);
        for at in self.moments(held, row) {
            if at >= until || held.edge.until.is_none() && !self.still_holds(held, &event, row, at)
            {
                return Ok(None);
            }
            let gates = self.gates(moment.account, row, at)?;
            if !gates.may_open() {
                return Ok(Some(SecondTry { at, gates }));
            }
        }
        Ok(None)
    }

    /// The moments after it at which a match is decided anew, in order.
    fn moments(&self, held: &Candidate, row: &AccountPast) -> BTreeSet<Moment> {
        let (after, account) = (held.edge.moment.row_at, held.edge.moment.account);
        let may_be_held = self.awaited.may_be_held_over() || held.edge.until.is_some();
        if !may_be_held {
            return BTreeSet::new();
        }
        let scores = self.scores.get(&account).into_iter().flatten();
        let scores = scores.filter(|it| !it.is_of_model).map(|it| it.at);
        let changes = row.changes().filter(|_| self.days.is_empty());
        let days = self.days.iter().copied();
        scores
            .chain(changes)
            .chain(days)
            .filter(|at| *at > after)
            .collect()
    }

    fn shown(&self, account: Uuid, at: Moment) -> Option<&ScoreRow> {
        let scores = self.scores.get(&account)?;
        let known = scores.partition_point(|it| it.at <= at);
        scores.get(known.checked_sub(1)?)
    }

    fn gates(&self, account: Uuid, row: &AccountPast, at: Moment) -> Result<Gates, Fault> {
        let status = row.column(AccountColumn::Status, at);
        let status = status.and_then(|it| AccountStatus::from_label(&it));
        let shown = self.shown(account, at);
        Ok(Gates {
            status: status.unwrap_or(AccountStatus::Active),
            stale_feed: shown.is_some_and(|it| it.is_stale) || self.outages.is_out(at)?,
            uncertain: shown.is_some_and(|it| it.is_uncertain),
        })
    }

    fn still_holds(&self, held: &Candidate, event: &Value, row: &AccountPast, at: Moment) -> bool {
        let now = AccountNow {
            score: self
                .shown(held.edge.moment.account, at)
                .map(|it| ShownScore::clone(&it.score)),
            is_same_stay: self.is_same_stay(held, at),
            row: match self.awaited {
                AwaitedEvent::AttributeChange { .. } => row_as_criteria_see_it(row, at),
                _ => Map::new(),
            },
        };
        still_holds(self.awaited, event, &now)
    }

    fn is_same_stay(&self, held: &Candidate, at: Moment) -> bool {
        let (EventChange::Stage(change), Some(stays)) = (
            &held.edge.event.change,
            self.stays.get(&held.edge.moment.account),
        ) else {
            return false;
        };
        let known = stays.partition_point(|(entered, ..)| *entered <= at);
        let stay = known.checked_sub(1).and_then(|it| stays.get(it));
        stay.is_some_and(|(_, begun, stage)| {
            *stage == change.to.1 && *begun <= held.edge.moment.row_at
        })
    }
}

fn row_as_criteria_see_it(row: &AccountPast, at: Moment) -> Map<String, Value> {
    let text = |column| row.column(column, at).map_or(Value::Null, Value::from);
    let attributes = row.column(AccountColumn::CrmAttributes, at);
    let attributes = attributes
        .and_then(|it| serde_json::from_str::<Value>(&it).ok())
        .unwrap_or_default();
    let arr = match &attributes["arr"] {
        Value::String(number) => serde_json::from_str(number).unwrap_or(Value::Null),
        other => other.clone(),
    };
    let fields = [
        ("name", text(AccountColumn::Name)),
        ("external_id", text(AccountColumn::ExternalId)),
        ("parent", text(AccountColumn::ParentId)),
        ("csm", text(AccountColumn::CsmId)),
        ("status", text(AccountColumn::Status)),
        ("arr", arr),
        ("contract_end_date", attributes["contract_end_date"].clone()),
        ("industry", attributes["industry"].clone()),
        ("crm_attributes", attributes),
    ];
    fields
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

fn read_stays(scope: &Scope<'_>) -> Result<HashMap<Uuid, Vec<Stay>>, Fault> {
    let mut stays = HashMap::<Uuid, Vec<Stay>>::new();
    let text = include_str!("sql/stays.sql");
    stream_with(Sight::Transaction, text, &scope.arguments()?, &mut |row| {
        let stay = (row.value::<i64>(1), row.value::<i64>(2), row.text(3));
        if let (Some(account), (Some(entered), Some(begun), Some(stage))) = (row.uuid(0), stay) {
            stays
                .entry(account)
                .or_default()
                .push((entered, begun, stage));
        }
    })?;
    Ok(stays)
}
