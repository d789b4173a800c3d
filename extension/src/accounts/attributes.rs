//! Owns what `crm_attributes` may hold where the database itself reads it. Pure.

use crate::fault::Fault;
use serde_json::{Map, Value};

/// Refuses an ARR or an end of contract that no column could hold.
pub fn check(attributes: &Map<String, Value>) -> Result<(), Fault> {
    check_arr(attributes.get("arr"))?;
    check_contract_end(attributes.get("contract_end_date"))
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
            let message = format!("crm_attributes.arr must be a number from 0, not {other}");
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
            let message = format!("crm_attributes.contract_end_date must be a day, not {other}");
            Err(Fault::invalid("crm_attributes.contract_end_date", message)
                .hint("Write it as YYYY-MM-DD, such as 2027-03-31."))
        }
    }
}

fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_digit());
    shape
        && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .is_ok_and(|day| day > chrono::NaiveDate::MIN)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn accepts(attributes: Value) -> bool {
        check(attributes.as_object().unwrap()).is_ok()
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
}
