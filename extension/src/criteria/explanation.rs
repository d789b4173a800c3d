//! Owns the explanation of why an account meets criteria or does not: each condition with the value that was found.

use super::account_values::read_values;
use super::evaluation::{Facts, evaluate, holds};
use super::matching::read_caller_criteria;
use super::tree::Criteria;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::Sight;
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// Path, field, operator, the value that was found, whether it holds.
type Explained = (
    String,
    Option<String>,
    Option<&'static str>,
    Option<String>,
    bool,
);

#[pg_extern(stable)]
fn explain_criteria(
    account_id: Option<Uuid>,
    criteria: Option<JsonText>,
) -> TableIterator<
    'static,
    (
        name!(path, String),
        name!(field, Option<String>),
        name!(operator, Option<&'static str>),
        name!(found, Option<String>),
        name!(holds, bool),
    ),
> {
    let _pinned = Pinned::enter();
    let criteria = read_caller_criteria(criteria.as_ref()).or_raise();
    TableIterator::new(explain(account_id, &criteria).or_raise())
}

fn explain(account: Option<Uuid>, criteria: &Criteria) -> Result<Vec<Explained>, Fault> {
    let account = account.ok_or_else(|| Fault::no_such("account"))?;
    let values = read_values(None, &[account], criteria, Sight::Statement)?
        .remove(&account)
        .ok_or_else(|| Fault::no_such("account"))?;
    let whole = (String::new(), None, None, None, evaluate(criteria, &values));
    let conditions = criteria.leaves("").into_iter().map(|(at, leaf)| {
        let found = values.value(&leaf.field).map(|it| it.to_text());
        (
            at,
            Some(leaf.field.name()),
            Some(leaf.test.op().name()),
            found,
            holds(leaf, &values),
        )
    });
    Ok([whole].into_iter().chain(conditions).collect())
}
