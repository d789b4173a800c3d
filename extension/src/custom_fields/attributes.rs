//! Owns what `crm_attributes` may hold where the database itself reads it, and how a fault in it is reported. Pure.
//!
//! Attributes are handled as the text they came in: their numbers keep every digit.

use crate::pg::day;
use crate::pg::fault::{Fault, shortened};
use crate::pg::json_text::Parts;
use crate::pg::raw_object::TOO_LARGE;
use serde_json::Value;
use serde_json::value::RawValue;

/// The outermost keys of attributes, each with its text; 22023 where a value cannot be read.
pub fn parts(attributes: &str) -> Result<Parts<'_>, Fault> {
    let parts: Parts<'_> = serde_json::from_str(attributes)
        .map_err(|_| Fault::invalid("crm_attributes", "crm_attributes must be a JSON object"))?;
    for (key, raw) in &parts {
        value(key, raw)?;
    }
    Ok(parts)
}

/// The value of a key of attributes; 22023 where it cannot be read.
pub fn value(key: &str, raw: &RawValue) -> Result<Value, Fault> {
    serde_json::from_str(raw.get()).map_err(|_| {
        let message = format!(
            "crm_attributes.{key} holds a number that is too large, or is nested too deeply: {}",
            shortened(raw.get())
        );
        Fault::invalid(&path(key), message)
            .hint("Numbers go up to about 1e308, and values nest at most 127 levels deep.")
    })
}

/// The path of a key of attributes, as faults name it.
pub fn path(key: &str) -> String {
    format!("crm_attributes.{key}")
}

/// Refuses an ARR, seats or a contract end date that cannot be read as such (22023).
pub fn check(attributes: &Parts<'_>) -> Result<(), Fault> {
    let read = |key| {
        let raw = attributes.get(key);
        raw.map(|raw| value(key, raw)).transpose()
    };
    check_number("arr", "45000 or 45000.50", read("arr")?.as_ref())?;
    check_number("seats", "25", read("seats")?.as_ref())?;
    check_contract_end(read("contract_end_date")?.as_ref())
}

/// A number may be told as text, as JSON writes it.
fn check_number(key: &str, such_as: &str, value: Option<&Value>) -> Result<(), Fault> {
    let number = match value {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => read_number(text),
        Some(_) => None,
    };
    let bound = match number {
        Some(it) if (0.0..TOO_LARGE).contains(&it) => return Ok(()),
        Some(it) if it >= TOO_LARGE => "below 1e15",
        _ => "of at least 0",
    };
    let path = path(key);
    let given = value.map(ToString::to_string).unwrap_or_default();
    let message = format!("{path} must be a number {bound}, not {}", shortened(&given));
    Err(Fault::invalid(&path, message).hint(format!(
        "Give it as a JSON number without currency or separators, such as {such_as}."
    )))
}

fn read_number(text: &str) -> Option<f64> {
    let raw = serde_json::from_str::<&RawValue>(text).ok()?.get();
    let is_number = raw.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    raw.parse()
        .ok()
        .filter(|_| is_number && raw.len() == text.len())
}

fn check_contract_end(date: Option<&Value>) -> Result<(), Fault> {
    match date {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(text)) if day::parse(text).is_some() => Ok(()),
        Some(other) => {
            let message = format!(
                "crm_attributes.contract_end_date must be a date, not {}",
                shortened(&other.to_string())
            );
            Err(Fault::invalid("crm_attributes.contract_end_date", message)
                .hint("Write it as YYYY-MM-DD, such as 2027-03-31."))
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn accepts(attributes: Value) -> bool {
        let text = attributes.to_string();
        check(&parts(&text).unwrap()).is_ok()
    }

    #[test]
    fn absent_and_null_are_unset() {
        assert!(accepts(serde_json::json!({})));
        assert!(accepts(
            serde_json::json!({ "arr": null, "contract_end_date": null })
        ));
    }

    #[test]
    fn arr_and_seats_are_numbers_from_zero_also_as_text() {
        for key in ["arr", "seats"] {
            for good in [
                serde_json::json!(0),
                serde_json::json!(45000.5),
                serde_json::json!("45000"),
                serde_json::json!("4.5e3"),
            ] {
                assert!(accepts(serde_json::json!({ key: good })), "{key} {good}");
            }
            for bad in [
                serde_json::json!(-1),
                serde_json::json!("45,000"),
                serde_json::json!("-1"),
                serde_json::json!(" 45"),
                serde_json::json!("045"),
                serde_json::json!("NaN"),
                serde_json::json!(""),
                serde_json::json!(true),
                serde_json::json!([1]),
            ] {
                assert!(!accepts(serde_json::json!({ key: bad })), "{key} {bad}");
            }
        }
    }

    #[test]
    fn a_contract_ends_on_a_day_of_the_calendar() {
        assert!(accepts(
            serde_json::json!({ "contract_end_date": "2028-02-29" })
        ));
        for bad in [
            "2027-02-29",
            "2027-13-01",
            "27-01-01",
            "0000-01-01",
            "10000-01-01",
            "2027-02-30",
            "2027-01-01 ",
            "2027/01/01",
            "2027-1-1",
            "soon",
            "",
        ] {
            assert!(
                !accepts(serde_json::json!({ "contract_end_date": bad })),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_value_that_cannot_be_read_is_named() {
        let large = format!("{{\"arr\": 1, \"seats\": 1{}}}", "0".repeat(400));
        let fault = parts(&large).unwrap_err();
        assert!(
            fault
                .message()
                .starts_with("crm_attributes.seats holds a number that is too large")
        );
        assert!(fault.message().len() < 200);
        assert!(parts("[]").is_err());
    }
}
