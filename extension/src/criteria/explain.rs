//! Owns why criteria hold for an account or do not: each condition with what was found.

use super::account_values::{Told, facts_of};
use super::flaw::{below, element};
use super::matching::asked;
use super::tree::Criteria;
use super::{Facts, evaluate};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::Sight;
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// Path, field, operator, what was found, whether it holds.
type Line = (
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
    let criteria = asked(criteria.as_ref()).or_raise();
    TableIterator::new(lines_of(account_id, &criteria).or_raise())
}

fn lines_of(account: Option<Uuid>, criteria: &Criteria) -> Result<Vec<Line>, Fault> {
    let account = account.ok_or_else(|| Fault::no_such("account"))?;
    let told = facts_of(None, &[account], criteria, Sight::Statement)?
        .remove(&account)
        .ok_or_else(|| Fault::no_such("account"))?;
    let mut lines = vec![(String::new(), None, None, None, evaluate(criteria, &told))];
    conditions("", criteria, &told, &mut lines);
    Ok(lines)
}

fn conditions(at: &str, criteria: &Criteria, told: &Told, lines: &mut Vec<Line>) {
    let mut all = |group: &str, members: &[Criteria]| {
        let at = below(at, group);
        for (index, member) in members.iter().enumerate() {
            conditions(&element(&at, index), member, told, lines);
        }
    };
    match criteria {
        Criteria::All(members) => all("all", members),
        Criteria::Any(members) => all("any", members),
        Criteria::Not(inner) => conditions(&below(at, "not"), inner, told, lines),
        Criteria::Leaf(leaf) => lines.push((
            at.to_owned(),
            Some(leaf.field.name()),
            Some(leaf.test.op().name()),
            told.value(&leaf.field).map(|it| it.written()),
            evaluate(criteria, told),
        )),
    }
}
