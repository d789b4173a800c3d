//! Owns whether criteria hold for one account. Pure.
//!
//! Logic is two-valued: a condition over a missing value, or one of another type than it asks for, is false, even with `ne`
//! and `not_in`; so `not` of it is true. `is_set` and `is_not_set` only ask whether there is a value.

use super::field::Field;
use super::op::Comparison;
use super::tree::{Criteria, Leaf, Test};
use super::value::{FieldValue, fold};
use std::cmp::Ordering;

/// The values of an account, as far as they are known.
pub trait Facts {
    /// The value of a field; `None` is missing. Stages and members by id, in lower case.
    fn value(&self, field: &Field) -> Option<FieldValue>;
}

/// Whether criteria hold.
pub fn evaluate(criteria: &Criteria, facts: &impl Facts) -> bool {
    match criteria {
        Criteria::All(members) => members.iter().all(|it| evaluate(it, facts)),
        Criteria::Any(members) => members.iter().any(|it| evaluate(it, facts)),
        Criteria::Not(inner) => !evaluate(inner, facts),
        Criteria::Leaf(leaf) => holds(leaf, facts),
    }
}

/// Whether a condition holds.
pub fn holds(leaf: &Leaf, facts: &impl Facts) -> bool {
    let found = facts.value(&leaf.field);
    match &leaf.test {
        Test::IsSet => found.is_some(),
        Test::IsNotSet => found.is_none(),
        test => found.is_some_and(|found| passes(&found, test)),
    }
}

fn passes(found: &FieldValue, test: &Test) -> bool {
    match test {
        Test::Is(comparison, asked) => compares(found, *comparison, asked),
        Test::In(asked) => asked.iter().any(|it| compares(found, Comparison::Eq, it)),
        Test::NotIn(asked) => asked.iter().all(|it| compares(found, Comparison::Ne, it)),
        Test::Between(low, high) => {
            compares(found, Comparison::Gte, low) && compares(found, Comparison::Lte, high)
        }
        Test::Contains(part) => match found {
            FieldValue::Text(text) => fold(text).contains(part),
            FieldValue::List(texts) => texts.iter().any(|text| fold(text) == *part),
            _ => false,
        },
        Test::StartsWith(part) => match found {
            FieldValue::Text(text) => fold(text).starts_with(part),
            _ => false,
        },
        Test::IsSet => true,
        Test::IsNotSet => false,
    }
}

fn compares(found: &FieldValue, comparison: Comparison, asked: &FieldValue) -> bool {
    found.order(asked).is_some_and(|order| match comparison {
        Comparison::Eq => order == Ordering::Equal,
        Comparison::Ne => order != Ordering::Equal,
        Comparison::Lt => order == Ordering::Less,
        Comparison::Lte => order != Ordering::Greater,
        Comparison::Gt => order == Ordering::Greater,
        Comparison::Gte => order != Ordering::Less,
    })
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::parser::parse;
    use crate::pg::day;
    use serde_json::{Value as Json, json};

    /// Every field has this value.
    struct Always(Option<FieldValue>);

    impl Facts for Always {
        fn value(&self, _field: &Field) -> Option<FieldValue> {
            self.0.clone()
        }
    }

    fn is(found: Option<FieldValue>, criteria: &Json) -> bool {
        evaluate(&parse("", criteria).unwrap(), &Always(found))
    }

    fn leaf(field: &str, op: &str, value: &Json) -> Json {
        json!({ "field": field, "op": op, "value": value })
    }

    /// For each of lt, lte, eq, ne, gte, gt whether it holds.
    fn relations(field: &str, found: &FieldValue, asked: &Json) -> String {
        ["lt", "lte", "eq", "ne", "gte", "gt"]
            .into_iter()
            .filter(|op| is(Some(found.clone()), &leaf(field, op, asked)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn text(it: &str) -> FieldValue {
        FieldValue::Text(it.into())
    }

    fn day(it: &str) -> FieldValue {
        FieldValue::Date(day::parse(it).unwrap())
    }

    #[test]
    fn relations_over_every_type() {
        let number = |it: i64| FieldValue::Number(it.into());
        for (field, found, asked, holding) in [
            ("arr", number(39), json!(40), "lt lte ne"),
            ("arr", number(40), json!(40.0), "lte eq gte"),
            ("arr", number(41), json!(40.5), "ne gte gt"),
            ("arr", number(-1), json!(0), "lt lte ne"),
            ("name", text("Acme"), json!("Bolt"), "lt lte ne"),
            ("name", text("Acme"), json!("Acme"), "lte eq gte"),
            ("name", text("acme"), json!("Acme"), "ne gte gt"),
            ("name", text("2027-01-02"), json!("2027-01-01"), "ne gte gt"),
            (
                "contract_end_date",
                day("2027-03-30"),
                json!("2027-03-31"),
                "lt lte ne",
            ),
            (
                "contract_end_date",
                day("2027-03-31"),
                json!("2027-03-31"),
                "lte eq gte",
            ),
            (
                "contract_end_date",
                day("2028-01-01"),
                json!("2027-03-31"),
                "ne gte gt",
            ),
            ("crm_attributes.x", number(5), json!(7), "lt lte ne"),
            ("crm_attributes.x", text("b"), json!("a"), "ne gte gt"),
            (
                "crm_attributes.x",
                text("2027-03-30"),
                json!("2027-03-31"),
                "lt lte ne",
            ),
            (
                "crm_attributes.x",
                text("2027-03-31"),
                json!("2027-03-31"),
                "lte eq gte",
            ),
            // What is not a day has no order with a day; as text the two are equal or not.
            ("crm_attributes.x", text("n/a"), json!("2027-03-31"), "ne"),
        ] {
            assert_eq!(
                relations(field, &found, &asked),
                holding,
                "{field} {found:?} {asked}"
            );
        }
    }

    #[test]
    fn a_value_of_another_type_is_as_good_as_missing() {
        for (found, asked) in [
            (FieldValue::Bool(true), json!(1)),
            (FieldValue::Bool(true), json!("true")),
            (text("5"), json!(5)),
            (FieldValue::Number(5.into()), json!("5")),
            (FieldValue::Structure, json!(5)),
            (FieldValue::Structure, json!("[]")),
            (FieldValue::List(vec!["a".into()]), json!("a")),
        ] {
            assert_eq!(
                relations("crm_attributes.x", &found, &asked),
                "",
                "{found:?} {asked}"
            );
            for op in ["in", "not_in"] {
                let criteria = leaf("crm_attributes.x", op, &json!([asked]));
                assert!(
                    !is(Some(found.clone()), &criteria),
                    "{found:?} {op} {asked}"
                );
            }
        }
        let number = Some(FieldValue::Number(5.into()));
        assert!(!is(
            number.clone(),
            &leaf("crm_attributes.x", "contains", &json!("5"))
        ));
        assert!(!is(
            number.clone(),
            &leaf("crm_attributes.x", "between", &json!(["1", "9"]))
        ));
        assert!(!is(number, &leaf("name", "eq", &json!("5"))));
    }

    #[test]
    fn true_and_false_are_equal_or_not() {
        for (found, asked, equal) in [
            (true, true, true),
            (true, false, false),
            (false, false, true),
        ] {
            let found = Some(FieldValue::Bool(found));
            assert_eq!(
                is(
                    found.clone(),
                    &leaf("crm_attributes.x", "eq", &json!(asked))
                ),
                equal
            );
            assert_eq!(
                is(found, &leaf("crm_attributes.x", "ne", &json!(asked))),
                !equal
            );
        }
    }

    #[test]
    fn lists_and_ranges_include_their_ends() {
        let number = |it: i64| Some(FieldValue::Number(it.into()));
        let critical = Some(text("Critical"));
        let risks = json!(["At Risk", "Critical"]);
        assert!(is(critical.clone(), &leaf("risk_level", "in", &risks)));
        assert!(!is(critical, &leaf("risk_level", "not_in", &risks)));
        assert!(is(
            Some(text("Healthy")),
            &leaf("risk_level", "not_in", &risks)
        ));
        for (found, within) in [(9, false), (10, true), (15, true), (20, true), (21, false)] {
            let criteria = leaf("days_in_stage", "between", &json!([10, 20]));
            assert_eq!(is(number(found), &criteria), within, "{found}");
        }
        for (found, within) in [
            ("2026-12-31", false),
            ("2027-01-01", true),
            ("2027-12-31", true),
            ("x", false),
        ] {
            let days = json!(["2027-01-01", "2027-12-31"]);
            let criteria = leaf("crm_attributes.x", "between", &days);
            assert_eq!(is(Some(text(found)), &criteria), within, "{found}");
        }
    }

    #[test]
    fn parts_of_text_are_found_without_case_and_equality_is_exact() {
        let name = Some(text("Ärger GmbH"));
        assert!(is(name.clone(), &leaf("name", "contains", &json!("GER g"))));
        assert!(is(name.clone(), &leaf("name", "starts_with", &json!("äR"))));
        assert!(!is(
            name.clone(),
            &leaf("name", "starts_with", &json!("GmbH"))
        ));
        assert!(!is(name.clone(), &leaf("name", "contains", &json!("%"))));
        assert!(!is(name.clone(), &leaf("name", "eq", &json!("ärger gmbh"))));
        assert!(is(name, &leaf("name", "ne", &json!("ärger gmbh"))));
    }

    #[test]
    fn a_list_contains_whole_texts_without_case() {
        let list = Some(FieldValue::List(vec!["Gold Plan".into(), "É".into()]));
        for (op, value, holds) in [
            ("contains", "gold plan", true),
            ("contains", "é", true),
            ("contains", "gold", false),
            ("starts_with", "gold plan", false),
            ("eq", "Gold Plan", false),
            ("ne", "Gold Plan", false),
        ] {
            let criteria = leaf("crm_attributes.x", op, &json!(value));
            assert_eq!(is(list.clone(), &criteria), holds, "{op} {value}");
        }
    }

    #[test]
    fn ids_compare_in_lower_case() {
        let id = "0198f0c2-0000-7000-8000-00000000abcd";
        let criteria = leaf("stage", "eq", &json!(id.to_uppercase()));
        assert!(is(Some(text(id)), &criteria));
    }

    #[test]
    fn over_a_missing_value_every_condition_is_false_and_its_opposite_true() {
        for (op, value) in [
            ("eq", json!("a")),
            ("ne", json!("a")),
            ("lt", json!("a")),
            ("lte", json!("a")),
            ("gt", json!("a")),
            ("gte", json!("a")),
            ("in", json!(["a"])),
            ("not_in", json!(["a"])),
            ("between", json!(["a", "b"])),
            ("contains", json!("a")),
            ("starts_with", json!("a")),
        ] {
            let criteria = leaf("name", op, &value);
            assert!(!is(None, &criteria), "{op}");
            assert!(is(None, &json!({ "not": criteria })), "{op}");
        }
        let set = json!({ "field": "name", "op": "is_set" });
        let unset = json!({ "field": "name", "op": "is_not_set" });
        for (found, there) in [
            (None, false),
            (Some(text("")), true),
            (Some(FieldValue::Structure), true),
            (Some(FieldValue::List(Vec::new())), true),
        ] {
            assert_eq!(is(found.clone(), &set), there);
            assert_eq!(is(found, &unset), !there);
        }
    }

    #[test]
    fn groups_are_those_of_logic() {
        let (yes, no) = (json!({ "all": [] }), json!({ "any": [] }));
        assert!(is(None, &yes));
        assert!(!is(None, &no));
        assert!(!is(None, &json!({ "all": [yes, no] })));
        assert!(is(None, &json!({ "any": [no, yes] })));
        assert!(is(None, &json!({ "all": [yes, { "not": no }] })));
    }
}
