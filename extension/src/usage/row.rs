//! Owns what a usage row must be: one element of the array in, either a measurement or everything wrong with it out. Pure.

use super::moment::{self, DAY_US};
use super::{metadata, object};
use crate::pg::rejected_rows::{Reason, Rejected};
use std::borrow::Cow;

/// How a row names its account.
#[derive(Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// By our id.
    Id(uuid::Uuid),
    /// By the id in the system it comes from.
    External(Cow<'a, str>),
}

impl Named<'_> {
    /// The key that named it.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Id(_) => "account_id",
            Self::External(_) => "external_id",
        }
    }
}

/// What a good row measured. Number and metadata stay as they were written.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure<'a> {
    /// A label of `cs.metric_type`.
    pub metric_type: &'static str,
    /// A JSON number from 0.
    pub metric_value: &'a str,
    /// A JSON object.
    pub metadata: &'a str,
    /// Microseconds since 2000.
    pub recorded_at: i64,
    /// The sender's id of this fact.
    pub event_id: Option<Cow<'a, str>>,
}

/// A row that was looked at.
#[derive(Debug)]
pub struct Checked<'a> {
    /// Its place in the array, from 0.
    pub index: usize,
    /// The account it names, if it names one at all; whether there is such an account is yet to be seen.
    pub account: Option<Named<'a>>,
    /// Nothing where something is wrong.
    pub measure: Option<Measure<'a>>,
}

const METRIC_TYPES: [&str; 4] = ["logins", "feature_usage", "api_calls", "support_tickets"];
const EVENT_ID_LONGEST: usize = 200;

/// The values of a row, as they were written.
#[derive(Default)]
struct Given<'a> {
    account_id: Option<&'a str>,
    external_id: Option<&'a str>,
    metric_type: Option<&'a str>,
    metric_value: Option<&'a str>,
    recorded_at: Option<&'a str>,
    metadata: Option<&'a str>,
    event_id: Option<&'a str>,
}

/// Checks one element; `now` in microseconds since 2000. What is wrong goes to `rejected`.
pub fn check<'a>(
    index: usize,
    element: &'a str,
    now: i64,
    rejected: &mut Vec<Rejected>,
) -> Checked<'a> {
    let found_before = rejected.len();
    let mut complaints = Complaints { index, rejected };
    let (account, measure) = match read(element, &mut complaints) {
        None => {
            complaints.add("rows", "must be an array of objects");
            (None, None)
        }
        Some(given) => (
            named(&given, &mut complaints),
            measured(&given, now, &mut complaints),
        ),
    };
    let is_good = rejected.len() == found_before;
    Checked {
        index,
        account,
        measure: measure.filter(|_| is_good),
    }
}

struct Complaints<'a> {
    index: usize,
    rejected: &'a mut Vec<Rejected>,
}

impl Complaints<'_> {
    fn add(&mut self, field: impl Into<Cow<'static, str>>, reason: Reason) {
        self.rejected.push(Rejected::new(self.index, field, reason));
    }

    /// The value, or its reason noted.
    fn keep<T>(&mut self, field: &'static str, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.add(field, reason)).ok()
    }
}

fn read<'a>(element: &'a str, complaints: &mut Complaints<'_>) -> Option<Given<'a>> {
    let mut given = Given::default();
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
                complaints.add(key.into_owned(), "is not a key of a row");
                continue;
            }
        };
        *place = Some(value);
    }
    Some(given)
}

fn named<'a>(given: &Given<'a>, complaints: &mut Complaints<'_>) -> Option<Named<'a>> {
    match (given.account_id, given.external_id) {
        (None, None) => {
            complaints.add("account_id", "is missing, and so is external_id");
            None
        }
        (Some(_), Some(_)) => {
            complaints.add("external_id", "must not stand beside account_id");
            None
        }
        (Some(raw), None) => {
            let id = object::text(raw).and_then(|text| uuid::Uuid::try_parse(&text).ok());
            complaints.keep("account_id", id.map(Named::Id).ok_or("must be a UUID"))
        }
        (None, Some(raw)) => complaints.keep(
            "external_id",
            object::text(raw)
                .map(Named::External)
                .ok_or("must be a text"),
        ),
    }
}

fn measured<'a>(
    given: &Given<'a>,
    now: i64,
    complaints: &mut Complaints<'_>,
) -> Option<Measure<'a>> {
    let metric_type = complaints.keep("metric_type", metric_type(given.metric_type));
    let metric_value = complaints.keep("metric_value", metric_value(given.metric_value));
    let recorded_at = complaints.keep("recorded_at", recorded_at(given.recorded_at, now));
    let event_id = complaints.keep("event_id", event_id(given.event_id));
    let metadata = given.metadata.unwrap_or("{}");
    for (field, reason) in metadata::complaints(metadata) {
        complaints.add(field, reason);
    }
    Some(Measure {
        metric_type: metric_type?,
        metric_value: metric_value?,
        metadata,
        recorded_at: recorded_at?,
        event_id: event_id?,
    })
}

fn metric_type(raw: Option<&str>) -> Result<&'static str, Reason> {
    let given = raw.and_then(object::text).unwrap_or_default();
    METRIC_TYPES
        .into_iter()
        .find(|label| *label == given)
        .ok_or("must be logins, feature_usage, api_calls or support_tickets")
}

fn metric_value(raw: Option<&str>) -> Result<&str, Reason> {
    raw.filter(|raw| raw.starts_with(|first: char| first.is_ascii_digit()))
        .ok_or("must be a number from 0")
}

fn recorded_at(raw: Option<&str>, now: i64) -> Result<i64, Reason> {
    let Some(raw) = raw else {
        return Ok(now);
    };
    let time = object::text(raw)
        .and_then(|text| moment::parse(&text))
        .ok_or("must be a time such as 2027-03-31T12:00:00Z")?;
    if time < 0 {
        return Err("must not be before the year 2000");
    }
    if time > now + DAY_US {
        return Err("must not be more than a day ahead");
    }
    Ok(time)
}

fn event_id(raw: Option<&str>) -> Result<Option<Cow<'_, str>>, Reason> {
    let Some(raw) = raw else {
        return Ok(None);
    };
    object::text(raw)
        .filter(|text| (1..=EVENT_ID_LONGEST).contains(&text.chars().count()))
        .map(Some)
        .ok_or("must be a text of 1 to 200 characters")
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const NOW: i64 = 20 * 365 * DAY_US;
    const ID: &str = "0198f3a0-0000-7000-8000-000000000001";

    /// A good row with these pairs in place of, or beside, its own; null takes one away.
    fn row(changes: &serde_json::Value) -> String {
        let mut row =
            serde_json::json!({ "account_id": ID, "metric_type": "logins", "metric_value": 3 });
        for (key, value) in changes.as_object().unwrap() {
            row[key] = value.clone();
        }
        row.to_string()
    }

    fn complaints(element: &str) -> Vec<(String, Reason)> {
        let mut rejected = Vec::new();
        let checked = check(7, element, NOW, &mut rejected);
        assert_eq!(checked.measure.is_some(), rejected.is_empty());
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
        let (element, mut rejected) = (row(&serde_json::json!({})), Vec::new());
        let checked = check(0, &element, NOW, &mut rejected);
        assert_eq!(
            checked.account,
            Some(Named::Id(uuid::Uuid::parse_str(ID).unwrap()))
        );
        let expected = Measure {
            metric_type: "logins",
            metric_value: "3",
            metadata: "{}",
            recorded_at: NOW,
            event_id: None,
        };
        assert_eq!(checked.measure, Some(expected));
    }

    #[test]
    fn a_number_keeps_every_digit() {
        let digits = "123456789012345678901234567890.10";
        let element = format!(
            r#"{{"external_id": "A-1", "metric_type": "api_calls", "metric_value": {digits}, "metadata": {{"x": {digits}}}, "event_id": "e"}}"#
        );
        let mut rejected = Vec::new();
        let checked = check(0, &element, NOW, &mut rejected);
        assert_eq!(checked.account, Some(Named::External("A-1".into())));
        let measure = checked.measure.unwrap();
        assert_eq!(measure.metric_value, digits);
        assert!(measure.metadata.contains(digits));
        assert_eq!(measure.event_id.as_deref(), Some("e"));
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
        use serde_json::json;
        for (change, field) in [
            (json!({ "account_id": "A-1" }), "account_id"),
            (json!({ "account_id": 1 }), "account_id"),
            (json!({ "external_id": "A-1" }), "external_id"),
            (
                json!({ "account_id": null, "external_id": 1 }),
                "external_id",
            ),
            (json!({ "metric_type": "clicks" }), "metric_type"),
            (json!({ "metric_type": null }), "metric_type"),
            (json!({ "metric_value": "3" }), "metric_value"),
            (json!({ "metric_value": true }), "metric_value"),
            (json!({ "metric_value": null }), "metric_value"),
            (json!({ "recorded_at": 1_700_000_000 }), "recorded_at"),
            (
                json!({ "recorded_at": "1999-12-31T23:59:59Z" }),
                "recorded_at",
            ),
            (json!({ "recorded_at": "2027-01-01" }), "recorded_at"),
            (json!({ "event_id": "x".repeat(201) }), "event_id"),
            (json!({ "event_id": 1 }), "event_id"),
            (json!({ "metadata": { "csat": 6 } }), "metadata.csat"),
        ] {
            let found = complaints(&row(&change));
            assert_eq!(found.len(), 1, "{change}: {found:?}");
            assert_eq!(found[0].0, field, "{change}");
        }
    }

    #[test]
    fn null_is_as_good_as_absent_where_a_key_may_be_absent() {
        let nulls = serde_json::json!({ "external_id": null, "recorded_at": null, "metadata": null, "event_id": null });
        assert_eq!(complaints(&row(&nulls)), []);
        let longest =
            serde_json::json!({ "event_id": "ä".repeat(200), "recorded_at": "2000-01-01" });
        assert_eq!(complaints(&row(&longest)), []);
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
