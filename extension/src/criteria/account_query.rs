//! Owns the way from criteria to SQL: a condition over `cs.accounts as account` and its joins, every value a bound
//! parameter. It holds for the same accounts as [`super::evaluate()`]. Pure.

use super::expressions::{Join, expression_of};
use super::field::Field;
use super::field_kind::FieldKind;
use super::op::Comparison;
use super::tree::{Criteria, Leaf, Test};
use super::value::FieldValue;
use pgrx::Uuid;
use std::collections::BTreeSet;

/// A value that a query is given as a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bound {
    /// Text, to be cast.
    Text(String),
    /// Several texts, to be cast.
    Texts(Vec<String>),
    /// An id.
    Id(Uuid),
    /// Ids.
    Ids(Vec<Uuid>),
}

/// A query over accounts as it is being written.
#[derive(Debug, Default)]
pub struct Query {
    /// The values of $1, $2 and so on.
    pub bound: Vec<Bound>,
    joins: BTreeSet<Join>,
}

impl Query {
    /// Binds a value and returns its placeholder.
    pub fn bind(&mut self, value: Bound) -> String {
        self.bound.push(value);
        format!("${}", self.bound.len())
    }

    /// Adds a join and those that it needs.
    pub fn join(&mut self, join: Join) {
        for needed in join.needs() {
            self.join(*needed);
        }
        self.joins.insert(join);
    }

    /// The from clause for all expressions asked for so far.
    pub fn from(&self) -> String {
        self.joins
            .iter()
            .fold("from cs.accounts as account".to_owned(), |text, join| {
                format!("{text}\n{}", join.sql())
            })
    }

    /// The SQL expression of a field, in parentheses.
    pub fn value(&mut self, field: &Field) -> String {
        match field {
            Field::BuiltIn(definition) => {
                let (expression, joins) = expression_of(definition.field);
                for join in joins {
                    self.join(*join);
                }
                format!("({expression})")
            }
            Field::Attribute(path) => {
                let keys = path.iter().map(|key| Bound::Text(key.clone()));
                let steps = keys.fold("account.crm_attributes".to_owned(), |text, key| {
                    let key = self.bind(key);
                    format!("{text} -> {key}::text")
                });
                format!("({steps})")
            }
        }
    }

    /// The SQL condition that criteria are; never NULL.
    pub fn condition(&mut self, criteria: &Criteria) -> String {
        match criteria {
            Criteria::All(members) => self.group(members, " and ", "true"),
            Criteria::Any(members) => self.group(members, " or ", "false"),
            Criteria::Not(inner) => format!("not {}", self.condition(inner)),
            Criteria::Leaf(leaf) => self.leaf(leaf),
        }
    }

    fn group(&mut self, members: &[Criteria], word: &str, empty: &str) -> String {
        let members: Vec<_> = members.iter().map(|it| self.condition(it)).collect();
        match members.is_empty() {
            true => empty.to_owned(),
            false => format!("({})", members.join(word)),
        }
    }

    fn leaf(&mut self, leaf: &Leaf) -> String {
        let subject = ComparedField {
            kind: leaf.field.kind(),
            value: self.value(&leaf.field),
        };
        match &leaf.test {
            Test::IsSet => subject.is_set(),
            Test::IsNotSet => format!("not {}", subject.is_set()),
            test => format!("coalesce({}, false)", self.test(&subject, test)),
        }
    }

    fn test(&mut self, subject: &ComparedField, test: &Test) -> String {
        match test {
            Test::Is(comparison, asked) => match (subject.kind.is_id(), comparison) {
                (true, Comparison::Eq) => self.list(subject, "= any", std::slice::from_ref(asked)),
                (true, Comparison::Ne) => self.list(subject, "<> all", std::slice::from_ref(asked)),
                _ => self.one(subject, symbol(*comparison), asked),
            },
            Test::In(asked) => self.list(subject, "= any", asked),
            Test::NotIn(asked) => self.list(subject, "<> all", asked),
            Test::Between(low, high) => {
                let low = self.one(subject, ">=", low);
                let high = self.one(subject, "<=", high);
                format!("({low} and {high})")
            }
            Test::Contains(part) => {
                let part = self.bind(Bound::Text(part.clone()));
                subject.contains(&part)
            }
            Test::StartsWith(part) => {
                let part = self.bind(Bound::Text(part.clone()));
                subject.folded(&|text| format!("starts_with({text}, {part}::text)"))
            }
            Test::IsSet => "true".to_owned(),
            Test::IsNotSet => "false".to_owned(),
        }
    }

    fn one(&mut self, subject: &ComparedField, symbol: &str, asked: &FieldValue) -> String {
        let Some(side) = subject.comparable_with(asked) else {
            return "false".to_owned();
        };
        let value = self.bind(Bound::Text(asked.to_text()));
        side.guarded(&format!("{} {symbol} {value}::{}", side.text, side.cast))
    }

    /// The values of a list are of one type.
    fn list(&mut self, subject: &ComparedField, symbol: &str, asked: &[FieldValue]) -> String {
        if subject.kind.is_id() {
            let ids = asked.iter().filter_map(|it| id(&it.to_text())).collect();
            let ids = self.bind(Bound::Ids(ids));
            // The array is empty where none of the values is an id, and NULL would pass a test over an empty array.
            return format!(
                "({value} is not null and {value} {symbol} ({ids}))",
                value = subject.value
            );
        }
        let Some(side) = asked
            .first()
            .and_then(|first| subject.comparable_with(first))
        else {
            return "false".to_owned();
        };
        let values = self.bind(Bound::Texts(
            asked.iter().map(FieldValue::to_text).collect(),
        ));
        side.guarded(&format!(
            "{} {symbol} ({values}::{}[])",
            side.text, side.cast
        ))
    }
}

/// The field that a condition is about, as SQL.
struct ComparedField {
    kind: FieldKind,
    value: String,
}

/// A field made comparable with a value of one type.
struct Comparable {
    /// What has to hold before it can be compared.
    guard: Option<String>,
    text: String,
    cast: &'static str,
}

impl Comparable {
    fn guarded(&self, test: &str) -> String {
        match &self.guard {
            None => test.to_owned(),
            Some(guard) => format!("case when {guard} then {test} end"),
        }
    }
}

impl ComparedField {
    fn is_set(&self) -> String {
        let value = &self.value;
        match self.kind {
            FieldKind::Any => format!("coalesce(jsonb_typeof({value}) <> 'null', false)"),
            _ => format!("({value} is not null)"),
        }
    }

    fn comparable_with(&self, asked: &FieldValue) -> Option<Comparable> {
        let value = &self.value;
        let typed = |kind: &str| Some(format!("jsonb_typeof({value}) = '{kind}'"));
        let inner = format!("({value} #>> '{{}}') collate \"C\"");
        let side = |guard, text, cast| Some(Comparable { guard, text, cast });
        match (self.kind, asked) {
            (FieldKind::Any, FieldValue::Number(_)) => {
                side(typed("number"), format!("{value}::numeric"), "numeric")
            }
            (FieldKind::Any, FieldValue::Text(_)) => side(typed("string"), inner, "text"),
            (FieldKind::Any, FieldValue::Date(_)) => {
                let is_day = format!(
                    "jsonb_typeof({value}) = 'string' and {inner} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$'"
                );
                side(Some(is_day), inner, "text")
            }
            (FieldKind::Any, FieldValue::Bool(_)) => {
                side(typed("boolean"), format!("{value}::boolean"), "boolean")
            }
            (FieldKind::Number, FieldValue::Number(_)) => side(None, value.clone(), "numeric"),
            (FieldKind::Text | FieldKind::Choice(_), FieldValue::Text(_)) => {
                side(None, format!("{value} collate \"C\""), "text")
            }
            (FieldKind::Date, FieldValue::Date(_)) => side(None, value.clone(), "date"),
            _ => None,
        }
    }

    /// Whether its text contains a part, or whether the part is one of the texts of its list.
    fn contains(&self, part: &str) -> String {
        let in_text = self.folded(&|text| format!("strpos({text}, {part}::text) > 0"));
        if self.kind != FieldKind::Any {
            return in_text;
        }
        format!(
            "case jsonb_typeof({value}) when 'array' then exists (
                select
                from jsonb_array_elements({value}) as element (value)
                where jsonb_typeof(element.value) = 'string'
                    and cs.criteria_fold((element.value #>> '{{}}') collate \"C\") = {part}::text
            ) else {in_text} end",
            value = self.value
        )
    }

    /// A test of its folded text.
    fn folded(&self, test: &dyn Fn(&str) -> String) -> String {
        match self.comparable_with(&FieldValue::Text(String::new())) {
            Some(side) => side.guarded(&test(&format!("cs.criteria_fold({})", side.text))),
            None => "false".to_owned(),
        }
    }
}

const fn symbol(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => "=",
        Comparison::Ne => "<>",
        Comparison::Lt => "<",
        Comparison::Lte => "<=",
        Comparison::Gt => ">",
        Comparison::Gte => ">=",
    }
}

/// The id that a text is, where it is written as PostgreSQL writes ids; no other text equals one.
pub fn id(text: &str) -> Option<Uuid> {
    uuid::Uuid::try_parse(text)
        .ok()
        .filter(|id| id.to_string() == text)
        .map(|id| Uuid::from_bytes(*id.as_bytes()))
}
