//! Owns the one language of conditions over accounts: read and checked here, evaluated here for one account.
//!
//! In: JSON as people write it, such as `{"all": [{"field": "health_score", "op": "lt", "value": 40}]}`. Out: a tree
//! ([`parse()`]), its truth for an account ([`evaluate()`]), and the form it is stored in, with ids for names ([`resolve()`]).

pub mod account_values;
mod built_in_fields;
mod compile;
mod custom_conditions;
mod date;
mod decimal;
mod evaluate;
mod explain;
mod expressions;
mod field;
mod flaw;
mod kind;
mod matching;
mod names;
mod op;
mod operand;
mod parse;
#[cfg(test)]
mod properties;
mod resolve;
mod tree;
mod value;

use crate::identity;
use crate::pg::fault::OrRaise;
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use built_in_fields::{ANY_ATTRIBUTE, FIELDS};
use flaw::Flaw;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

pub use built_in_fields::Known;
pub use compile::{Bound, Query};
pub use decimal::Decimal;
pub use evaluate::{Facts, evaluate};
pub use expressions::Join;
pub use field::Field;
pub use flaw::first_fault;
pub use kind::Kind;
pub use matching::{arguments, asked, filter, matching};
pub use parse::parse;
pub use resolve::resolve;
pub use tree::Criteria;
pub use value::{Value, attribute, fold};

#[pg_extern(stable)]
fn validate_criteria(
    criteria: JsonText,
) -> TableIterator<'static, (name!(path, String), name!(message, String))> {
    let flaws = match criteria.read() {
        None => vec![Flaw {
            path: String::new(),
            message: "the criteria are nested too deeply or hold a number too large".to_owned(),
        }],
        Some(criteria) => {
            let _pinned = Pinned::enter();
            let tenant = identity::current().membership.map(|(tenant, _)| tenant);
            let settled = resolve::settle(tenant, "", criteria, resolve::Gone::Refused).or_raise();
            settled.err().unwrap_or_default()
        }
    };
    TableIterator::new(flaws.into_iter().map(|it| (it.path, it.message)))
}

#[pg_extern(immutable, parallel_safe)]
fn criteria_shape(criteria: JsonText) -> bool {
    let criteria = criteria.read();
    criteria.is_some_and(|criteria| parse::parse("", &criteria).is_ok())
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
    let all = known.chain([(attribute, "CRM attribute", Kind::Any, about)]);
    TableIterator::new((1..).zip(all).map(|(place, (field, label, kind, about))| {
        let operators = kind.operators().iter().map(|op| op.name()).collect();
        let choices = match kind {
            Kind::Choice(labels) => Some(labels.to_vec()),
            _ => None,
        };
        (place, field, label, kind.name(), operators, choices, about)
    }))
}
