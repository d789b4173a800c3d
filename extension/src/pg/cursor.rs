//! Owns what cursors, the marks where a page of rows ended, have in common: what one may hold, how a wrong one is refused. Pure.

use super::fault::Fault;

/// The refusal of an `after` that is not a cursor of these rows in this order.
pub fn refused(why: &str) -> Fault {
    Fault::invalid("after", why)
        .hint("Pass the value of next, with the same sort; leave it out for the first page.")
}

/// The most digits that `numeric` reads before and after the point.
const LONGEST: (usize, usize) = (131_072, 16_383);

/// Whether a text is a number as `numeric` is written, without exponent, and within what it reads.
pub fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_short = whole.len() <= LONGEST.0 && fraction.len() <= LONGEST.1;
    is_short && digits(whole) && digits(fraction)
}

/// Whether PostgreSQL accepts it as text.
pub fn is_text(text: &str) -> bool {
    !text.contains('\0')
}

/// Whether a text is an id.
pub fn is_id(text: &str) -> bool {
    uuid::Uuid::try_parse(text).is_ok()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_stands_as_postgresql_writes_it() {
        for good in ["0", "-45000.50", "1764000000.000001", "007"] {
            assert!(is_number(good), "{good}");
        }
        for bad in [
            "", "-", "1.", ".5", "1e9", "+1", " 1", "1; drop", "NaN", "1.2.3", "--1", "Infinity",
        ] {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_is_no_longer_than_can_be_read() {
        assert!(is_number(&"9".repeat(LONGEST.0)));
        assert!(!is_number(&"9".repeat(LONGEST.0 + 1)));
        assert!(is_number(&format!("0.{}", "9".repeat(LONGEST.1))));
        assert!(!is_number(&format!("0.{}", "9".repeat(LONGEST.1 + 1))));
    }

    proptest! {
        #[test]
        fn every_number_of_a_page_is_one(whole: i64, fraction: u32) {
            let number = format!("{whole}.{fraction}");
            prop_assert!(is_number(&number));
        }
    }
}
