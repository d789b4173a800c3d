//! Owns what a measurement must be: its type, number, time and event id, each read from the text it came in. Pure.

use super::moment::{self, DAY_US};
use super::object;
use crate::pg::rejected_rows::Reason;
use std::borrow::Cow;

/// A measurement. Number and metadata stay as they were written.
#[derive(Debug, PartialEq, Eq)]
pub struct Measurement<'a> {
    /// A label of `cs.metric_type`.
    pub metric_type: &'static str,
    /// A JSON number of at least 0.
    pub metric_value: Cow<'a, str>,
    /// A JSON object.
    pub metadata: &'a str,
    /// Microseconds since 2000.
    pub recorded_at: i64,
    /// The sender's id of the event; a second row with it is a duplicate.
    pub event_id: Option<Cow<'a, str>>,
}

const METRIC_TYPES: [&str; 4] = ["logins", "feature_usage", "api_calls", "support_tickets"];
const EVENT_ID_LONGEST: usize = 200;

/// The metric type; required.
pub fn read_metric_type(raw: Option<&str>) -> Result<&'static str, Reason> {
    let given = raw.and_then(object::text).unwrap_or_default();
    METRIC_TYPES
        .into_iter()
        .find(|label| *label == given)
        .ok_or("must be logins, feature_usage, api_calls or support_tickets")
}

/// The number, as it was written, also where it is told as text; required.
pub fn read_metric_value(raw: Option<&str>) -> Result<Cow<'_, str>, Reason> {
    let told = raw.map(|raw| object::text(raw).unwrap_or(Cow::Borrowed(raw)));
    told.filter(|it| it.starts_with(|first: char| first.is_ascii_digit()))
        .filter(|it| object::is_number(it))
        .ok_or("must be a number of at least 0")
}

/// Microseconds since 2000; absent is `now`.
pub fn read_recorded_at(raw: Option<&str>, now: i64) -> Result<i64, Reason> {
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
        return Err("must not be more than a day in the future");
    }
    Ok(time)
}

/// The sender's id of the event; may be absent.
pub fn read_event_id(raw: Option<&str>) -> Result<Option<Cow<'_, str>>, Reason> {
    let Some(raw) = raw else {
        return Ok(None);
    };
    object::text(raw)
        .filter(|text| (1..=EVENT_ID_LONGEST).contains(&text.chars().count()))
        .map(Some)
        .ok_or("must be a string of 1 to 200 characters")
}
