//! Owns the fields of accounts as they were at a moment, all that criteria can ask for, and where history cannot know.
//!
//! In: accounts, each with a moment. Out: the values, evaluated as those of now are. What is rebuilt is the account's own row
//! ([`account_rows`]) and the tree ([`family`]); the rest is read by the expressions that criteria use, as of the moment.

mod account_rows;
pub mod doubt;
mod expressions;
mod family;

use super::asked_moment::AskedMoment;
use super::tenant_history::TenantHistory;
use crate::criteria::account_values::read_pair;
use crate::criteria::{BuiltInField, Facts, Field, FieldValue};
use crate::health::Moment;
use crate::health::to_timestamp;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, stream_with};
pub use account_rows::{AccountColumn, AccountPast, read_account_rows};
use doubt::Doubt;
use expressions::FieldQuery;
use family::Family;
use pgrx::Uuid;
use std::rc::Rc;

/// How many are read at once: what is rebuilt of them is in memory together.
pub const AT_ONCE: usize = 2_000;

/// What an account was like at a moment.
pub struct PastFacts {
    fields: Rc<[Field]>,
    values: Vec<Option<FieldValue>>,
    doubts: Vec<Doubt>,
}

impl Facts for PastFacts {
    fn value(&self, field: &Field) -> Option<FieldValue> {
        let place = self.fields.iter().position(|it| it == field)?;
        self.values.get(place)?.clone()
    }
}

impl PastFacts {
    /// Why the value of a field may not be what it was; `None` where it is.
    pub fn doubt(&self, field: &Field) -> Option<Doubt> {
        let possible = Doubt::of_field(field).iter();
        possible.copied().find(|it| self.doubts.contains(it))
    }
}

/// Reads fields of a tenant's accounts as they were.
pub struct FactsReader<'a> {
    tenant: Uuid,
    history: &'a TenantHistory,
    fields: Rc<[Field]>,
    query: FieldQuery,
    with_attributes: bool,
    family: Option<Family>,
}

impl<'a> FactsReader<'a> {
    /// For these fields. Inside a system section, as all of it.
    pub fn new(tenant: Uuid, history: &'a TenantHistory, fields: &[&Field]) -> Result<Self, Fault> {
        let fields = fields.iter().map(|it| (*it).clone()).collect::<Rc<[_]>>();
        let asks = |wanted: &[BuiltInField]| {
            fields.iter().any(|it| match it {
                Field::BuiltIn(known) => wanted.contains(&known.field),
                Field::Attribute(_) => false,
            })
        };
        let of_tree = [BuiltInField::HierarchyLevel, BuiltInField::CountedArr];
        let of_attributes = [
            BuiltInField::Arr,
            BuiltInField::ContractEndDate,
            BuiltInField::DaysToRenewal,
            BuiltInField::Industry,
        ];
        let names_attribute = |it: &Field| matches!(it, Field::Attribute(_));
        Ok(Self {
            tenant,
            history,
            query: FieldQuery::of(&fields),
            with_attributes: asks(&of_attributes) || fields.iter().any(names_attribute),
            family: asks(&of_tree).then(|| Family::read(tenant)).transpose()?,
            fields,
        })
    }

    /// The facts of each account at its moment, in their order; `None` for accounts that are gone.
    pub fn read(&self, asked: &[AskedMoment]) -> Result<Vec<Option<PastFacts>>, Fault> {
        let mut facts = Vec::with_capacity(asked.len());
        for some in asked.chunks(AT_ONCE) {
            facts.extend(self.read_some(some)?);
        }
        Ok(facts)
    }

    fn read_some(&self, asked: &[AskedMoment]) -> Result<Vec<Option<PastFacts>>, Fault> {
        let mut accounts = asked.iter().map(|it| it.account).collect::<Vec<_>>();
        accounts.sort_unstable();
        accounts.dedup();
        let since = asked.iter().map(|it| it.row_at).min().unwrap_or(0);
        let rows = read_account_rows(self.tenant, &accounts, since, self.with_attributes)?;
        let known = asked.iter().enumerate();
        let known = known.filter_map(|(place, it)| Some((place, it, rows.get(&it.account)?)));
        let known = known.collect::<Vec<_>>();
        let mut facts = Vec::new();
        facts.resize_with(asked.len(), || None);
        let arguments = self.arguments(&known)?;
        stream_with(
            Sight::Transaction,
            &self.query.text,
            &arguments,
            &mut |row| {
                let place = row.value::<i32>(0).and_then(|it| usize::try_from(it).ok());
                let place = place.and_then(|it| known.get(it.checked_sub(1)?));
                if let Some((place, ..)) = place {
                    let texts =
                        |column| row.value::<Vec<Option<String>>>(column).unwrap_or_default();
                    facts[*place] = Some(self.facts(&texts(1), &texts(2)));
                }
            },
        )?;
        Ok(facts)
    }

    fn facts(&self, pairs: &[Option<String>], doubts: &[Option<String>]) -> PastFacts {
        let values = self.fields.iter().zip(pairs.chunks(2));
        let doubts = Doubt::ALL.into_iter().zip(doubts);
        let is_true = |text: &Option<String>| text.as_deref() == Some("true");
        PastFacts {
            fields: Rc::clone(&self.fields),
            values: values
                .map(|(it, pair)| read_pair(it.kind(), pair))
                .collect(),
            doubts: doubts
                .filter(|(_, it)| is_true(it))
                .map(|(it, _)| it)
                .collect(),
        }
    }

    /// The parameters of the query, as `asked_accounts.sql` lists them.
    fn arguments(
        &self,
        known: &[(usize, &AskedMoment, &AccountPast)],
    ) -> Result<Vec<Argument>, Fault> {
        let moments = |pick: &dyn Fn(&AskedMoment, &AccountPast) -> Moment| {
            let all = known
                .iter()
                .map(|(_, it, past)| to_timestamp(pick(it, past)));
            all.collect::<Result<Vec<_>, _>>().map(Argument::new)
        };
        let texts = |pick: &dyn Fn(&AskedMoment, &AccountPast) -> Option<String>| {
            let all = known.iter().map(|(_, it, past)| pick(it, past));
            Argument::new(all.collect::<Vec<_>>())
        };
        let column = |column| texts(&|it, past| past.column(column, it.row_at));
        let level = |it: &AskedMoment| {
            self.family
                .as_ref()
                .map(|all| all.level(it.account, it.row_at))
        };
        let levels = known.iter().map(|(_, it, _)| level(it)).collect::<Vec<_>>();
        let accounts = known
            .iter()
            .map(|(_, it, _)| it.account)
            .collect::<Vec<_>>();
        let mut arguments = vec![
            Argument::new(self.tenant),
            Argument::new(accounts),
            moments(&|it, _| it.at)?,
            moments(&|it, _| it.row_at)?,
            texts(&|it, _| Some(self.history.settings(it.at).text.to_string())),
            texts(&|it, _| Some(self.history.quiet(it.at).text.to_string())),
            moments(&|_, past| past.recorded_since)?,
            moments(&|_, past| past.created_at)?,
            column(AccountColumn::Name),
            column(AccountColumn::ExternalId),
            column(AccountColumn::ParentId),
            column(AccountColumn::CsmId),
            column(AccountColumn::Status),
            column(AccountColumn::CrmAttributes),
            Argument::new(levels),
            texts(&|it, _| Some(self.children(it))),
        ];
        arguments.extend(self.query.keys.iter().cloned().map(Argument::new));
        Ok(arguments)
    }

    /// The children whose ARR is taken out of the account's, as the text of an array.
    fn children(&self, asked: &AskedMoment) -> String {
        let includes = self
            .history
            .settings(asked.row_at)
            .parent_arr_includes_children;
        let family = self.family.as_ref().filter(|_| includes);
        let children = family.map(|it| it.children(asked.account, asked.row_at));
        let ids = children.unwrap_or_default();
        let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        format!("{{{}}}", ids.join(","))
    }
}
