//! Owns how a point in time is written in a document: as RFC 3339, as PostgreSQL writes it, or as spreadsheets and forms do, to the minute.
//! Without a zone it is the time of whoever it is about; in filters it is UTC. Pure.

use chrono::DateTime;
use std::borrow::Cow;

/// 2000-01-01T00:00:00Z, where PostgreSQL starts counting, in µs of Unix time.
const POSTGRES_EPOCH_UNIX_US: i64 = 946_684_800_000_000;

/// What no document can be about: it is a typing error, and years without an account would be shown.
pub const TOO_EARLY: &str = "must not be before the year 2000";

/// A point in time as it was written, in microseconds since 2000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenTime {
    /// With a zone: as PostgreSQL counts.
    Moment(i64),
    /// Without one: on a wall clock.
    Local(i64),
    /// A day, by its midnight on a wall clock.
    Day(i64),
}

/// Reads YYYY-MM-DD, and with T or a blank after it HH:MM or HH:MM:SS, with or without a zone: Z, +HH, +HHMM or +HH:MM.
pub fn read(text: &str) -> Option<WrittenTime> {
    let text = &*complete(text);
    let micros = |text: &str| {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        Some(time.timestamp_micros() - POSTGRES_EPOCH_UNIX_US)
    };
    if let Some(at) = micros(text) {
        return Some(WrittenTime::Moment(at));
    }
    match text.len() == "YYYY-MM-DD".len() {
        true => micros(&format!("{text}T00:00:00Z")).map(WrittenTime::Day),
        false => micros(&format!("{text}Z")).map(WrittenTime::Local),
    }
}

/// The same with the seconds and the minutes of the zone that RFC 3339 wants.
fn complete(text: &str) -> Cow<'_, str> {
    const DAY_AND_T: usize = "YYYY-MM-DDT".len();
    let Some((day, rest)) = text.split_at_checked(DAY_AND_T) else {
        return text.into();
    };
    let (time, zone) = rest.split_at(rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len()));
    let seconds = match time.len() == "HH:MM".len() {
        true => ":00",
        false => "",
    };
    match (zone.split_at_checked("+HH".len()), seconds) {
        (Some((hours, "")), _) => format!("{day}{time}{seconds}{hours}:00").into(),
        (Some((hours, minutes)), _) if minutes.len() == "MM".len() => {
            format!("{day}{time}{seconds}{hours}:{minutes}").into()
        }
        (_, "") => text.into(),
        _ => format!("{day}{time}{seconds}{zone}").into(),
    }
}

/// Microseconds since 2000, as PostgreSQL counts them, where what has no zone is UTC.
pub fn in_utc(text: &str) -> Option<i64> {
    read(text).map(|time| match time {
        WrittenTime::Moment(at) | WrittenTime::Local(at) | WrittenTime::Day(at) => at,
    })
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const NOON: i64 = 12 * 3_600_000_000;

    #[test]
    fn a_time_without_zone_is_utc() {
        for written in [
            "2000-01-01T12:00:00Z",
            "2000-01-01T12:00:00",
            "2000-01-01T12:00:00.000",
            "2000-01-01T14:00:00+02:00",
            "2000-01-01T03:30:00.000-08:30",
            "2000-01-01 12:00:00",
            "2000-01-01T12:00",
            "2000-01-01 12:00",
            "2000-01-01T12:00Z",
            "2000-01-01 14:00+02",
            "2000-01-01 12:00:00+00",
            "2000-01-01 12:00:00.000000-00",
            "2000-01-01T17:30+0530",
            "2000-01-01 17:30:00.0+05:30",
        ] {
            assert_eq!(in_utc(written), Some(NOON), "{written}");
        }
        assert_eq!(in_utc("2000-01-02"), Some(86_400_000_000));
        assert_eq!(in_utc("1999-12-31"), Some(-86_400_000_000));
        assert_eq!(in_utc("2000-01-01T00:00:00.000001Z"), Some(1));
    }

    #[test]
    fn anything_else_is_no_time() {
        for written in [
            "",
            "now",
            "infinity",
            "2000-02-30",
            "2000-1-1",
            "01.02.2000",
            "2000-01-01T25:00:00Z",
            "2000-01-01T12",
            "2000-01-01T12Z",
            "2000-01-01T12:0",
            "2000-01-01T12:60",
            "2000-01-01T1200",
            "2000-01-01  12:00",
            "2000-01-01T12:00 Z",
            "2000-01-01T12:00+2",
            "2000-01-01T12:00+02:",
            "2000-01-01T12:00+020",
            "2000-01-01T12:00:00+0a",
            "2000-01-01T12:00:00+02:00:00",
            "2000-01-01T12:00:00ZZ",
            "2000-01-01T12:00:00Z00",
            "2000-01-01+02",
            "2000-01-0é 12:00",
            "2000-01-01T12:00+é",
            "2000-01-01T12:00+0é0",
            "946684800",
            "ten bytes!",
            "20000101T0",
        ] {
            assert_eq!(in_utc(written), None, "{written}");
        }
    }
}
