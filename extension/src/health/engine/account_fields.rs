//! Owns what the criteria of a cap can ask about an account: its own row, and the score before any cap.

use super::evidence_request::{AccountQuery, account_query};
use crate::criteria::{BuiltInField, Decimal, Facts, Field, FieldValue, attribute, evaluate};
use crate::health::model::definition::Model;
use crate::health::moment::to_timestamp;
use crate::health::score::band::RiskLevel;
use crate::health::score::clock::Moment;
use crate::health::score::evidence::Evidence;
use crate::health::score::metric::{KINDS, MetricKind};
use crate::health::score::overall::Score;
use crate::health::score::yardstick::Yardstick;
use crate::pg::fault::Fault;
use crate::pg::planned;
use chrono::NaiveDate;
use pgrx::{JsonB, Uuid};
use serde_json::{Map, Value as Json};
use std::collections::HashMap;

/// An account's own row, as criteria see it.
pub struct AccountFields {
    texts: HashMap<&'static str, Option<String>>,
    numbers: HashMap<&'static str, Option<String>>,
    contract_end: Option<NaiveDate>,
    attributes: Map<String, Json>,
}

const TEXTS: [&str; 9] = [
    "id",
    "parent",
    "name",
    "external_id",
    "industry",
    "status",
    "stage",
    "stage_state",
    "csm",
];
const NUMBERS: [&str; 4] = ["arr", "days_in_stage", "days_to_renewal", "hierarchy_level"];

const FIELDS: AccountQuery = account_query!("sql/account_fields.sql");

/// The rows of these accounts, as of a moment; `None` is all.
pub fn read_account_fields(
    tenant: Uuid,
    ids: Option<&[Uuid]>,
    as_of: Moment,
) -> Result<HashMap<Uuid, AccountFields>, Fault> {
    let (planning, query) = FIELDS.of(ids);
    let rows = planned::read(
        planning,
        query,
        &[
            tenant.into(),
            ids.map(<[Uuid]>::to_vec).into(),
            to_timestamp(as_of)?.into(),
        ],
        |row| {
            let read = |name: &'static str| Ok((name, row.maybe::<String>(name)?));
            let day = row.maybe::<String>("contract_end_date")?;
            let Json::Object(attributes) = row.need::<JsonB>("crm_attributes")?.0 else {
                return Err(Fault::internal("crm_attributes is not an object"));
            };
            let account = AccountFields {
                texts: TEXTS.into_iter().map(read).collect::<Result<_, Fault>>()?,
                numbers: NUMBERS
                    .into_iter()
                    .map(read)
                    .collect::<Result<_, Fault>>()?,
                contract_end: day.and_then(|day| day.parse().ok()),
                attributes,
            };
            Ok((row.need::<Uuid>("account_id")?, account))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// The first cap whose criteria an account meets: the most that its score can be, and why.
pub fn find_cap(
    model: &Model,
    account: &AccountFields,
    score: &Score,
    evidence: &Evidence,
    yardstick: &Yardstick,
) -> Option<(i32, String)> {
    let known = CapFacts {
        model,
        account,
        score,
        evidence,
        yardstick,
    };
    let mut caps = model.caps.iter().filter(|cap| cap.is_active);
    let cap = caps.find(|cap| evaluate(&cap.when, &known))?;
    Some((cap.most, cap.reason.fill(|field| known.value(field))))
}

/// What is known of an account while its score is computed.
struct CapFacts<'a> {
    model: &'a Model,
    account: &'a AccountFields,
    score: &'a Score,
    evidence: &'a Evidence,
    yardstick: &'a Yardstick,
}

impl Facts for CapFacts<'_> {
    fn value(&self, field: &Field) -> Option<FieldValue> {
        let known = match field {
            Field::Attribute(path) => return attribute(&self.account.attributes, path),
            Field::BuiltIn(definition) => definition,
        };
        match known.field {
            BuiltInField::HealthScore => score_value(self.score.raw),
            BuiltInField::UsageScore => score_value(self.score.components[0].score),
            BuiltInField::EngagementScore => score_value(self.score.components[1].score),
            BuiltInField::SupportScore => score_value(self.score.components[2].score),
            BuiltInField::AdoptionScore => score_value(self.score.components[3].score),
            BuiltInField::RiskLevel => {
                let level = RiskLevel::of(self.score.raw?, self.model.bands);
                Some(FieldValue::Text(level.label().to_owned()))
            }
            BuiltInField::Confidence => {
                Some(FieldValue::Text(self.score.confidence.label().to_owned()))
            }
            BuiltInField::ContractEndDate => self.account.contract_end.map(FieldValue::Date),
            BuiltInField::Logins30d => self.sum(MetricKind::Logins),
            BuiltInField::FeatureUsage30d => self.sum(MetricKind::FeatureUsage),
            BuiltInField::ApiCalls30d => self.sum(MetricKind::ApiCalls),
            BuiltInField::SupportTickets30d => self.sum(MetricKind::SupportTickets),
            BuiltInField::DaysSinceLogin => self.days_since(&[MetricKind::Logins]),
            BuiltInField::DaysSinceUsage => self.days_since(&KINDS[..3]),
            BuiltInField::UrgentOpenDays
            | BuiltInField::SeatShare
            | BuiltInField::UsageTrend
            | BuiltInField::UsageOfBest
            | BuiltInField::Seats => self.fact(known.name),
            _ => self.own_value(known.name),
        }
    }
}

impl CapFacts<'_> {
    fn own_value(&self, name: &str) -> Option<FieldValue> {
        if let Some(text) = self.account.texts.get(name) {
            return text.clone().map(FieldValue::Text);
        }
        let number = self.account.numbers.get(name)?.as_ref()?;
        Decimal::parse(number).map(FieldValue::Number)
    }

    fn sum(&self, kind: MetricKind) -> Option<FieldValue> {
        let usage = self.evidence.of(kind);
        let sum = usage.is_observed().then_some(usage.window)?;
        number(sum.as_f64())
    }

    fn days_since(&self, kinds: &[MetricKind]) -> Option<FieldValue> {
        let last = kinds
            .iter()
            .filter_map(|kind| self.evidence.of(*kind).last)
            .max()?;
        number(self.yardstick.account_clock.days_since(last).floor())
    }

    fn fact(&self, name: &str) -> Option<FieldValue> {
        let mut facts = self.score.facts.named().into_iter();
        let (_, value) = facts.find(|(known, _)| *known == name)?;
        number(value?)
    }
}

fn number(value: f64) -> Option<FieldValue> {
    Decimal::parse(&value.to_string()).map(FieldValue::Number)
}

fn score_value(score: Option<i32>) -> Option<FieldValue> {
    score.map(|score| FieldValue::Number(i64::from(score).into()))
}
