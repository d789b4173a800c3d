//! Owns the order of cards and the place where a page of them ended, as text: what a cursor says is checked here. Pure.

use crate::pg::cursor;
use crate::pg::fault::Fault;

/// How cards may be sorted; ties go by name, then by id.
const SORTS: [&str; 5] = ["overdue", "arr", "score", "renewal", "name"];

/// The rank of cards that have nothing to be sorted by.
const LAST: &str = "Infinity";

/// The order asked for, the longest in the stage first unless told.
pub fn check_sort(sort: Option<&str>) -> Result<&str, Fault> {
    let sort = sort.unwrap_or("overdue");
    match SORTS.contains(&sort) {
        true => Ok(sort),
        false => Err(
            Fault::invalid("sort", format!("cards are not sorted by \"{sort}\""))
                .hint(format!("Known here: {}.", SORTS.join(", "))),
        ),
    }
}

/// The last card of a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What it was sorted by, a number as text.
    pub rank: String,
    /// Its name.
    pub name: String,
    /// Its account's id.
    pub id: String,
}

impl Cursor {
    /// Reads what `next` said of a page in this order.
    pub fn read(text: &str, sort: &str) -> Result<Self, Fault> {
        let read = serde_json::from_str::<[String; 4]>(text).ok();
        match read {
            Some([its_sort, rank, name, id])
                if its_sort == sort
                    && (rank == LAST || cursor::is_number(&rank))
                    && cursor::is_text(&name)
                    && cursor::is_id(&id) =>
            {
                Ok(Self { rank, name, id })
            }
            _ => Err(cursor::refused(
                "this is not where a page in this order ended",
            )),
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const ID: &str = "0190a1b2-0000-7000-8000-000000000001";

    #[test]
    fn a_cursor_reads_back() {
        for rank in ["Infinity", "0", "-45000.50", "1764000000.000001"] {
            let text = serde_json::json!(["arr", rank, "A \"b\"", ID]).to_string();
            let read = Cursor::read(&text, "arr").unwrap();
            assert_eq!((read.rank.as_str(), read.name.as_str()), (rank, "A \"b\""));
        }
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"["arr", "1", "x"]"#,
            r#"["arr", "1", "x", "y"]"#,
            r#"["arr", 1, "x", "0190a1b2-0000-7000-8000-000000000001"]"#,
            r#"["arr", "1; drop", "x", "0190a1b2-0000-7000-8000-000000000001"]"#,
            r#"["arr", "-", "x", "0190a1b2-0000-7000-8000-000000000001"]"#,
            r#"["arr", "1.", "x", "0190a1b2-0000-7000-8000-000000000001"]"#,
            r#"["arr", "1", "\u0000", "0190a1b2-0000-7000-8000-000000000001"]"#,
            r#"["name", "1", "x", "0190a1b2-0000-7000-8000-000000000001"]"#,
        ] {
            assert!(Cursor::read(text, "arr").is_err(), "{text}");
        }
    }

    #[test]
    fn only_known_orders_are_taken() {
        assert_eq!(check_sort(None), Ok("overdue"));
        assert_eq!(check_sort(Some("arr")), Ok("arr"));
        assert!(check_sort(Some("ARR")).is_err());
    }
}
