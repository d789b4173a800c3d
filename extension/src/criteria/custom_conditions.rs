//! Owns what criteria may ask of fields that a tenant defines itself: the operators and values that fit the type. What
//! they mean does not hang on the definition, so criteria that are stored work on once it is archived.

use super::field::Field;
use super::flaw::{Flaws, below, element, quoted};
use super::kind::Kind;
use super::names::leaves;
use super::op::{Op, Relation};
use super::operand;
use super::tree::Criteria;
use crate::custom_fields::Kind as Type;
use crate::pg::fault::Fault;
use crate::pg::sql::Kept;
use crate::pg::sql::types::UUID;
use pgrx::prelude::*;
use pgrx::{PgBuiltInOids, PgOid, Uuid};
use serde_json::Value as Json;
use std::collections::HashMap;

/// A field as its tenant defines it.
struct Custom {
    label: String,
    kind: Type,
    options: Vec<String>,
}

/// The active fields among those that criteria ask for, by key.
#[derive(Default)]
pub struct Customs(HashMap<String, Custom>);

thread_local! {
    static DEFINED: Kept = const {
        Kept::new(
            include_str!("sql/custom.sql"),
            &[UUID, PgOid::BuiltIn(PgBuiltInOids::TEXTARRAYOID)],
        )
    };
}

/// The key by which a custom field would be defined: only outermost keys can be.
pub fn key(field: &Field) -> Option<&String> {
    match field {
        Field::Attribute(path) => path.first().filter(|_| path.len() == 1),
        Field::Known(_) => None,
    }
}

impl Customs {
    /// Those of a tenant, as far as whoever asks sees them; without a tenant none.
    pub fn of(tenant: Option<Uuid>, criteria: &Criteria) -> Result<Self, Fault> {
        let fields = criteria.fields();
        let keys: Vec<_> = fields.into_iter().filter_map(key).cloned().collect();
        let Some(tenant) = tenant.filter(|_| !keys.is_empty()) else {
            return Ok(Self::default());
        };
        let found = DEFINED.with(|query| {
            query.read(&[tenant.into(), keys.into()], |row| {
                let kind = Type::from_label(&row.need::<String>("type")?);
                let custom = Custom {
                    label: row.need("label")?,
                    kind: kind.ok_or_else(|| Fault::internal("a field has no known type"))?,
                    options: row.need("options")?,
                };
                Ok((row.need::<String>("key")?, custom))
            })
        })?;
        Ok(Self(found.into_iter().collect()))
    }

    fn get(&self, field: &Field) -> Option<&Custom> {
        self.0.get(key(field)?)
    }

    /// The type by which names are turned into ids.
    pub fn kind(&self, field: &Field) -> Kind {
        match self.get(field) {
            Some(custom) if custom.kind == Type::Member => Kind::Member,
            _ => field.kind(),
        }
    }

    /// Notes every condition of criteria that were understood that does not fit the field it is about.
    pub fn check(&self, at: &str, criteria: &mut Json, flaws: &mut Flaws) {
        leaves(at, criteria, &mut |at, field, leaf| {
            if let Some(custom) = self.get(field) {
                custom.check(at, leaf, flaws);
            }
        });
    }
}

impl Custom {
    fn check(&self, at: &str, leaf: &Json, flaws: &mut Flaws) {
        let Some(op) = leaf.get("op").and_then(Json::as_str).and_then(Op::find) else {
            return;
        };
        let operators = operators(self.kind);
        if !operators.contains(&op) {
            let known: Vec<_> = operators.iter().map(|it| it.name()).collect();
            let message = format!(
                "{} does not go with {}; there are {}",
                op.name(),
                self.label,
                known.join(", ")
            );
            flaws.add(&below(at, "op"), message);
            return;
        }
        let given = leaf.get("value");
        let at = below(at, "value");
        let mut found = Flaws::default();
        match compared_as(self.kind) {
            Some(kind) => drop(operand::read(&at, kind, op, given, &mut found)),
            None => self.check_labels(&at, given, &mut found),
        }
        for flaw in found.0 {
            flaws.add(&flaw.path, format!("{}: {}", self.label, flaw.message));
        }
    }

    /// Of a yes or no and of the choices, each value must be one that there is.
    fn check_labels(&self, at: &str, given: Option<&Json>, flaws: &mut Flaws) {
        let mut one = |at: &str, value: &Json| {
            let (fits, wanted) = match self.kind {
                Type::Boolean => (value.is_boolean(), "true or false".to_owned()),
                _ => (
                    self.options.iter().any(|it| value == it.as_str()),
                    format!("one of {}", self.options.join(", ")),
                ),
            };
            if !fits {
                let message = format!("the value is {wanted}, not {}", quoted(value));
                flaws.add(at, message);
            }
        };
        match given {
            Some(Json::Array(all)) => {
                for (index, value) in all.iter().enumerate() {
                    one(&element(at, index), value);
                }
            }
            Some(value) => one(at, value),
            None => (),
        }
    }
}

/// The built-in type whose values it takes, where there is one.
const fn compared_as(kind: Type) -> Option<Kind> {
    match kind {
        Type::Text | Type::Url => Some(Kind::Text),
        Type::Number | Type::Currency | Type::Percent => Some(Kind::Number),
        Type::Date => Some(Kind::Date),
        Type::Member => Some(Kind::Member),
        Type::Boolean | Type::Choice | Type::MultiChoice => None,
    }
}

const YES_OR_NO: &[Op] = &[
    Op::Is(Relation::Eq),
    Op::Is(Relation::Ne),
    Op::IsSet,
    Op::IsNotSet,
];

const SOME_OF: &[Op] = &[Op::Contains, Op::IsSet, Op::IsNotSet];

/// The operators that go with a type, the likeliest first.
fn operators(kind: Type) -> &'static [Op] {
    match (kind, compared_as(kind)) {
        (_, Some(kind)) => kind.operators(),
        (Type::Boolean, _) => YES_OR_NO,
        (Type::MultiChoice, _) => SOME_OF,
        _ => Kind::Choice(&[]).operators(),
    }
}

#[pg_extern(immutable, strict, parallel_safe)]
fn custom_field_operators(kind: &str) -> Vec<&'static str> {
    let known = Type::from_label(kind).map_or(&[][..], operators);
    known.iter().map(|op| op.name()).collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::parse::parse;
    use serde_json::json;

    fn told(kind: &str, op: &str, value: &Json) -> Vec<String> {
        let custom = Custom {
            label: "It".into(),
            kind: Type::from_label(kind).unwrap(),
            options: vec!["A".into(), "B".into()],
        };
        let customs = Customs([("it".to_owned(), custom)].into());
        let mut leaf = json!({ "field": "crm_attributes.it", "op": op });
        if !value.is_null() {
            leaf["value"] = value.clone();
        }
        let mut criteria = json!({ "all": [{ "field": "arr", "op": "is_set" }, { "not": leaf }] });
        assert!(parse("", &criteria).is_ok(), "{criteria}");
        let mut flaws = Flaws::default();
        customs.check("", &mut criteria, &mut flaws);
        let all = flaws.0.into_iter();
        all.map(|it| format!("{}: {}", it.path, it.message))
            .collect()
    }

    #[test]
    fn what_fits_the_type_is_accepted() {
        for (kind, op, value) in [
            ("text", "contains", json!("a")),
            ("url", "starts_with", json!("https://")),
            ("number", "between", json!([1, 2.5])),
            ("currency", "in", json!([1, 2])),
            ("percent", "lt", json!(150)),
            ("date", "gte", json!("2027-03-31")),
            ("boolean", "ne", json!(false)),
            ("choice", "not_in", json!(["A", "B"])),
            ("multi_choice", "contains", json!("B")),
            ("multi_choice", "is_set", Json::Null),
            ("member", "eq", json!("ada@one.test")),
        ] {
            assert_eq!(told(kind, op, &value), Vec::<String>::new(), "{kind} {op}");
        }
    }

    #[test]
    fn what_does_not_is_told_with_the_field_and_what_fits() {
        for (kind, op, value, expected) in [
            (
                "text",
                "eq",
                json!(1),
                "value: It: the value is a text, not 1",
            ),
            (
                "number",
                "eq",
                json!("1"),
                "value: It: the value is a number, not \"1\"",
            ),
            (
                "percent",
                "in",
                json!(["1"]),
                "value[0]: It: the value is a number, not \"1\"",
            ),
            (
                "date",
                "eq",
                json!("2027-02-29"),
                "value: It: the value is a day of the calendar written as YYYY-MM-DD, not \"2027-02-29\"",
            ),
            (
                "boolean",
                "eq",
                json!("true"),
                "value: It: the value is true or false, not \"true\"",
            ),
            (
                "choice",
                "eq",
                json!("a"),
                "value: It: the value is one of A, B, not \"a\"",
            ),
            (
                "choice",
                "in",
                json!(["A", "C"]),
                "value[1]: It: the value is one of A, B, not \"C\"",
            ),
            (
                "multi_choice",
                "contains",
                json!("C"),
                "value: It: the value is one of A, B, not \"C\"",
            ),
            (
                "multi_choice",
                "eq",
                json!("A"),
                "op: eq does not go with It; there are contains, is_set, is_not_set",
            ),
            (
                "boolean",
                "gt",
                json!(1),
                "op: gt does not go with It; there are eq, ne, is_set, is_not_set",
            ),
            (
                "member",
                "contains",
                json!("a"),
                "op: contains does not go with It; there are eq, ne, in, not_in, is_set, is_not_set",
            ),
        ] {
            assert_eq!(told(kind, op, &value), [format!("all[1].not.{expected}")]);
        }
    }

    #[test]
    fn only_outermost_keys_are_fields() {
        let defined = |name: &str| Field::find(name).as_ref().and_then(key).cloned();
        assert_eq!(defined("crm_attributes.tier").as_deref(), Some("tier"));
        for other in ["crm_attributes.plan.tier", "arr"] {
            assert_eq!(defined(other), None, "{other}");
        }
    }
}
