//! Owns the cursors by which lists are paged: where a page of rows ended, passed back as `after`. One format for every
//! list: JSON in base64url. Also how many rows a page has. Pure.

use super::fault::{Fault, within};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The type of a key by which rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyType {
    /// numeric, but neither NaN nor infinite
    Numeric,
    /// text
    Text,
    /// date
    Date,
    /// integer
    Integer,
}

impl KeyType {
    /// As SQL names it.
    pub const fn sql_name(self) -> &'static str {
        match self {
            Self::Numeric => "numeric",
            Self::Text => "text",
            Self::Date => "date",
            Self::Integer => "integer",
        }
    }

    /// Whether PostgreSQL reads a text as a value of this type.
    fn accepts(self, text: &str) -> bool {
        match self {
            Self::Numeric => is_number(text),
            Self::Integer => text.parse::<i32>().is_ok(),
            Self::Date => text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok(),
            Self::Text => !text.contains('\0'),
        }
    }
}

/// Where a page ended: the order of its rows and, of the last one, the keys and the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cursor {
    sort: String,
    keys: Vec<Option<String>>,
    id: String,
}

impl Cursor {
    /// After the row with these keys, as text, in this order; `None` is a missing value, which comes last.
    pub fn new(sort: &str, keys: Vec<Option<String>>, id: String) -> Self {
        Self {
            sort: sort.to_owned(),
            keys,
            id,
        }
    }

    /// The text that callers pass back.
    pub fn encode(&self) -> Result<String, Fault> {
        serde_json::to_vec(self)
            .map(|it| URL_SAFE_NO_PAD.encode(it))
            .map_err(|_| Fault::internal("a cursor cannot be written"))
    }

    /// Reads a cursor of rows in this order, whose keys are of these types. Errors: 22023 for anything else.
    pub fn decode(text: &str, sort: &str, types: &[KeyType]) -> Result<Self, Fault> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let read: Option<Self> = bytes.and_then(|it| serde_json::from_slice(&it).ok());
        let cursor = read.ok_or_else(not_a_cursor)?;
        if cursor.sort != sort {
            return Err(refuse("after is a cursor of a different order"));
        }
        let keys = types.iter().zip(&cursor.keys);
        let is_sound = cursor.keys.len() == types.len()
            && keys
                .into_iter()
                .all(|(key_type, text)| text.as_deref().is_none_or(|text| key_type.accepts(text)))
            && uuid::Uuid::try_parse(&cursor.id).is_ok();
        is_sound.then_some(cursor).ok_or_else(not_a_cursor)
    }

    /// The keys of the last row.
    pub fn keys(&self) -> &[Option<String>] {
        &self.keys
    }

    /// The id of the last row.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// What is passed as `after` is not a cursor of this list.
pub fn not_a_cursor() -> Fault {
    refuse("after is not a cursor of this list")
}

fn refuse(why: &str) -> Fault {
    Fault::invalid("after", why).hint(
        "Pass the next of the page before, with the same sort; leave it out for the first page.",
    )
}

/// How many rows a page has: a usual number, unless the caller asks for one within the bounds.
#[derive(Debug)]
pub struct PageSize {
    /// Without an argument.
    pub usual: i32,
    /// What may be asked for.
    pub bounds: RangeInclusive<i32>,
}

impl PageSize {
    /// The size a caller asked for. Errors: 22023 for the argument where it is out of bounds.
    pub fn check(&self, argument: &str, asked: Option<i32>) -> Result<i32, Fault> {
        within(argument, asked.unwrap_or(self.usual), self.bounds.clone())
    }
}

/// The most digits that `numeric` reads before and after the point.
const MOST_DIGITS: (usize, usize) = (131_072, 16_383);

/// Whether a text is a number as `numeric` is written, without exponent, and within what it reads.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let is_short = whole.len() <= MOST_DIGITS.0 && fraction.len() <= MOST_DIGITS.1;
    is_short && digits(whole) && digits(fraction)
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use proptest::prelude::*;

    const ID: &str = "07070707-0707-0707-0707-070707070707";

    fn cursor(sort: &str, keys: &[Option<&str>]) -> String {
        let keys = keys.iter().map(|key| key.map(str::to_owned)).collect();
        Cursor::new(sort, keys, ID.to_owned()).encode().unwrap()
    }

    #[test]
    fn a_cursor_reads_back() {
        for keys in [
            [None, Some("é")],
            [Some("0"), Some("A \"b\"")],
            [Some("-45000.50"), None],
            [Some("1764000000.000001"), Some("")],
        ] {
            let text = cursor("arr", &keys);
            let read = Cursor::decode(&text, "arr", &[KeyType::Numeric, KeyType::Text]).unwrap();
            let read_keys = read.keys().iter().map(Option::as_deref);
            assert_eq!(read_keys.collect::<Vec<_>>(), keys);
            assert_eq!(read.id(), ID);
            assert_eq!(read.encode().unwrap(), text);
        }
    }

    #[test]
    fn another_order_and_keys_of_another_type_are_refused() {
        let types = [KeyType::Numeric, KeyType::Text];
        let message = |text: &str, types: &[KeyType]| {
            let refused = Cursor::decode(text, "arr", types).unwrap_err();
            refused.message().to_owned()
        };
        let other = cursor("name", &[Some("1"), Some("x")]);
        assert_eq!(
            message(&other, &types),
            "after is a cursor of a different order"
        );
        for keys in [
            vec![],
            vec![Some("1")],
            vec![Some("1"), None, None],
            vec![Some("1; drop"), Some("x")],
            vec![Some("-"), Some("x")],
            vec![Some("1."), Some("x")],
            vec![Some("Infinity"), Some("x")],
            vec![Some("1"), Some("\0")],
        ] {
            let text = cursor("arr", &keys);
            assert_eq!(
                message(&text, &types),
                "after is not a cursor of this list",
                "{keys:?}"
            );
        }
        for (key_type, key) in [
            (KeyType::Date, "2027-02-30"),
            (KeyType::Date, "27-02-03"),
            (KeyType::Integer, "1.5"),
        ] {
            let text = cursor("arr", &[Some(key)]);
            assert!(Cursor::decode(&text, "arr", &[key_type]).is_err(), "{key}");
        }
    }

    #[test]
    fn other_documents_are_refused() {
        for json in [
            "",
            "null",
            "[]",
            "{}",
            r#"["arr", "1", "x"]"#,
            r#"{"sort": "arr", "keys": [1], "id": "07070707-0707-0707-0707-070707070707"}"#,
            r#"{"sort": "arr", "keys": ["1"], "id": "y"}"#,
            r#"{"sort": "arr", "keys": ["1"]}"#,
            r#"{"sort": "arr", "keys": ["1"], "id": "07070707-0707-0707-0707-070707070707", "more": 1}"#,
        ] {
            let text = URL_SAFE_NO_PAD.encode(json);
            let read = Cursor::decode(&text, "arr", &[KeyType::Numeric]);
            assert!(read.is_err(), "{json}");
        }
    }

    #[test]
    fn a_page_has_its_usual_size_unless_asked() {
        let size = PageSize {
            usual: 50,
            bounds: 1..=500,
        };
        assert_eq!(size.check("page_size", None), Ok(50));
        assert_eq!(size.check("page_size", Some(500)), Ok(500));
        for wrong in [0, 501] {
            assert!(size.check("page_size", Some(wrong)).is_err());
        }
    }

    #[test]
    fn a_number_is_as_postgresql_writes_it() {
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
        assert!(is_number(&"9".repeat(MOST_DIGITS.0)));
        assert!(!is_number(&"9".repeat(MOST_DIGITS.0 + 1)));
        assert!(is_number(&format!("0.{}", "9".repeat(MOST_DIGITS.1))));
        assert!(!is_number(&format!("0.{}", "9".repeat(MOST_DIGITS.1 + 1))));
    }

    proptest! {
        #[test]
        fn every_number_of_a_page_is_one(whole: i64, fraction: u32) {
            let number = format!("{whole}.{fraction}");
            prop_assert!(is_number(&number));
        }

        #[test]
        fn garbage_is_refused(text: String) {
            prop_assert!(Cursor::decode(&text, "name", &[KeyType::Text]).is_err());
        }
    }
}
