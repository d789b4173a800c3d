//! Owns what a measurement must be: its type, number, time and event id, each read from the text it came in. Pure.

use crate::health::{DAY, Moment};
use crate::pg::raw_object as object;
use crate::pg::rejected_rows::Reason;
use crate::pg::written_time::{self, WrittenTime};
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
    /// As it was written; `None`: now.
    pub recorded_at: Option<WrittenTime>,
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
    let told = told
        .filter(|it| it.starts_with(|first: char| first.is_ascii_digit()))
        .filter(|it| object::is_number(it))
        .ok_or("must be a number of at least 0")?;
    match object::number(&told) {
        Some(number) if number < object::TOO_LARGE => Ok(told),
        _ => Err("must be a number below 1e15"),
    }
}

/// When it was measured; absent is now.
pub fn read_recorded_at(raw: Option<&str>) -> Result<Option<WrittenTime>, Reason> {
    let read = |raw| written_time::read(&object::text(raw)?);
    raw.map(|raw| read(raw).ok_or("must be a time such as 2027-03-31T12:00:00Z"))
        .transpose()
}

/// Whether usage can be of this moment.
pub const fn check_reach(at: Moment, now: Moment) -> Result<(), Reason> {
    if at < 0 {
        return Err(written_time::TOO_EARLY);
    }
    if at > now + DAY {
        return Err("must not be more than a day in the future");
    }
    Ok(())
}

/// The sender's id of the event; may be absent.
pub fn read_event_id(raw: Option<&str>) -> Result<Option<Cow<'_, str>>, Reason> {
    let Some(raw) = raw else {
        return Ok(None);
    };
    object::foreign_id(raw)
        .filter(|text| (1..=EVENT_ID_LONGEST).contains(&text.chars().count()))
        .map(Some)
        .ok_or("must be a string of 1 to 200 characters")
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn usage_is_of_this_century_and_not_of_tomorrow() {
        let now = 26 * 365 * DAY;
        for (at, is_good) in [
            (0, true),
            (-1, false),
            (now + DAY, true),
            (now + DAY + 1, false),
        ] {
            assert_eq!(check_reach(at, now).is_ok(), is_good, "{at}");
        }
    }
}
