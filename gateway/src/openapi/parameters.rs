//! Owns the parameters of the grammar, described once; and one for each column that can be filtered. Pure.

use crate::catalogue::schema::{Argument, Column, TypeKind};
use serde_json::{Value, json};

/// The parameters of every operation that reads rows, by name.
pub(super) fn common(max_rows: u32) -> Value {
    let query = |name: &str, schema: Value, description: &str| json!({ "name": name, "in": "query", "required": false, "schema": schema, "description": description });
    let header = |name: &str, description: &str| {
        json!({
            "name": name, "in": "header", "required": false,
            "schema": { "type": "string" }, "description": description,
        })
    };
    let text = || json!({ "type": "string" });
    let from_zero = || json!({ "type": "integer", "minimum": 0, "maximum": i64::MAX });
    json!({
        "select": query("select", text(), "Columns, as name:column->key::type, separated by commas; all without it"),
        "and": query("and", text(), "Filters that must all hold: (a.gt.1,or(b.is.null,b.eq.x))"),
        "or": query("or", text(), "Filters of which one must hold: (a.eq.1,b.eq.2)"),
        "order": query("order", text(), "column.desc.nullslast, several separated by commas"),
        "limit": query("limit", from_zero(), &format!("The maximum number of rows; JSON has at most {max_rows}")),
        "offset": query("offset", from_zero(), "How many rows to skip"),
        "range": header("Range", "Rows from-to, such as 0-24, instead of limit and offset"),
        "prefer": header("Prefer", "count=exact counts all rows into Content-Range"),
    })
}

/// The common parameters of an operation, except those whose names are taken.
pub(super) fn references<'a>(
    is_taken: impl Fn(&str) -> bool + 'a,
) -> impl Iterator<Item = Value> + 'a {
    [
        "select", "and", "or", "order", "limit", "offset", "range", "prefer",
    ]
    .into_iter()
    .filter(move |name| !is_taken(name))
    .map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }))
}

/// Whether a filter of that name would be read as a word of the grammar.
pub(super) fn is_grammar_word(name: &str) -> bool {
    [
        "select", "and", "or", "not.and", "not.or", "order", "limit", "offset",
    ]
    .contains(&name)
}

pub(super) fn filter(column: &Column) -> Value {
    let operators = match column.data_type.kind {
        TypeKind::Json | TypeKind::Opaque => "is.null",
        TypeKind::Text => "eq. neq. gt. gte. lt. lte. like. ilike. in.(…) is.null",
        TypeKind::Bool => "eq. neq. is.true is.false is.null",
        TypeKind::Jsonb | TypeKind::Array | TypeKind::Range => "eq. neq. cs. cd. is.null",
        TypeKind::Enum | TypeKind::Number | TypeKind::Value => {
            "eq. neq. gt. gte. lt. lte. in.(…) is.null"
        }
    };
    json!({
        "name": column.name, "in": "query", "required": false,
        "schema": { "type": "string" },
        "description": format!("A filter, of {}: {operators}; not. may precede it", column.data_type.name),
    })
}

pub(super) fn argument(argument: &Argument) -> Value {
    let mut schema = super::types::schema_of(&argument.data_type);
    // a query contains text: what is not a simple value is written as PostgreSQL or JSON would write it
    if matches!(
        argument.data_type.kind,
        TypeKind::Array | TypeKind::Json | TypeKind::Jsonb | TypeKind::Opaque
    ) {
        schema.clear();
        schema.insert("type".to_owned(), json!("string"));
    }
    json!({
        "name": argument.name, "in": "query", "required": argument.required,
        "schema": schema,
        "description": format!("Of type {}", argument.data_type.name),
    })
}
