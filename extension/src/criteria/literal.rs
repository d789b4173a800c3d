//! Owns the single values that criteria are written with: which JSON each type of field takes. Errors are sentences for the
//! reader. Pure.

use super::decimal::Decimal;
use super::field_kind::FieldKind;
use super::flaw::quoted;
use super::value::FieldValue;
use crate::pg::day;
use serde_json::Value as Json;

const ONLY_EQUALITY: &str = "true and false can only be compared by eq and ne";

/// A value to test for equality with.
pub fn read_literal(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
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
pub fn read_ordered(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
    match (kind, read_literal(kind, given)?) {
        (FieldKind::Any, FieldValue::Text(text)) if day::is_shaped(&text) => read_day(&text, given),
        (_, FieldValue::Bool(_)) => Err(ONLY_EQUALITY.to_owned()),
        (_, value) => Ok(value),
    }
}

/// A value of a list.
pub fn read_element(kind: FieldKind, given: &Json) -> Result<FieldValue, String> {
    match read_literal(kind, given)? {
        FieldValue::Bool(_) => Err(ONLY_EQUALITY.to_owned()),
        value => Ok(value),
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
        FieldKind::Member => "the e-mail address, name or id of a member".to_owned(),
        FieldKind::Account => "the id of an account".to_owned(),
        FieldKind::Any => "a number, a string, true or false".to_owned(),
    }
}
