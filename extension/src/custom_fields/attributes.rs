//! Owns what `crm_attributes` may hold where the database itself reads it, and how a fault in it is reported. Pure.
//!
//! Attributes are handled as the text they came in: their numbers keep every digit.

use crate::pg::day;
use crate::pg::fault::{Fault, shortened};
use crate::pg::json_text::Parts;
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

/// Refuses an ARR or a contract end date that no column could hold (22023).
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
                "crm_attributes.arr must be a number of at least 0, not {}",
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
