//! Owns the order of the board's cards and the card after which a page of them begins. Pure.

use crate::pg::cursor::{Cursor, KeyType, not_a_cursor};
use crate::pg::fault::Fault;

/// How cards may be sorted; ties go by name, then by id.
const SORTS: [&str; 5] = ["overdue", "arr", "score", "renewal", "name"];

/// What cards are sorted by: a rank, which depends on the order, then their name.
const KEY_TYPES: [KeyType; 2] = [KeyType::Numeric, KeyType::Text];

/// The order asked for; by default those longest in the stage come first.
pub fn check_sort(sort: Option<&str>) -> Result<&str, Fault> {
    let sort = sort.unwrap_or("overdue");
    match SORTS.contains(&sort) {
        true => Ok(sort),
        false => Err(
            Fault::invalid("sort", format!("cards cannot be sorted by \"{sort}\""))
                .hint(format!("Known orders: {}.", SORTS.join(", "))),
        ),
    }
}

/// The last card of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct LastCard {
    /// What it was sorted by, a number as text; `None` comes last.
    pub rank: Option<String>,
    /// The name of its account.
    pub name: String,
    /// Its account's id.
    pub id: String,
}

impl LastCard {
    /// Reads the `next` of a page in this order. Errors: 22023 for anything else.
    pub fn decode(text: &str, sort: &str) -> Result<Self, Fault> {
        let cursor = Cursor::decode(text, sort, &KEY_TYPES)?;
        match cursor.keys() {
            [rank, Some(name)] => Ok(Self {
                rank: rank.clone(),
                name: name.clone(),
                id: cursor.id().to_owned(),
            }),
            _ => Err(not_a_cursor()),
        }
    }
}

/// The `next` of a page in this order that ends with a card of this rank and name.
pub fn encode_cursor(
    sort: &str,
    rank: Option<String>,
    name: String,
    id: String,
) -> Result<String, Fault> {
    Cursor::new(sort, vec![rank, Some(name)], id).encode()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const ID: &str = "07070707-0707-0707-0707-070707070707";

    #[test]
    fn a_cursor_reads_back() {
        for rank in [
            None,
            Some("0"),
            Some("-45000.50"),
            Some("1764000000.000001"),
        ] {
            let rank = rank.map(str::to_owned);
            let text =
                encode_cursor("arr", rank.clone(), "A \"b\"".to_owned(), ID.to_owned()).unwrap();
            let expected = LastCard {
                rank,
                name: "A \"b\"".to_owned(),
                id: ID.to_owned(),
            };
            assert_eq!(LastCard::decode(&text, "arr"), Ok(expected));
            assert!(LastCard::decode(&text, "name").is_err());
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for (rank, name) in [
            (Some("1; drop"), Some("x")),
            (Some("-"), Some("x")),
            (Some("1."), Some("x")),
            (Some("1"), Some("\0")),
            (Some("1"), None),
        ] {
            let keys = [rank, name].map(|key| key.map(str::to_owned)).to_vec();
            let text = Cursor::new("arr", keys, ID.to_owned()).encode().unwrap();
            assert!(LastCard::decode(&text, "arr").is_err(), "{rank:?} {name:?}");
        }
        for text in ["", "null", r#"["arr", "1", "x", "y"]"#] {
            assert!(LastCard::decode(text, "arr").is_err(), "{text}");
        }
    }

    #[test]
    fn only_known_orders_are_accepted() {
        assert_eq!(check_sort(None), Ok("overdue"));
        assert_eq!(check_sort(Some("arr")), Ok("arr"));
        assert!(check_sort(Some("ARR")).is_err());
    }
}
