//! Owns the grammar of `order=`: `column[.asc|.desc][.nullsfirst|.nullslast]`, several separated by commas. Pure.

use super::cursor::{Cursor, Parsed};
use super::limits::check_room;
use super::path::ColumnPath;

#[derive(Debug, PartialEq)]
pub(crate) struct OrderTerm {
    pub(crate) path: ColumnPath,
    /// SQL written here, not text of the request.
    pub(crate) direction: &'static str,
    pub(crate) nulls: &'static str,
}

pub(super) fn parse_terms(text: &str) -> Parsed<Vec<OrderTerm>> {
    let mut cursor = Cursor::new(text);
    let mut terms = Vec::new();
    loop {
        check_room(terms.len())?;
        terms.push(parse_term(&mut cursor)?);
        if cursor.is_end() {
            return Ok(terms);
        }
        cursor.require(",")?;
    }
}

fn parse_term(cursor: &mut Cursor<'_>) -> Parsed<OrderTerm> {
    let path = ColumnPath::parse(cursor)?;
    let direction = one_of(cursor, [(".asc", " asc"), (".desc", " desc")]);
    let nulls = one_of(
        cursor,
        [
            (".nullsfirst", " nulls first"),
            (".nullslast", " nulls last"),
        ],
    );
    match cursor.is_end() || cursor.starts_with(",") {
        true => Ok(OrderTerm {
            path,
            direction,
            nulls,
        }),
        false => Err(format!(
            "{:?} is not a direction; write column.asc or column.desc, and .nullsfirst or .nullslast after it",
            cursor.next_text()
        )),
    }
}

fn one_of(cursor: &mut Cursor<'_>, choices: [(&str, &'static str); 2]) -> &'static str {
    let found = choices.into_iter().find(|(word, _)| cursor.skip(word));
    found.map_or("", |(_, sql)| sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_nulls_are_read() {
        let terms = parse_terms("arr.desc.nullslast, crm->>n.asc,x.nullsfirst").unwrap();
        let written: Vec<_> = terms
            .iter()
            .map(|term| (term.path.result_name(), term.direction, term.nulls))
            .collect();
        assert_eq!(
            written,
            [
                ("arr", " desc", " nulls last"),
                ("n", " asc", ""),
                ("x", "", " nulls first")
            ]
        );
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "name,",
            "name.up",
            "name.desc.asc",
            "name.nullsfirst.desc",
            "name.",
            "name.descx",
        ] {
            assert!(parse_terms(text).is_err(), "{text}");
        }
    }
}
