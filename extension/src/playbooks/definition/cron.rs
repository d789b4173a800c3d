//! Owns timetables: five fields as crontab(5) has them, asked in the wall time of a place. Pure.

use chrono::{DateTime, NaiveDateTime, Utc};
use croner::parser::{CronParser, Seconds, Year};

/// A timetable.
#[derive(Debug, Clone)]
pub struct Cron {
    written: String,
    pattern: croner::Cron,
}

impl PartialEq for Cron {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Cron {}

impl Cron {
    /// Reads five fields; the error is a sentence for the reader.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        let pattern = parser
            .parse(text)
            .map_err(|error| format!("\"{text}\" is not a timetable: {error}"))?;
        let cron = Self {
            written: text.to_owned(),
            pattern,
        };
        let epoch = DateTime::<Utc>::UNIX_EPOCH.naive_utc();
        match cron.next_after(epoch) {
            Some(_) => Ok(cron),
            None => Err(format!("\"{text}\" names a day that never comes")),
        }
    }

    /// As it was written.
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// The next moment after this one, both by the clock on the wall, which here never jumps.
    pub fn next_after(&self, wall: NaiveDateTime) -> Option<NaiveDateTime> {
        let next = self.pattern.find_next_occurrence(&wall.and_utc(), false);
        next.ok().map(|it| it.naive_utc())
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn the_next_moment_is_after_this_one() {
        for (cron, after, next) in [
            ("0 9 * * MON", "2026-11-30 08:59", "2026-11-30 09:00"),
            ("0 9 * * MON", "2026-11-30 09:00", "2026-12-07 09:00"),
            ("0 9 * * 1", "2026-11-30 09:00", "2026-12-07 09:00"),
            ("*/15 * * * *", "2026-11-30 23:46", "2026-12-01 00:00"),
            ("30 8 1 * *", "2026-11-30 23:46", "2026-12-01 08:30"),
            ("0 0 29 2 *", "2026-11-30 23:46", "2028-02-29 00:00"),
        ] {
            assert_eq!(
                Cron::parse(cron).unwrap().next_after(at(after)),
                Some(at(next)),
                "{cron}"
            );
        }
    }

    #[test]
    fn what_is_no_timetable_is_refused() {
        for bad in [
            "",
            "monday",
            "* * * *",
            "61 * * * *",
            "0 24 * * *",
            "0 0 30 2 *",
            "* * * * * *",
            "0 0 0 1 1 * 2027",
            "@reboot",
        ] {
            assert!(Cron::parse(bad).is_err(), "{bad}");
        }
    }
}
