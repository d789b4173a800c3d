//! Owns the days on which customers are not expected to use the product, as a model names them. Pure.

use crate::health::score::zone::LocalDay;
use crate::pg::day;
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const MOST_PERIODS: usize = 500;
/// Days of a calendar year that may be left out.
const MOST_DAYS: usize = 60;
/// 2000-01-01 in days of the common era.
const FIRST_DAY: i64 = 730_120;

/// A first day and the day after the last one.
pub type QuietDays = (LocalDay, LocalDay);

/// Reads the quiet periods of a model.
pub fn read_quiet_periods(model: &ObjectReader<'_>) -> Result<Vec<QuietDays>, Fault> {
    let list = model
        .list("quiet_periods", MOST_PERIODS)?
        .iter()
        .enumerate();
    let periods = list
        .map(|(index, period)| read_period(format!("quiet_periods[{index}]"), period))
        .collect::<Result<Vec<_>, _>>()?;
    check_years(&periods)?;
    let number = |day: NaiveDate| i64::from(day.num_days_from_ce()) - FIRST_DAY;
    Ok(periods
        .into_iter()
        .map(|(from, to)| (number(from), number(to) + 1))
        .collect())
}

fn read_period(path: String, period: &Value) -> Result<(NaiveDate, NaiveDate), Fault> {
    let Value::Object(period) = period else {
        return Err(must_be(&path, "an object").hint(
            r#"Such as {"from": "2026-12-24", "to": "2027-01-01"}; both days are included."#,
        ));
    };
    let period = ObjectReader::at(path, period, &["from", "to"])?;
    let read = |key| {
        let text = period.get(key).and_then(Value::as_str);
        text.and_then(day::parse)
            .ok_or_else(|| must_be(&period.path_of(key), "a day, written as YYYY-MM-DD"))
    };
    let (from, to) = (read("from")?, read("to")?);
    if from > to {
        return Err(must_be(
            &period.path_of("to"),
            "the day of from or a later one",
        ));
    }
    Ok((from, to))
}

fn check_years(periods: &[(NaiveDate, NaiveDate)]) -> Result<(), Fault> {
    let mut days = BTreeMap::<i32, BTreeSet<NaiveDate>>::new();
    for (from, to) in periods {
        // Any year that a period fills is one too many; the rest need not be counted.
        for day in from.iter_days().take_while(|day| day <= to).take(400) {
            days.entry(day.year()).or_default().insert(day);
        }
    }
    match days.into_iter().find(|(_, days)| days.len() > MOST_DAYS) {
        None => Ok(()),
        Some((year, days)) => {
            let message = format!(
                "quiet_periods may have at most {MOST_DAYS} days of a calendar year, not {} of {year}",
                days.len()
            );
            Err(Fault::invalid("quiet_periods", message))
        }
    }
}

/// As they are stored.
pub fn write_quiet_periods(periods: &[QuietDays]) -> Value {
    let day = |number: LocalDay| {
        let day = i32::try_from(number + FIRST_DAY).ok();
        let day = day.and_then(NaiveDate::from_num_days_from_ce_opt);
        day.map(|day| day.to_string())
    };
    let write = |(first, next): &QuietDays| json!({ "from": day(*first), "to": day(next - 1) });
    periods.iter().map(write).collect()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn read(periods: Value) -> Result<Vec<QuietDays>, Fault> {
        let model = json!({ "quiet_periods": periods });
        let known = &["quiet_periods"];
        read_quiet_periods(&ObjectReader::of_document(
            "model",
            model.as_object().unwrap(),
            known,
        )?)
    }

    #[test]
    fn both_days_are_included() {
        let periods = json!([{ "from": "2000-01-01", "to": "2000-01-03" }, { "from": "1999-12-31", "to": "1999-12-31" }]);
        assert_eq!(read(periods.clone()).unwrap(), [(0, 3), (-1, 0)]);
        assert_eq!(
            write_quiet_periods(&read(periods.clone()).unwrap()),
            periods
        );
    }

    #[test]
    fn a_year_has_at_most_sixty_of_them() {
        let span = |from: &str, to: &str| json!({ "from": from, "to": to });
        assert!(read(json!([span("2026-01-01", "2026-03-01")])).is_ok());
        assert!(read(json!([span("2026-01-01", "2026-03-02")])).is_err());
        assert!(
            read(json!([
                span("2026-01-01", "2026-03-01"),
                span("2026-12-31", "2027-01-01")
            ]))
            .is_err()
        );
        // Named twice, counted once.
        assert!(
            read(json!([
                span("2026-01-01", "2026-03-01"),
                span("2026-02-01", "2026-02-20")
            ]))
            .is_ok()
        );
        assert!(read(json!([span("2026-12-01", "2027-02-20")])).is_ok());
        assert!(read(json!([span("0001-01-01", "9999-12-31")])).is_err());
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for bad in [
            json!({}),
            json!([1]),
            json!([{ "from": "2026-01-01" }]),
            json!([{ "from": "2026-01-02", "to": "2026-01-01" }]),
            json!([{ "from": "2026-02-29", "to": "2026-03-01" }]),
            json!([{ "from": "2026-02-28", "to": "2026-03-01", "name": "x" }]),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}
