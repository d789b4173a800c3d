//! Owns how a point in time is written in a document: RFC 3339, or the same without a zone, which is the time of whoever it is about; in
//! filters it is UTC. Pure.

use chrono::DateTime;

/// 2000-01-01T00:00:00Z, where PostgreSQL starts counting, in µs of Unix time.
const POSTGRES_EPOCH_UNIX_US: i64 = 946_684_800_000_000;

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

/// Reads YYYY-MM-DDTHH:MM:SS with or without a zone, or YYYY-MM-DD.
pub fn read(text: &str) -> Option<WrittenTime> {
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
            "2000-01-01T12:00",
            "2000-01-01T12:00:00+02",
            "2000-01-01T12:00:00ZZ",
            "946684800",
            "ten bytes!",
            "20000101T0",
        ] {
            assert_eq!(in_utc(written), None, "{written}");
        }
    }
}
