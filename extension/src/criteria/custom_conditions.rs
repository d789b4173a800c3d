//! Owns what criteria may ask of custom fields: the operators and values that fit the type. What criteria mean does not depend
//! on the definition of a field, so stored criteria work on once it is archived.

use super::field::Field;
use super::field_kind::FieldKind;
use super::flaw::{Flaw, Flaws, below, element, quoted};
use super::op::{Comparison, Op};
use super::operand;
use super::tree::{Criteria, Leaf};
use crate::custom_fields::CustomFieldType;
use crate::pg::fault::Fault;
use crate::pg::sql::Kept;
use crate::pg::sql::types::{TEXTS, UUID};
use pgrx::Uuid;
use pgrx::prelude::*;
use serde_json::Value as Json;
use std::collections::HashMap;

/// A field as its tenant defines it.
struct DefinedField {
    label: String,
    kind: CustomFieldType,
    options: Vec<String>,
}

/// The active custom fields that criteria are about, by key.
#[derive(Default)]
pub struct DefinedFields(HashMap<String, DefinedField>);

thread_local! {
    static DEFINED: Kept = const {
        Kept::new(
            include_str!("sql/defined_fields.sql"),
            &[UUID, TEXTS],
        )
    };
}

/// The key by which a custom field would be defined: only outermost keys can be.
pub fn key(field: &Field) -> Option<&String> {
    match field {
        Field::Attribute(path) => path.first().filter(|_| path.len() == 1),
        Field::BuiltIn(_) => None,
    }
}

impl DefinedFields {
    /// Those of a tenant, as far as the caller sees them; none without a tenant.
    pub fn of(tenant: Option<Uuid>, criteria: &Criteria) -> Result<Self, Fault> {
        let fields = criteria.fields();
        let keys: Vec<_> = fields.into_iter().filter_map(key).cloned().collect();
        let Some(tenant) = tenant.filter(|_| !keys.is_empty()) else {
            return Ok(Self::default());
        };
        let found = DEFINED.with(|query| {
            query.read(&[tenant.into(), keys.into()], |row| {
                let kind = CustomFieldType::from_label(&row.need::<String>("type")?);
                let field = DefinedField {
                    label: row.need("label")?,
                    kind: kind
                        .ok_or_else(|| Fault::internal("a custom field has no known type"))?,
                    options: row.need("options")?,
                };
                Ok((row.need::<String>("key")?, field))
            })
        })?;
        Ok(Self(found.into_iter().collect()))
    }

    fn get(&self, field: &Field) -> Option<&DefinedField> {
        self.0.get(key(field)?)
    }

    /// The type of a field, as far as names are resolved by it.
    pub fn kind(&self, field: &Field) -> FieldKind {
        match self.get(field) {
            Some(defined) if defined.kind == CustomFieldType::Member => FieldKind::Member,
            _ => field.kind(),
        }
    }

    /// The conditions that do not fit the field they are about; the criteria are at path `at`.
    pub fn check(&self, at: &str, criteria: &Criteria) -> Vec<Flaw> {
        let mut flaws = Flaws::default();
        for (at, leaf) in criteria.leaves(at) {
            if let Some(field) = self.get(&leaf.field) {
                field.check(&at, leaf, &mut flaws);
            }
        }
        flaws.0
    }
}

impl DefinedField {
    fn check(&self, at: &str, leaf: &Leaf, flaws: &mut Flaws) {
        let op = leaf.test.op();
        let operators = operators(self.kind);
        if !operators.contains(&op) {
            let known: Vec<_> = operators.iter().map(|it| it.name()).collect();
            let message = format!(
                "{} cannot be used with {}; use one of {}",
                op.name(),
                self.label,
                known.join(", ")
            );
            flaws.add(&below(at, "op"), message);
            return;
        }
        let given = leaf.written.as_ref();
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

    /// Each value of a boolean must be true or false, each value of a choice one of the options.
    fn check_labels(&self, at: &str, given: Option<&Json>, flaws: &mut Flaws) {
        let mut one = |at: &str, value: &Json| {
            let (fits, wanted) = match self.kind {
                CustomFieldType::Boolean => (value.is_boolean(), "true or false".to_owned()),
                _ => (
                    self.options.iter().any(|it| value == it.as_str()),
                    format!("one of {}", self.options.join(", ")),
                ),
            };
            if !fits {
                let message = format!("the value must be {wanted}, not {}", quoted(value));
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

/// The type of built-in fields whose values it takes, where there is one.
const fn compared_as(kind: CustomFieldType) -> Option<FieldKind> {
    match kind {
        CustomFieldType::Text | CustomFieldType::Url => Some(FieldKind::Text),
        CustomFieldType::Number | CustomFieldType::Currency | CustomFieldType::Percent => {
            Some(FieldKind::Number)
        }
        CustomFieldType::Date => Some(FieldKind::Date),
        CustomFieldType::Member => Some(FieldKind::Member),
        CustomFieldType::Boolean | CustomFieldType::Choice | CustomFieldType::MultiChoice => None,
    }
}

const BOOLEAN: &[Op] = &[
    Op::Is(Comparison::Eq),
    Op::Is(Comparison::Ne),
    Op::IsSet,
    Op::IsNotSet,
];

const MULTI_CHOICE: &[Op] = &[Op::Contains, Op::IsSet, Op::IsNotSet];

/// The operators that go with a type, the likeliest first.
fn operators(kind: CustomFieldType) -> &'static [Op] {
    match (kind, compared_as(kind)) {
        (_, Some(kind)) => kind.operators(),
        (CustomFieldType::Boolean, _) => BOOLEAN,
        (CustomFieldType::MultiChoice, _) => MULTI_CHOICE,
        _ => FieldKind::Choice(&[]).operators(),
    }
}

#[pg_extern(immutable, strict, parallel_safe)]
fn custom_field_operators(kind: &str) -> Vec<&'static str> {
    let known = CustomFieldType::from_label(kind).map_or(&[][..], operators);
    known.iter().map(|op| op.name()).collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::parser::parse;
    use serde_json::json;

    fn complaints(kind: &str, op: &str, value: &Json) -> Vec<String> {
        let field = DefinedField {
            label: "It".into(),
            kind: CustomFieldType::from_label(kind).unwrap(),
            options: vec!["A".into(), "B".into()],
        };
        let defined = DefinedFields([("it".to_owned(), field)].into());
        let mut leaf = json!({ "field": "crm_attributes.it", "op": op });
        if !value.is_null() {
            leaf["value"] = value.clone();
        }
        let criteria = json!({ "all": [{ "field": "arr", "op": "is_set" }, { "not": leaf }] });
        let flaws = defined
            .check("", &parse("", &criteria).unwrap())
            .into_iter();
        flaws
            .map(|it| format!("{}: {}", it.path, it.message))
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
            assert_eq!(
                complaints(kind, op, &value),
                Vec::<String>::new(),
                "{kind} {op}"
            );
        }
    }

    #[test]
    fn what_does_not_is_told_with_the_field_and_what_fits() {
        for (kind, op, value, expected) in [
            (
                "text",
                "eq",
                json!(1),
                "value: It: the value must be a string, not 1",
            ),
            (
                "number",
                "eq",
                json!("1"),
                "value: It: the value must be a number, not \"1\"",
            ),
            (
                "percent",
                "in",
                json!(["1"]),
                "value[0]: It: the value must be a number, not \"1\"",
            ),
            (
                "date",
                "eq",
                json!("2027-02-29"),
                "value: It: the value must be a calendar date written as YYYY-MM-DD, not \"2027-02-29\"",
            ),
            (
                "boolean",
                "eq",
                json!("true"),
                "value: It: the value must be true or false, not \"true\"",
            ),
            (
                "choice",
                "eq",
                json!("a"),
                "value: It: the value must be one of A, B, not \"a\"",
            ),
            (
                "choice",
                "in",
                json!(["A", "C"]),
                "value[1]: It: the value must be one of A, B, not \"C\"",
            ),
            (
                "multi_choice",
                "contains",
                json!("C"),
                "value: It: the value must be one of A, B, not \"C\"",
            ),
            (
                "multi_choice",
                "eq",
                json!("A"),
                "op: eq cannot be used with It; use one of contains, is_set, is_not_set",
            ),
            (
                "boolean",
                "gt",
                json!(1),
                "op: gt cannot be used with It; use one of eq, ne, is_set, is_not_set",
            ),
            (
                "member",
                "contains",
                json!("a"),
                "op: contains cannot be used with It; use one of eq, ne, in, not_in, is_set, is_not_set",
            ),
        ] {
            assert_eq!(
                complaints(kind, op, &value),
                [format!("all[1].not.{expected}")]
            );
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
