//! The grammar of `order=`: `column[.asc|.desc][.nullsfirst|.nullslast]`, several separated by commas.

use super::cursor::{Cursor, Read};
use super::path::Path;

#[derive(Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) path: Path,
    /// SQL of ours, no word of the request.
    pub(crate) direction: &'static str,
    pub(crate) nulls: &'static str,
}

pub(super) fn read(text: &str) -> Read<Vec<Term>> {
    let mut cursor = Cursor::new(text);
    let mut terms = Vec::new();
    loop {
        terms.push(term(&mut cursor)?);
        if cursor.is_end() {
            return Ok(terms);
        }
        cursor.needs(",")?;
    }
}

fn term(cursor: &mut Cursor<'_>) -> Read<Term> {
    let path = Path::read(cursor)?;
    let direction = one_of(cursor, [(".asc", " asc"), (".desc", " desc")]);
    let nulls = one_of(
        cursor,
        [
            (".nullsfirst", " nulls first"),
            (".nullslast", " nulls last"),
        ],
    );
    match cursor.is_end() || cursor.sees(",") {
        true => Ok(Term {
            path,
            direction,
            nulls,
        }),
        false => Err(format!(
            "{:?} is no direction; write column.asc or column.desc, and .nullsfirst or .nullslast after it",
            cursor.near()
        )),
    }
}

fn one_of(cursor: &mut Cursor<'_>, choices: [(&str, &'static str); 2]) -> &'static str {
    let found = choices.into_iter().find(|(word, _)| cursor.eats(word));
    found.map_or("", |(_, sql)| sql)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_nulls_are_read() {
        let terms = read("arr.desc.nullslast, crm->>n.asc,x.nullsfirst").unwrap();
        let written: Vec<_> = terms
            .iter()
            .map(|term| (term.path.called(), term.direction, term.nulls))
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
            assert!(read(text).is_err(), "{text}");
        }
    }
}
