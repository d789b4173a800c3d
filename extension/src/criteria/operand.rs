//! Owns the values that operators are given: how many, and of which type. Pure.

use super::decimal::Decimal;
use super::field_kind::FieldKind;
use super::flaw::{Flaws, element, quoted};
use super::op::{Comparison, Op};
use super::tree::Test;
use super::value::{FieldValue, fold};
use crate::pg::day;
use serde_json::Value as Json;
use std::cmp::Ordering;
use std::mem::discriminant;

/// Reads the value of a condition, which is at path `at`; flaws are added to `flaws`.
pub fn read(
    at: &str,
    kind: FieldKind,
    op: Op,
    given: Option<&Json>,
    flaws: &mut Flaws,
) -> Option<Test> {
    let given = match (op, given) {
        (Op::IsSet, None) => return Some(Test::IsSet),
        (Op::IsNotSet, None) => return Some(Test::IsNotSet),
        (Op::IsSet | Op::IsNotSet, Some(_)) => {
            flaws.add(at, format!("{} takes no value", op.name()));
            return None;
        }
        (_, None) => {
            flaws.add(at, format!("{} needs a value", op.name()));
            return None;
        }
        (_, Some(given)) => given,
    };
    match op {
        Op::Is(comparison) => {
            one(at, kind, comparison, given, flaws).map(|it| Test::Is(comparison, it))
        }
        Op::In => list(at, kind, op, given, flaws).map(Test::In),
        Op::NotIn => list(at, kind, op, given, flaws).map(Test::NotIn),
        Op::Between => range(at, kind, given, flaws),
        Op::Contains => part(at, op, given, flaws).map(Test::Contains),
        Op::StartsWith => part(at, op, given, flaws).map(Test::StartsWith),
        Op::IsSet | Op::IsNotSet => None,
    }
}

fn one(
    at: &str,
    kind: FieldKind,
    comparison: Comparison,
    given: &Json,
    flaws: &mut Flaws,
) -> Option<FieldValue> {
    let read = match comparison.is_equality() {
        true => literal(kind, given),
        false => ordered(kind, given),
    };
    noted(at, read, flaws)
}

fn noted<T>(at: &str, read: Result<T, String>, flaws: &mut Flaws) -> Option<T> {
    read.map_err(|message| flaws.add(at, message)).ok()
}

fn list(
    at: &str,
    kind: FieldKind,
    op: Op,
    given: &Json,
    flaws: &mut Flaws,
) -> Option<Vec<FieldValue>> {
    let members = match given {
        Json::Array(members) if !members.is_empty() => members,
        _ => {
            let message = format!("{} needs an array of at least one value", op.name());
            flaws.add(at, message);
            return None;
        }
    };
    let read: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(index, member)| noted(&element(at, index), member_of(kind, member), flaws))
        .collect();
    let values: Vec<FieldValue> = read.into_iter().collect::<Option<_>>()?;
    let first = values.first().map(discriminant);
    if let Some(stranger) = values.iter().position(|it| Some(discriminant(it)) != first) {
        let message = "the values of a list must be of one type";
        flaws.add(&element(at, stranger), message);
        return None;
    }
    Some(values)
}

fn member_of(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
    match literal(kind, given)? {
        FieldValue::Bool(_) => Err("true and false can only be compared by eq and ne".to_owned()),
        value => Ok(value),
    }
}

fn range(at: &str, kind: FieldKind, given: &Json, flaws: &mut Flaws) -> Option<Test> {
    let Some([low, high]) = given.as_array().map(Vec::as_slice) else {
        flaws.add(at, "between needs an array of two values, low and high");
        return None;
    };
    let low = noted(&element(at, 0), ordered(kind, low), flaws);
    let high = noted(&element(at, 1), ordered(kind, high), flaws);
    let (low, high) = (low?, high?);
    let message = match (discriminant(&low) == discriminant(&high), low.order(&high)) {
        (false, _) => "low and high must be of one type",
        (true, Some(Ordering::Less | Ordering::Equal)) => return Some(Test::Between(low, high)),
        (true, _) => "low must come first and must not be above high",
    };
    flaws.add(at, message);
    None
}

/// The part to look for in a text, folded.
fn part(at: &str, op: Op, given: &Json, flaws: &mut Flaws) -> Option<String> {
    match given.as_str().map(fold) {
        Some(text) if !text.is_empty() => Some(text),
        _ => {
            let message = format!("{} needs a string that is not empty", op.name());
            flaws.add(at, message);
            None
        }
    }
}

/// A value to test for equality with.
fn literal(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
    match (kind, given) {
        (_, Json::Null) => Err("null is not a value; use is_set or is_not_set".to_owned()),
        (FieldKind::Number | FieldKind::Any, Json::Number(number)) => {
            Decimal::parse(&number.to_string())
                .map(FieldValue::Number)
                .ok_or_else(|| wanted("a number", given))
        }
        (FieldKind::Text | FieldKind::Any, Json::String(text)) => {
            Ok(FieldValue::Text(text.clone()))
        }
        (FieldKind::Any, Json::Bool(it)) => Ok(FieldValue::Bool(*it)),
        (FieldKind::Date, Json::String(text)) => read_day(text, given),
        (FieldKind::Choice(labels), Json::String(text)) if labels.contains(&text.as_str()) => {
            Ok(FieldValue::Text(text.clone()))
        }
        // Ids compare in lower case; names are still to be resolved.
        (FieldKind::Stage | FieldKind::Member, Json::String(text)) if !text.trim().is_empty() => {
            Ok(FieldValue::Text(text.to_ascii_lowercase()))
        }
        (FieldKind::Account, Json::String(text)) => uuid::Uuid::try_parse(text)
            .map(|id| FieldValue::Text(id.to_string()))
            .map_err(|_| wanted(&expected(kind), given)),
        _ => Err(wanted(&expected(kind), given)),
    }
}

/// A value to test for order with: text that has the form of a day is a day, also in a CRM attribute.
fn ordered(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
    match (kind, literal(kind, given)?) {
        (FieldKind::Any, FieldValue::Text(text)) if day::is_shaped(&text) => read_day(&text, given),
        (_, FieldValue::Bool(_)) => {
            Err("true and false can only be compared by eq and ne".to_owned())
        }
        (_, value) => Ok(value),
    }
}

fn read_day(text: &str, given: &Json) -> Result<FieldValue, String> {
    day::parse(text)
        .map(FieldValue::Date)
        .ok_or_else(|| wanted(&expected(FieldKind::Date), given))
}

fn wanted(what: &str, given: &Json) -> String {
    format!("the value must be {what}, not {}", quoted(given))
}

fn expected(kind: FieldKind) -> String {
    match kind {
        FieldKind::Number => "a number".to_owned(),
        FieldKind::Text => "a string".to_owned(),
        FieldKind::Date => "a calendar date written as YYYY-MM-DD".to_owned(),
        FieldKind::Choice(labels) => format!("one of {}", labels.join(", ")),
        FieldKind::Stage => "the name or id of a stage".to_owned(),
        FieldKind::Member => "the e-mail, name or id of a member".to_owned(),
        FieldKind::Account => "the id of an account".to_owned(),
        FieldKind::Any => "a number, a string, true or false".to_owned(),
    }
}

#[cfg(test)]
mod plain_tests {
    use crate::criteria::parser::parse;
    use serde_json::{Value as Json, json};

    fn flaws(field: &str, op: &str, value: &Json) -> Vec<String> {
        let criteria = json!({ "field": field, "op": op, "value": value });
        let flaws = parse("", &criteria).err().unwrap_or_default();
        flaws.into_iter().map(|flaw| flaw.path).collect()
    }

    #[test]
    fn each_type_takes_its_own_values() {
        let day = json!("2027-03-31");
        for (field, good, bad) in [
            (
                "arr",
                vec![json!(0), json!(-1.5), json!(1e300)],
                vec![json!("1"), json!(true), day.clone()],
            ),
            (
                "name",
                vec![json!(""), json!("Acme"), day.clone()],
                vec![json!(1), json!(false)],
            ),
            (
                "contract_end_date",
                vec![day.clone()],
                vec![json!("2027-02-30"), json!("soon"), json!(2027)],
            ),
            (
                "risk_level",
                vec![json!("At Risk")],
                vec![json!("at risk"), json!(""), json!(1)],
            ),
            ("stage", vec![json!("Renewal")], vec![json!(" "), json!(1)]),
            (
                "csm",
                vec![json!("ada@one.test")],
                vec![json!(""), json!(true)],
            ),
            (
                "parent",
                vec![
                    json!("0198f0c2-0000-7000-8000-00000000abcd"),
                    json!("0198F0C2-0000-7000-8000-00000000ABCD"),
                ],
                vec![json!("Acme"), json!(""), json!(1)],
            ),
            (
                "crm_attributes.x",
                vec![json!(1), json!("a"), json!(true), day],
                vec![json!({}), json!([])],
            ),
        ] {
            for op in ["eq", "ne"] {
                for value in &good {
                    assert!(flaws(field, op, value).is_empty(), "{field} {op} {value}");
                    let list = if value.is_boolean() { "value[0]" } else { "" };
                    let told = flaws(field, "in", &json!([value])).concat();
                    assert_eq!(told, list, "{field} in {value}");
                }
                for value in bad.iter().chain([&Json::Null]) {
                    assert_eq!(flaws(field, op, value), ["value"], "{field} {op} {value}");
                    assert_eq!(flaws(field, "not_in", &json!([value])), ["value[0]"]);
                }
            }
        }
    }

    #[test]
    fn order_needs_values_that_have_one() {
        for op in ["lt", "lte", "gt", "gte"] {
            assert!(flaws("name", op, &json!("M")).is_empty());
            assert!(flaws("crm_attributes.x", op, &json!("2027-03-31")).is_empty());
            assert_eq!(
                flaws("crm_attributes.x", op, &json!("2027-02-31")),
                ["value"]
            );
            assert_eq!(flaws("crm_attributes.x", op, &json!(true)), ["value"]);
        }
        assert!(flaws("crm_attributes.x", "eq", &json!("2027-02-31")).is_empty());
    }

    #[test]
    fn a_list_is_of_one_type_and_not_empty() {
        for op in ["in", "not_in"] {
            for bad in [json!([]), json!(1), json!({}), json!(null)] {
                assert_eq!(flaws("arr", op, &bad), ["value"], "{bad}");
            }
            assert_eq!(
                flaws("arr", op, &json!([1, "2", null])),
                ["value[1]", "value[2]"]
            );
            assert_eq!(
                flaws("crm_attributes.x", op, &json!([1, 2, "3"])),
                ["value[2]"]
            );
            assert!(flaws("crm_attributes.x", op, &json!(["a", "2027-03-31"])).is_empty());
        }
    }

    #[test]
    fn between_has_a_low_and_a_high() {
        for (field, low, high) in [
            ("arr", json!(1), json!(2)),
            ("arr", json!(1), json!(1.0)),
            ("name", json!("A"), json!("a")),
            (
                "contract_end_date",
                json!("2027-01-01"),
                json!("2027-12-31"),
            ),
            ("crm_attributes.x", json!("2027-01-01"), json!("2027-12-31")),
        ] {
            let pair = json!([low, high]);
            assert!(flaws(field, "between", &pair).is_empty(), "{pair}");
            if low != high && field != "arr" {
                assert_eq!(flaws(field, "between", &json!([high, low])), ["value"]);
            }
        }
        for bad in [
            json!([2, 1]),
            json!([1]),
            json!([1, 2, 3]),
            json!(1),
            json!(null),
        ] {
            assert_eq!(flaws("arr", "between", &bad), ["value"], "{bad}");
        }
        assert_eq!(flaws("arr", "between", &json!(["1", 2])), ["value[0]"]);
        let mixed = json!(["2027-01-01", "z"]);
        assert_eq!(flaws("crm_attributes.x", "between", &mixed), ["value"]);
    }

    #[test]
    fn a_part_of_a_text_is_a_text() {
        for op in ["contains", "starts_with"] {
            assert!(flaws("name", op, &json!("a")).is_empty());
            assert!(flaws("crm_attributes.x", op, &json!("a")).is_empty());
            for bad in [json!(""), json!(1), json!(null), json!(["a"])] {
                assert_eq!(flaws("name", op, &bad), ["value"], "{bad}");
            }
        }
    }

    #[test]
    fn is_set_takes_no_value_and_all_others_need_one() {
        for op in ["is_set", "is_not_set"] {
            assert_eq!(flaws("arr", op, &Json::Null), ["value"]);
            assert!(parse("", &json!({ "field": "arr", "op": op })).is_ok());
        }
        for op in ["eq", "lt", "in", "between"] {
            let bare = json!({ "field": "arr", "op": op });
            assert_eq!(parse("", &bare).unwrap_err()[0].path, "value");
        }
    }
}
