//! Owns what a usage row must be: in comes one element of the array, out comes a measurement of an account, or everything that
//! is wrong with the row. Pure.

use super::measurement::{
    Measurement, read_event_id, read_metric_type, read_metric_value, read_recorded_at,
};
use super::metadata;
use crate::accounts::AccountName;
use crate::pg::raw_object as object;
use crate::pg::rejected_rows::{Reason, Rejected};
use std::borrow::Cow;

/// A row after its check.
#[derive(Debug)]
pub struct CheckedRow<'a> {
    /// Its place in the array, from 0.
    pub index: usize,
    /// The account it names, where it names one; whether there is such an account is not checked here.
    pub account: Option<AccountName<'a>>,
    /// What it measures; `None` where anything is wrong with the row.
    pub measurement: Option<Measurement<'a>>,
}

/// The values of a row, as they were written.
#[derive(Default)]
struct RawRow<'a> {
    account_id: Option<&'a str>,
    external_id: Option<&'a str>,
    metric_type: Option<&'a str>,
    metric_value: Option<&'a str>,
    recorded_at: Option<&'a str>,
    metadata: Option<&'a str>,
    event_id: Option<&'a str>,
}

/// Checks one element. What is wrong is added to `rejected`.
pub fn check_row<'a>(
    index: usize,
    element: &'a str,
    rejected: &mut Vec<Rejected>,
) -> CheckedRow<'a> {
    let found_before = rejected.len();
    let mut faults = RowFaults { index, rejected };
    let (account, measurement) = match read_keys(element, &mut faults) {
        None => {
            faults.add("rows", "must be an array of objects");
            (None, None)
        }
        Some(given) => (
            read_account(&given, &mut faults),
            read_measurement(&given, &mut faults),
        ),
    };
    let is_good = rejected.len() == found_before;
    CheckedRow {
        index,
        account,
        measurement: measurement.filter(|_| is_good),
    }
}

struct RowFaults<'a> {
    index: usize,
    rejected: &'a mut Vec<Rejected>,
}

impl RowFaults<'_> {
    fn add(&mut self, field: impl Into<Cow<'static, str>>, reason: Reason) {
        self.rejected.push(Rejected::new(self.index, field, reason));
    }

    /// The value; the reason why there is none is noted.
    fn note<T>(&mut self, field: &'static str, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.add(field, reason)).ok()
    }
}

fn read_keys<'a>(element: &'a str, faults: &mut RowFaults<'_>) -> Option<RawRow<'a>> {
    let mut given = RawRow::default();
    for (key, value) in object::pairs(element)? {
        let place = match key.as_ref() {
            "account_id" => &mut given.account_id,
            "external_id" => &mut given.external_id,
            "metric_type" => &mut given.metric_type,
            "metric_value" => &mut given.metric_value,
            "recorded_at" => &mut given.recorded_at,
            "metadata" => &mut given.metadata,
            "event_id" => &mut given.event_id,
            _ => {
                faults.add(key.into_owned(), "is not a key of a row");
                continue;
            }
        };
        *place = Some(value);
    }
    Some(given)
}

fn read_account<'a>(given: &RawRow<'a>, faults: &mut RowFaults<'_>) -> Option<AccountName<'a>> {
    AccountName::read(given.account_id, given.external_id)
        .map_err(|(field, reason)| faults.add(field, reason))
        .ok()
}

fn read_measurement<'a>(given: &RawRow<'a>, faults: &mut RowFaults<'_>) -> Option<Measurement<'a>> {
    let metric_type = faults.note("metric_type", read_metric_type(given.metric_type));
    let metric_value = faults.note("metric_value", read_metric_value(given.metric_value));
    let recorded_at = faults.note("recorded_at", read_recorded_at(given.recorded_at));
    let event_id = faults.note("event_id", read_event_id(given.event_id));
    let metadata = given.metadata.unwrap_or("{}");
    for (field, reason) in metadata::find_faults(metadata) {
        faults.add(field, reason);
    }
    Some(Measurement {
        metric_type: metric_type?,
        metric_value: metric_value?,
        metadata,
        recorded_at: recorded_at?,
        event_id: event_id?,
    })
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use pgrx::Uuid;
    use serde_json::json;

    const ID: &str = "0198f3a0-0000-7000-8000-000000000001";

    /// A good row with these pairs in place of, or in addition to, its own; null takes one away.
    fn row(changes: &serde_json::Value) -> String {
        let mut row = json!({ "account_id": ID, "metric_type": "logins", "metric_value": 3 });
        for (key, value) in changes.as_object().unwrap() {
            row[key] = value.clone();
        }
        row.to_string()
    }

    fn complaints(element: &str) -> Vec<(String, Reason)> {
        let mut rejected = Vec::new();
        let checked = check_row(7, element, &mut rejected);
        assert_eq!(checked.measurement.is_some(), rejected.is_empty());
        assert!(rejected.iter().all(|it| it.index == 7));
        rejected
            .into_iter()
            .map(|it| match it.reason {
                Cow::Borrowed(reason) => (it.field.into_owned(), reason),
                Cow::Owned(reason) => panic!("{reason}"),
            })
            .collect()
    }

    #[test]
    fn a_bare_row_is_now_and_without_metadata() {
        let (element, mut rejected) = (row(&json!({})), Vec::new());
        let checked = check_row(0, &element, &mut rejected);
        assert_eq!(
            checked.account,
            Some(AccountName::Id(Uuid::from_bytes(
                *uuid::Uuid::parse_str(ID).unwrap().as_bytes()
            )))
        );
        let expected = Measurement {
            metric_type: "logins",
            metric_value: "3".into(),
            metadata: "{}",
            recorded_at: None,
            event_id: None,
        };
        assert_eq!(checked.measurement, Some(expected));
    }

    #[test]
    fn a_number_keeps_every_digit() {
        let digits = "123456789012345.123456789012345678901234567890";
        let element = format!(
            r#"{{"external_id": "A-1", "metric_type": "api_calls", "metric_value": {digits}, "metadata": {{"x": {digits}}}, "event_id": "e"}}"#
        );
        let mut rejected = Vec::new();
        let checked = check_row(0, &element, &mut rejected);
        assert_eq!(checked.account, Some(AccountName::External("A-1".into())));
        let measurement = checked.measurement.unwrap();
        assert_eq!(measurement.metric_value, digits);
        assert!(measurement.metadata.contains(digits));
        assert_eq!(measurement.event_id.as_deref(), Some("e"));
    }

    #[test]
    fn a_number_may_be_told_as_text() {
        let told = json!({ "metric_value": "3.50", "metadata": { "seats": "10", "csat": "4.5" } });
        let (element, mut rejected) = (row(&told), Vec::new());
        let measurement = check_row(0, &element, &mut rejected).measurement;
        assert_eq!(measurement.unwrap().metric_value, "3.50");
    }

    #[test]
    fn everything_wrong_with_a_row_is_said() {
        let element = r#"{"metric_type": "Logins", "metric_value": -1, "recorded_at": "soon", "metadata": [], "event_id": "", "tenant_id": 1}"#;
        let fields = complaints(element)
            .into_iter()
            .map(|(field, _)| field)
            .collect::<Vec<_>>();
        assert_eq!(
            fields,
            [
                "tenant_id",
                "account_id",
                "metric_type",
                "metric_value",
                "recorded_at",
                "event_id",
                "metadata"
            ]
        );
    }

    #[test]
    fn each_value_is_held_to_its_kind() {
        for (change, field) in [
            (json!({ "account_id": "A-1" }), "account_id"),
            (json!({ "account_id": 1 }), "account_id"),
            (json!({ "external_id": "A-1" }), "external_id"),
            (
                json!({ "account_id": null, "external_id": 1.5 }),
                "external_id",
            ),
            (json!({ "metric_type": "clicks" }), "metric_type"),
            (json!({ "metric_type": null }), "metric_type"),
            (json!({ "metric_value": "three" }), "metric_value"),
            (json!({ "metric_value": "-3" }), "metric_value"),
            (json!({ "metric_value": " 3" }), "metric_value"),
            (json!({ "metric_value": "" }), "metric_value"),
            (json!({ "metadata": { "seats": "many" } }), "metadata.seats"),
            (json!({ "metric_value": true }), "metric_value"),
            (json!({ "metric_value": null }), "metric_value"),
            (json!({ "recorded_at": 1_700_000_000 }), "recorded_at"),
            (json!({ "recorded_at": "2026-02-30" }), "recorded_at"),
            (json!({ "metric_value": 1e15 }), "metric_value"),
            (json!({ "metric_value": "1e131071" }), "metric_value"),
            (json!({ "event_id": "x".repeat(201) }), "event_id"),
            (json!({ "event_id": true }), "event_id"),
            (json!({ "metadata": { "csat": 6 } }), "metadata.csat"),
        ] {
            let found = complaints(&row(&change));
            assert_eq!(found.len(), 1, "{change}: {found:?}");
            assert_eq!(found[0].0, field, "{change}");
        }
    }

    #[test]
    fn null_is_as_good_as_absent_where_a_key_may_be_absent() {
        let nulls =
            json!({ "external_id": null, "recorded_at": null, "metadata": null, "event_id": null });
        assert_eq!(complaints(&row(&nulls)), []);
        let longest = json!({ "event_id": "ä".repeat(200), "recorded_at": "2000-01-01" });
        assert_eq!(complaints(&row(&longest)), []);
    }

    #[test]
    fn the_id_of_an_event_is_read_as_any_other_id() {
        for told in [json!(7), json!("7"), json!(" 7\u{200b}"), json!("\u{a0}7 ")] {
            let element = row(&json!({ "event_id": told }));
            let checked = check_row(0, &element, &mut Vec::new());
            let event_id = checked.measurement.and_then(|it| it.event_id);
            assert_eq!(event_id.as_deref(), Some("7"), "{told}");
        }
        for told in [json!(1.5), json!(-7), json!(" "), json!("\u{200b}")] {
            let found = complaints(&row(&json!({ "event_id": told })));
            assert_eq!(found.len(), 1, "{told}");
        }
    }

    #[test]
    fn an_element_must_be_an_object() {
        for other in ["1", "\"x\"", "null", "[]"] {
            assert_eq!(
                complaints(other),
                [("rows".to_owned(), "must be an array of objects")],
                "{other}"
            );
        }
    }
}
