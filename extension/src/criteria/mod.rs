//! Owns criteria, the one language of conditions over accounts.
//!
//! In: JSON as people write it, such as `{"all": [{"field": "health_score", "op": "lt", "value": 40}]}`. It is parsed once to a
//! tree ([`parse()`]), in which names become ids. Out: the accounts that meet it, by SQL ([`find_matching`]), whether one account
//! does ([`evaluate()`]), and the JSON it is stored as ([`resolve()`]).

mod account_query;
pub mod account_values;
mod built_in_fields;
mod custom_conditions;
mod decimal;
mod evaluation;
mod explanation;
mod expressions;
mod field;
mod field_kind;
mod flaw;
mod gone;
mod literal;
mod matching;
mod name_resolution;
mod op;
mod operand;
mod parser;
#[cfg(test)]
mod properties;
mod tree;
mod value;

use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use built_in_fields::{ANY_ATTRIBUTE, FIELDS};
use flaw::Flaw;
use name_resolution::{UnknownId, resolve_names};
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

pub use account_query::{Bound, Query};
pub use built_in_fields::BuiltInField;
pub use decimal::Decimal;
pub use evaluation::{Facts, evaluate, holds};
pub use expressions::{Join, as_of, expression_of};
pub use field::Field;
pub use field_kind::FieldKind;
pub use flaw::first_fault;
pub use gone::find_gone;
pub use matching::{arguments, filter, find_matching, read_caller_criteria};
pub use name_resolution::resolve;
pub use parser::parse;
pub use tree::{Criteria, Leaf};
pub use value::{FieldValue, attribute, fold};

#[pg_extern(stable)]
fn validate_criteria(
    criteria: JsonText,
) -> TableIterator<'static, (name!(path, String), name!(message, String))> {
    let flaws = match criteria.read() {
        None => vec![Flaw {
            path: String::new(),
            message: "the criteria are nested too deeply or hold a number that is too large"
                .to_owned(),
        }],
        Some(criteria) => {
            let _pinned = Pinned::enter();
            let tenant = identity::current().membership.map(|(tenant, _)| tenant);
            find_flaws(tenant, &criteria).or_raise()
        }
    };
    TableIterator::new(flaws.into_iter().map(|it| (it.path, it.message)))
}

/// Everything that is wrong with criteria in this tenant.
fn find_flaws(tenant: Option<Uuid>, criteria: &serde_json::Value) -> Result<Vec<Flaw>, Fault> {
    match parse("", criteria) {
        Ok(mut criteria) => resolve_names(tenant, "", &mut criteria, UnknownId::Refused),
        Err(flaws) => Ok(flaws),
    }
}

#[pg_extern(immutable, parallel_safe)]
fn criteria_shape(criteria: JsonText) -> bool {
    let criteria = criteria.read();
    criteria.is_some_and(|criteria| parse("", &criteria).is_ok())
}

#[pg_extern(immutable, parallel_safe)]
fn criteria_field_list() -> TableIterator<
    'static,
    (
        name!(place, i32),
        name!(field, &'static str),
        name!(label, &'static str),
        name!(kind, &'static str),
        name!(operators, Vec<&'static str>),
        name!(choices, Option<Vec<&'static str>>),
        name!(description, &'static str),
    ),
> {
    let known = FIELDS
        .iter()
        .map(|it| (it.name, it.label, it.kind, it.description));
    let (attribute, about) = ANY_ATTRIBUTE;
    let all = known.chain([(attribute, "CRM attribute", FieldKind::Any, about)]);
    TableIterator::new((1..).zip(all).map(|(place, (field, label, kind, about))| {
        let operators = kind.operators().iter().map(|op| op.name()).collect();
        let choices = match kind {
            FieldKind::Choice(labels) => Some(labels.to_vec()),
            _ => None,
        };
        (place, field, label, kind.name(), operators, choices, about)
    }))
}
