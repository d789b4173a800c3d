//! Owns what a row of `record_arr` must be: one element of the array in, a step of an account's ARR or everything wrong with it out.
//! Pure.

use crate::accounts::AccountName;
use crate::pg::raw_object::{self as object, Pair};
use crate::pg::rejected_rows::Rejected;
use crate::pg::written_time::{self, WrittenTime};

/// From when on an account pays what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrRow<'a> {
    /// Its place in the array, from 0.
    pub index: usize,
    /// Whose it is.
    pub account: AccountName<'a>,
    /// The amount as it was written.
    pub amount: String,
    /// How often it is paid in a year.
    pub times: i32,
    /// From when on.
    pub from: WrittenTime,
}

/// Reads one element; what is wrong is added to `rejected`.
pub fn read_row<'a>(
    index: usize,
    element: &'a str,
    rejected: &mut Vec<Rejected>,
) -> Option<ArrRow<'a>> {
    let Some(pairs) = object::pairs(element) else {
        rejected.push(Rejected::new(index, "rows", "must be an array of objects"));
        return None;
    };
    let before = rejected.len();
    let mut add = |field: &str, reason: &'static str| {
        rejected.push(Rejected::new(index, field.to_owned(), reason));
    };
    for (key, _) in &pairs {
        if !KEYS.contains(&key.as_ref()) {
            add(key, "is not a key of a row");
        }
    }
    let account = AccountName::read(value(&pairs, "account_id"), value(&pairs, "external_id"));
    let account = account.map_err(|(field, reason)| add(field, reason));
    let amount = read_amount(&pairs).map_err(|(field, reason)| add(field, reason));
    let from = value(&pairs, "effective_from").and_then(object::text);
    let from = from.and_then(|text| written_time::read(&text));
    if from.is_none() {
        add(
            "effective_from",
            "must be a day such as 2026-03-31, or a moment",
        );
    }
    let (Ok(account), Ok((amount, times)), Some(from)) = (account, amount, from) else {
        return None;
    };
    (rejected.len() == before).then_some(ArrRow {
        index,
        account,
        amount,
        times,
        from,
    })
}

const KEYS: [&str; 5] = ["account_id", "external_id", "arr", "mrr", "effective_from"];

type Fault = (&'static str, &'static str);

fn value<'a>(pairs: &[Pair<'a>], key: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(name, _)| name == key);
    found.map(|(_, raw)| *raw)
}

fn read_amount(pairs: &[Pair<'_>]) -> Result<(String, i32), Fault> {
    let (field, raw, times) = match (value(pairs, "arr"), value(pairs, "mrr")) {
        (None, None) => return Err(("arr", "is missing, and so is mrr")),
        (Some(_), Some(_)) => return Err(("mrr", "must not be given together with arr")),
        (Some(raw), None) => ("arr", raw, 1),
        (None, Some(raw)) => ("mrr", raw, 12),
    };
    let number = object::number(raw);
    match number.map(|it| it * f64::from(times)) {
        Some(amount) if amount >= object::TOO_LARGE => Err((field, "must be a number below 1e15")),
        Some(amount) if amount >= 0.0 => {
            let told = object::text(raw).map_or_else(|| raw.to_owned(), |it| it.into_owned());
            Ok((told, times))
        }
        _ => Err((field, "must be a number of at least 0")),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn complaints(element: &str) -> Vec<String> {
        let mut rejected = Vec::new();
        let row = read_row(3, element, &mut rejected);
        assert_eq!(row.is_some(), rejected.is_empty(), "{element}");
        let told = rejected
            .iter()
            .map(|it| format!("{} {}", it.field, it.reason));
        told.collect()
    }

    #[test]
    fn a_row_is_an_account_an_amount_and_a_day() {
        let mut rejected = Vec::new();
        let row = read_row(
            7,
            r#"{"external_id": " A-1 ", "mrr": "1000.50", "effective_from": "2026-03-31"}"#,
            &mut rejected,
        );
        let expected = ArrRow {
            index: 7,
            account: AccountName::External("A-1".into()),
            amount: "1000.50".to_owned(),
            times: 12,
            from: written_time::read("2026-03-31").unwrap(),
        };
        assert_eq!(row, Some(expected));
    }

    #[test]
    fn everything_wrong_with_a_row_is_told() {
        for (element, told) in [
            ("1", &["rows must be an array of objects"][..]),
            (
                "{}",
                &[
                    "account_id is missing, and so is external_id",
                    "arr is missing, and so is mrr",
                    "effective_from must be a day such as 2026-03-31, or a moment",
                ],
            ),
            (
                r#"{"external_id": "A", "arr": -1, "effective_from": "2026-03-31"}"#,
                &["arr must be a number of at least 0"],
            ),
            (
                r#"{"external_id": "A", "mrr": 1e14, "effective_from": "2026-03-31"}"#,
                &["mrr must be a number below 1e15"],
            ),
            (
                r#"{"external_id": "A", "arr": 1, "mrr": 1, "effective_from": "2026-02-30", "note": "x"}"#,
                &[
                    "note is not a key of a row",
                    "mrr must not be given together with arr",
                    "effective_from must be a day such as 2026-03-31, or a moment",
                ],
            ),
        ] {
            assert_eq!(complaints(element), told, "{element}");
        }
    }
}
