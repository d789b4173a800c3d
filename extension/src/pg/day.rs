//! Owns days as text: `YYYY-MM-DD` and nothing else. Pure.

use chrono::{Datelike, NaiveDate};

/// Whether a text has the form of a day, of the calendar or not.
pub fn is_shaped(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The day that a text is, from year 1 to 9999; `None` for what is not a day of the calendar.
pub fn parse(text: &str) -> Option<NaiveDate> {
    if !is_shaped(text) {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| day.year() >= 1)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_day_is_of_the_calendar_and_prints_as_written() {
        for good in ["0001-01-01", "2028-02-29", "9999-12-31"] {
            assert_eq!(
                parse(good).map(|day| day.to_string()).as_deref(),
                Some(good)
            );
        }
        for bad in [
            "",
            "2027-02-29",
            "2027-13-01",
            "0000-01-01",
            "27-01-01",
            "2027-1-1",
            "2027/01/01",
            "2027-01-01 ",
            "+027-01-01",
            "2027-01-0١",
            "tomorrow",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn shape_is_less_than_sense() {
        assert!(is_shaped("2027-02-31"));
        assert!(!is_shaped("2027-02-3"));
        assert!(!is_shaped("n/a"));
    }
}
