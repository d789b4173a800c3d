//! Owns the values that criteria compare, and which of them can be compared with each other. Pure.

use super::decimal::Decimal;
use crate::pg::day;
use chrono::NaiveDate;
use serde_json::{Map, Value as Json};
use std::cmp::Ordering;

/// A value of a field, or one that criteria compare it with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// A number.
    Number(Decimal),
    /// Text, a label, or an id in lower case.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// true or false.
    Bool(bool),
    /// The texts of an array in `crm_attributes`: it can contain one, and compares with nothing.
    List(Vec<String>),
    /// An object in `crm_attributes`: it is set, and compares with nothing.
    Structure,
}

impl FieldValue {
    /// A JSON value of `crm_attributes`; null is missing.
    pub fn of_json(json: &Json) -> Option<Self> {
        match json {
            Json::Null => None,
            Json::Bool(it) => Some(Self::Bool(*it)),
            Json::Number(it) => Decimal::parse(&it.to_string()).map(Self::Number),
            Json::String(it) => Some(Self::Text(it.clone())),
            Json::Array(all) => {
                let texts = all.iter().filter_map(Json::as_str);
                Some(Self::List(texts.map(str::to_owned).collect()))
            }
            Json::Object(_) => Some(Self::Structure),
        }
    }

    /// As text for readers: numbers in one of their spellings, days as `YYYY-MM-DD`, the texts of an array; an object as `…`.
    pub fn to_text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text.clone(),
            Self::Date(day) => day.to_string(),
            Self::Bool(it) => it.to_string(),
            Self::List(texts) => texts.join(", "),
            Self::Structure => "…".to_owned(),
        }
    }

    /// How this value of a field compares with one that criteria ask for; `None` where the types differ. Text that has the form
    /// of a day compares with a day: CRM attributes hold days as text.
    pub fn order(&self, asked: &Self) -> Option<Ordering> {
        match (self, asked) {
            (Self::Number(left), Self::Number(right)) => Some(left.cmp(right)),
            (Self::Text(left), Self::Text(right)) => Some(left.cmp(right)),
            (Self::Date(left), Self::Date(right)) => Some(left.cmp(right)),
            (Self::Bool(left), Self::Bool(right)) => Some(left.cmp(right)),
            (Self::Text(left), Self::Date(right)) if day::is_shaped(left) => {
                Some(left.as_str().cmp(right.to_string().as_str()))
            }
            _ => None,
        }
    }
}

/// The value at a path of keys in `crm_attributes`, which leads through objects, never arrays.
pub fn attribute(attributes: &Map<String, Json>, path: &[String]) -> Option<FieldValue> {
    let (first, rest) = path.split_first()?;
    let found = attributes.get(first)?;
    rest.iter()
        .try_fold(found, |found, key| found.as_object()?.get(key))
        .and_then(FieldValue::of_json)
}

/// Text made comparable without regard to case: each character in lower case by itself, so that a part of a text folds to a
/// part of the folded text.
pub fn fold(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_of_one_type_compares() {
        let values = [
            FieldValue::Number(1.into()),
            FieldValue::Text("1".into()),
            FieldValue::Date(day::parse("2027-01-01").unwrap()),
            FieldValue::Bool(true),
        ];
        for (at, left) in values.iter().enumerate() {
            for (other, right) in values.iter().enumerate() {
                assert_eq!(left.order(right).is_some(), at == other);
            }
            for none in [FieldValue::Structure, FieldValue::List(vec!["1".into()])] {
                assert_eq!(none.order(left), None);
                assert_eq!(left.order(&none), None);
                assert_eq!(none.order(&none), None);
            }
        }
    }

    #[test]
    fn text_written_as_a_day_compares_with_a_day() {
        let asked = FieldValue::Date(day::parse("2027-03-31").unwrap());
        let order = |text: &str| FieldValue::Text(text.into()).order(&asked);
        assert_eq!(order("2027-03-30"), Some(Ordering::Less));
        assert_eq!(order("2027-03-31"), Some(Ordering::Equal));
        assert_eq!(order("2027-10-01"), Some(Ordering::Greater));
        assert_eq!(order("n/a"), None);
        assert_eq!(order("2027-3-1"), None);
    }

    #[test]
    fn attributes_are_reached_through_objects_alone() {
        let attributes = json!({
            "seats": 25, "plan": { "tier": "gold", "0": true, "gone": null }, "tags": ["a", 1, ["b"]], "": "blank"
        });
        let at = |path: &str| {
            let path: Vec<_> = path.split('.').map(str::to_owned).collect();
            attribute(attributes.as_object().unwrap(), &path)
        };
        assert_eq!(at("seats"), Some(FieldValue::Number(25.into())));
        assert_eq!(at("plan.tier"), Some(FieldValue::Text("gold".into())));
        assert_eq!(at("plan.0"), Some(FieldValue::Bool(true)));
        assert_eq!(at("plan"), Some(FieldValue::Structure));
        assert_eq!(at("tags"), Some(FieldValue::List(vec!["a".into()])));
        for missing in ["plan.gone", "plan.none", "tags.0", "seats.x", "nothing"] {
            assert_eq!(at(missing), None, "{missing}");
        }
        assert_eq!(attribute(attributes.as_object().unwrap(), &[]), None);
    }

    #[test]
    fn folding_knows_more_than_ascii_and_keeps_parts() {
        assert_eq!(fold("ÄRGER & Σας"), "ärger & σας");
        assert!(fold("ΟΔΟΣΑ").contains(&fold("ΟΔΟΣ")));
    }
}
