//! The grammar of `select=`: `column`, `name:column`, `column->key`, `column::type`, `*`, separated by commas.

use super::cursor::{Cursor, Read};
use super::path::Path;

/// The types a value may be asked for as: casts of which none can do harm.
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
/// A longer name would be cut by the database.
const NAME_BYTES: usize = 63;

#[derive(Debug, PartialEq)]
pub(crate) enum Item {
    Star,
    One {
        name: Option<String>,
        path: Path,
        cast: Option<&'static str>,
    },
}

pub(super) fn read(text: &str) -> Read<Vec<Item>> {
    let mut cursor = Cursor::new(text);
    let mut items = Vec::new();
    loop {
        items.push(item(&mut cursor)?);
        if cursor.is_end() {
            return Ok(items);
        }
        follows(cursor)?;
        cursor.needs(",")?;
    }
}

fn item(cursor: &mut Cursor<'_>) -> Read<Item> {
    if cursor.eats("*") {
        return Ok(Item::Star);
    }
    follows(*cursor)?;
    let mut name = None;
    let mut first = cursor.name()?;
    if cursor.sees(":") && !cursor.sees("::") {
        cursor.needs(":")?;
        if first.len() > NAME_BYTES {
            return Err(format!("a name has at most {NAME_BYTES} bytes"));
        }
        name = Some(first);
        first = cursor.name()?;
    }
    let path = Path::from(first, cursor)?;
    let cast = match cursor.eats("::") {
        true => Some(cast(&cursor.name()?)?),
        false => None,
    };
    Ok(Item::One { name, path, cast })
}

/// What PostgREST offers beyond columns, and this server does not.
fn follows(cursor: Cursor<'_>) -> Read<()> {
    match cursor.rest().chars().next() {
        Some('(' | '!') => {
            Err("rows of other views cannot be embedded; read that view by itself".to_owned())
        }
        Some('.') if cursor.sees("...") => {
            Err("rows of other views cannot be embedded; read that view by itself".to_owned())
        }
        Some('.') => Err("sums and counts are not offered here".to_owned()),
        _ => Ok(()),
    }
}

fn cast(name: &str) -> Read<&'static str> {
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
        let items = read("*,a,full:name,crm->>segment,x:crm->n::integer").unwrap();
        assert_eq!(items.len(), 5);
        assert_eq!(items[0], Item::Star);
        let Item::One { name, path, cast } = &items[4] else {
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
            assert!(read(text).unwrap_err().contains("embedded"), "{text}");
        }
        assert!(read("arr.sum()").unwrap_err().contains("sums"));
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
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&format!("{}:a", "x".repeat(64))).is_err());
    }
}
