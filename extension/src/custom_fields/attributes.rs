//! Owns what `crm_attributes` may hold where the database itself reads it, and how a fault in it is told. Pure.
//!
//! Attributes are handled as the text they came in: their numbers keep every digit.

use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use chrono::Datelike;
use serde_json::Value;
use serde_json::value::RawValue;

/// The outermost keys of attributes, each with a value that can be read.
pub fn parts(attributes: &str) -> Result<Parts<'_>, Fault> {
    let parts: Parts<'_> = serde_json::from_str(attributes)
        .map_err(|_| Fault::invalid("crm_attributes", "crm_attributes must be a JSON object"))?;
    for (key, raw) in &parts {
        value(key, raw)?;
    }
    Ok(parts)
}

/// One value of attributes.
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

/// Where a key of attributes stands, as faults name it.
pub fn path(key: &str) -> String {
    format!("crm_attributes.{key}")
}

/// A value as a sentence can show it.
pub fn shortened(value: &str) -> String {
    const LONGEST: usize = 60;
    match value.char_indices().nth(LONGEST) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}…", &value[..end]),
    }
}

/// Refuses an ARR or an end of contract that no column could hold.
pub fn check(attributes: &Parts<'_>) -> Result<(), Fault> {
    let read = |key| {
        let raw = attributes.get(key);
        raw.map(|raw| value(key, raw)).transpose()
    };
    check_arr(read("arr")?.as_ref())?;
    check_contract_end(read("contract_end_date")?.as_ref())
}

fn check_arr(arr: Option<&Value>) -> Result<(), Fault> {
    match arr {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Number(number))
            if number
                .as_f64()
                .is_some_and(|it| it.is_finite() && it >= 0.0) =>
        {
            Ok(())
        }
        Some(other) => {
            let message = format!(
                "crm_attributes.arr must be a number from 0, not {}",
                shortened(&other.to_string())
            );
            Err(Fault::invalid("crm_attributes.arr", message)
                .hint("Give it as a JSON number without currency or separators, such as 45000 or 45000.50."))
        }
    }
}

fn check_contract_end(date: Option<&Value>) -> Result<(), Fault> {
    match date {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(text)) if is_day(text) => Ok(()),
        Some(other) => {
            let message = format!(
                "crm_attributes.contract_end_date must be a day, not {}",
                shortened(&other.to_string())
            );
            Err(Fault::invalid("crm_attributes.contract_end_date", message)
                .hint("Write it as YYYY-MM-DD, such as 2027-03-31."))
        }
    }
}

/// Whether a text is a day of the calendar, from year 1 to 9999, written YYYY-MM-DD.
pub fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit());
    shape && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|day| day.year() > 0)
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
    fn arr_is_a_number_from_zero() {
        assert!(accepts(serde_json::json!({ "arr": 0 })));
        assert!(accepts(serde_json::json!({ "arr": 45000.5 })));
        for bad in [
            serde_json::json!(-1),
            serde_json::json!("45000"),
            serde_json::json!(true),
            serde_json::json!([1]),
        ] {
            assert!(!accepts(serde_json::json!({ "arr": bad })), "{bad}");
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
        let told = parts(&large).unwrap_err();
        assert!(
            told.message()
                .starts_with("crm_attributes.seats holds a number that is too large")
        );
        assert!(told.message().len() < 200);
        assert!(parts("[]").is_err());
    }
}
