//! Owns how numbers are written in the sentences beside the formulas. Pure.

use super::clock::{DAY, Moment};
use chrono::{Datelike, NaiveDate};

/// With one decimal where there is any; 0 for what is not there.
pub fn short(number: impl Into<Option<f64>>) -> String {
    let text = format!("{:.1}", number.into().unwrap_or_default());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A share of 1, in percent.
pub fn percent(share: impl Into<Option<f64>>) -> String {
    format!("{} %", short(share.into().unwrap_or_default() * 100.0))
}

/// The day of a wall clock, or of a moment in UTC, as YYYY-MM-DD; `-infinity` where it cannot be written so.
pub fn day(at: Moment) -> String {
    const UNIX_DAYS: i64 = 10_957;
    let days = at.div_euclid(DAY).saturating_add(UNIX_DAYS);
    let day = i32::try_from(days)
        .ok()
        .and_then(NaiveDate::from_epoch_days);
    let day = day.filter(|it| (1..=9999).contains(&it.year()));
    day.map_or_else(|| "-infinity".to_owned(), |it| it.to_string())
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn numbers_have_a_decimal_where_there_is_any() {
        assert_eq!([6.5, 2.0, 0.04].map(short), ["6.5", "2", "0"]);
        assert_eq!(short(None), "0");
        assert_eq!(percent(0.25), "25 %");
        assert_eq!(percent(Some(0.333)), "33.3 %");
        assert_eq!(
            [0, 60 * DAY - 1, -1].map(day),
            ["2000-01-01", "2000-02-29", "1999-12-31"]
        );
    }
}
