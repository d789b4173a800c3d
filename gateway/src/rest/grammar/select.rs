//! Owns the grammar of `select=`: `column`, `name:column`, `column->key`, `column::type`, `*`, separated by commas.
//! Pure.

use super::cursor::{Cursor, Parsed};
use super::limits::check_room;
use super::path::ColumnPath;

/// The types a value may be requested as; none of these casts can do harm.
const CASTS: [(&str, &str); 16] = [
    ("text", "pg_catalog.text"),
    ("integer", "pg_catalog.int4"),
    ("int", "pg_catalog.int4"),
    ("int4", "pg_catalog.int4"),
    ("bigint", "pg_catalog.int8"),
    ("int8", "pg_catalog.int8"),
    ("numeric", "pg_catalog.numeric"),
    ("float", "pg_catalog.float8"),
    ("float8", "pg_catalog.float8"),
    ("boolean", "pg_catalog.bool"),
    ("bool", "pg_catalog.bool"),
    ("date", "pg_catalog.date"),
    ("timestamptz", "pg_catalog.timestamptz"),
    ("uuid", "pg_catalog.uuid"),
    ("json", "pg_catalog.json"),
    ("jsonb", "pg_catalog.jsonb"),
];
/// The database would cut a longer name.
pub(crate) const MAX_NAME_BYTES: usize = 63;

#[derive(Debug, PartialEq)]
pub(crate) enum SelectItem {
    Star,
    Column {
        name: Option<String>,
        path: ColumnPath,
        cast: Option<&'static str>,
    },
}

pub(super) fn parse_items(text: &str) -> Parsed<Vec<SelectItem>> {
    let mut cursor = Cursor::new(text);
    let mut items = Vec::new();
    loop {
        check_room(items.len())?;
        items.push(parse_item(&mut cursor)?);
        if cursor.is_end() {
            return Ok(items);
        }
        refuse_unsupported(cursor)?;
        cursor.require(",")?;
    }
}

fn parse_item(cursor: &mut Cursor<'_>) -> Parsed<SelectItem> {
    if cursor.skip("*") {
        return Ok(SelectItem::Star);
    }
    refuse_unsupported(*cursor)?;
    let mut name = None;
    let mut first = cursor.parse_name()?;
    if cursor.starts_with(":") && !cursor.starts_with("::") {
        cursor.require(":")?;
        if first.len() > MAX_NAME_BYTES {
            return Err(format!("a name may have at most {MAX_NAME_BYTES} bytes"));
        }
        name = Some(first);
        first = cursor.parse_name()?;
    }
    let path = ColumnPath::parse_steps(first, cursor)?;
    let cast = match cursor.skip("::") {
        true => Some(parse_cast(&cursor.parse_name()?)?),
        false => None,
    };
    Ok(SelectItem::Column { name, path, cast })
}

/// Refuses what PostgREST supports beyond columns and this server does not.
fn refuse_unsupported(cursor: Cursor<'_>) -> Parsed<()> {
    match cursor.rest().chars().next() {
        Some('(' | '!') => Err(
            "rows of other views cannot be embedded; read that view in a request of its own"
                .to_owned(),
        ),
        Some('.') if cursor.starts_with("...") => Err(
            "rows of other views cannot be embedded; read that view in a request of its own"
                .to_owned(),
        ),
        Some('.') => Err("sums and counts are not supported here".to_owned()),
        _ => Ok(()),
    }
}

fn parse_cast(name: &str) -> Parsed<&'static str> {
    let known = CASTS.iter().find(|(known, _)| *known == name);
    known.map(|(_, sql)| *sql).ok_or_else(|| {
        let names: Vec<_> = CASTS.iter().map(|(name, _)| *name).collect();
        format!("there is no type {name}; the types are {}", names.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_paths_and_types_are_read() {
        let items = parse_items("*,a,full:name,crm->>segment,x:crm->n::integer").unwrap();
        assert_eq!(items.len(), 5);
        assert_eq!(items[0], SelectItem::Star);
        let SelectItem::Column { name, path, cast } = &items[4] else {
            panic!("{items:?}")
        };
        assert_eq!(name.as_deref(), Some("x"));
        assert_eq!(path.column, "crm");
        assert_eq!(*cast, Some("pg_catalog.int4"));
    }

    #[test]
    fn embedding_is_refused_in_clear_words() {
        for text in [
            "*,accounts(*)",
            "a:accounts!fk(id)",
            "...accounts(id)",
            "accounts!inner(id)",
        ] {
            assert!(
                parse_items(text).unwrap_err().contains("embedded"),
                "{text}"
            );
        }
        assert!(parse_items("arr.sum()").unwrap_err().contains("sums"));
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            ",",
            "a,",
            "a::regclass",
            "a::",
            "a:",
            ":a",
            "a b::text x",
            "a->>b->c",
            "\"a",
            "\"\":name",
            "name:\"\"",
            "crm->\"\"",
            "crm->>\"\"",
        ] {
            assert!(parse_items(text).is_err(), "{text}");
        }
        assert!(parse_items(&format!("{}:a", "x".repeat(64))).is_err());
    }
}
