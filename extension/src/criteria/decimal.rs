//! Owns numbers as criteria compare them: exact decimals, as PostgreSQL's `numeric` is, so that 0.1 is 0.1. Pure.

use std::cmp::Ordering;
use std::fmt;

/// A finite decimal number: 0.`digits` × 10^`point`, without leading or trailing zeros; no digits are zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    digits: String,
    point: i64,
}

impl Decimal {
    /// Reads what JSON and `numeric` write: `-12.50`, `1e-7`. `None` for NaN, infinities and everything that is not a number.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, size) = match text.strip_prefix('-') {
            Some(size) => (true, size),
            None => (false, text),
        };
        let (mantissa, exponent) = match size.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (size, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if whole.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Some(Self::of(
            negative,
            &digits,
            length(whole) + i64::from(exponent),
        ))
    }

    /// `point` says how many of the digits come before the decimal point.
    fn of(negative: bool, digits: &str, point: i64) -> Self {
        let significant = digits.trim_start_matches('0');
        let leading = length(digits) - length(significant);
        match significant.trim_end_matches('0') {
            "" => Self {
                negative: false,
                digits: String::new(),
                point: 0,
            },
            significant => Self {
                negative,
                digits: significant.to_owned(),
                point: point - leading,
            },
        }
    }

    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

fn length(digits: &str) -> i64 {
    i64::try_from(digits.len()).unwrap_or(i64::MAX)
}

impl From<i64> for Decimal {
    fn from(number: i64) -> Self {
        let digits = number.unsigned_abs().to_string();
        Self::of(number < 0, &digits, length(&digits))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sign().cmp(&other.sign()).then_with(|| {
            let size = (self.point, &self.digits).cmp(&(other.point, &other.digits));
            if self.negative { size.reverse() } else { size }
        })
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Up to this many digits before the point a number is printed without an exponent.
const LONGEST_PLAIN: usize = 21;

/// As JSON and `numeric` read it; very large and very small numbers with an exponent.
impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let (digits, point) = (&self.digits, usize::try_from(self.point));
        match point {
            Ok(0) if digits.is_empty() => out.write_str("0"),
            Ok(point) if point > 0 && point <= LONGEST_PLAIN => {
                let (whole, fraction) = digits.split_at(point.min(digits.len()));
                let point_or_none = if fraction.is_empty() { "" } else { "." };
                write!(out, "{sign}{whole:0<point$}{point_or_none}{fraction}")
            }
            Ok(0) => write!(out, "{sign}0.{digits}"),
            _ => write!(out, "{sign}0.{digits}e{}", self.point),
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn one_number_has_many_spellings() {
        for (left, right) in [
            ("0", "-0.00"),
            ("0", "0e9"),
            ("40", "40.0"),
            ("40", "4e1"),
            ("40", "0004E+1"),
            ("0.1", "1e-1"),
            ("-12.50", "-12.5"),
        ] {
            assert_eq!(number(left), number(right), "{left} {right}");
        }
    }

    #[test]
    fn order_is_that_of_numbers_and_exact() {
        let ordered = [
            "-1e300",
            "-100",
            "-12.5",
            "-12",
            "-0.001",
            "0",
            "1e-300",
            "0.1",
            "0.10000000000000000000001",
            "9",
            "10",
            "123456789012345678901234567890",
            "123456789012345678901234567891",
            "1e300",
        ];
        for (at, left) in ordered.iter().enumerate() {
            for (other, right) in ordered.iter().enumerate() {
                assert_eq!(
                    number(left).cmp(&number(right)),
                    at.cmp(&other),
                    "{left} {right}"
                );
            }
        }
    }

    #[test]
    fn a_number_prints_as_people_write_it() {
        for (text, printed) in [
            ("-0.0", "0"),
            ("40.0", "40"),
            ("-12.50", "-12.5"),
            ("0.1", "0.1"),
            ("1e3", "1000"),
            ("1e300", "0.1e301"),
            ("0.01", "0.1e-1"),
        ] {
            assert_eq!(number(text).to_string(), printed, "{text}");
            assert_eq!(number(printed), number(text));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for bad in [
            "",
            "-",
            ".",
            ".5",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e",
            "1e99999999999",
            "0x10",
            "1 ",
            "1,5",
            "--1",
            "1.2.3",
        ] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn integers_keep_their_order(left: i64, right: i64) {
            prop_assert_eq!(Decimal::from(left).cmp(&Decimal::from(right)), left.cmp(&right));
            prop_assert_eq!(Decimal::parse(&left.to_string()), Some(Decimal::from(left)));
        }

        #[test]
        fn floats_keep_their_order(left in -1e20..1e20_f64, right in -1e-20..1e20_f64) {
            let read = |it: f64| Decimal::parse(&it.to_string()).unwrap();
            prop_assert_eq!(Some(read(left).cmp(&read(right))), left.partial_cmp(&right));
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Decimal::parse(&text);
        }
    }
}
