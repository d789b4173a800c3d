//! Types as JSON schemas.

use crate::catalogue::schema::{Argument, Column, DataType, TypeKind};
use serde_json::{Map, Value, json};

/// The schema of a value that is not null.
pub(super) fn data(data: &DataType) -> Map<String, Value> {
    let schema = match data.kind {
        TypeKind::Json | TypeKind::Jsonb => json!({ "description": "any JSON" }),
        TypeKind::Array => json!({
            "type": "array",
            "items": data.element.as_ref().map_or_else(|| json!({}), |of| nullable(of)),
        }),
        TypeKind::Enum => json!({ "type": "string", "enum": data.labels }),
        TypeKind::Bool => json!({ "type": "boolean" }),
        TypeKind::Number => match data.base.as_str() {
            "int2" | "int4" => json!({ "type": "integer", "format": "int32" }),
            "int8" => json!({ "type": "integer", "format": "int64" }),
            "numeric" | "float4" | "float8" => json!({ "type": "number" }),
            _ => json!({ "type": ["number", "string"] }),
        },
        TypeKind::Opaque => json!({}),
        TypeKind::Text | TypeKind::Range | TypeKind::Value => match data.base.as_str() {
            "uuid" => json!({ "type": "string", "format": "uuid" }),
            "date" => json!({ "type": "string", "format": "date" }),
            "timestamptz" => json!({ "type": "string", "format": "date-time" }),
            "text" | "varchar" | "bpchar" => json!({ "type": "string" }),
            _ => json!({ "type": "string", "x-type": data.name }),
        },
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn nullable(of: &DataType) -> Value {
    let mut schema = data(of);
    if let Some(known @ Value::String(_)) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([known, "null"]));
    } else if let Some(Value::Array(known)) = schema.get_mut("type") {
        known.push(json!("null"));
    }
    if let Some(Value::Array(labels)) = schema.get_mut("enum") {
        labels.push(Value::Null);
    }
    Value::Object(schema)
}

/// An object of a view. No property is required: `select` may leave out any.
pub(super) fn row(columns: &[Column], comment: Option<&str>) -> Value {
    let properties: Map<String, Value> = columns
        .iter()
        .map(|column| {
            let schema = match column.nullable {
                true => nullable(&column.data_type),
                false => Value::Object(data(&column.data_type)),
            };
            (
                column.name.clone(),
                described(schema, column.comment.as_deref()),
            )
        })
        .collect();
    described(
        json!({ "type": "object", "properties": properties }),
        comment,
    )
}

/// A function's result.
pub(super) fn result(returns: Option<&DataType>) -> Value {
    returns.map_or_else(|| json!({}), nullable)
}

/// The arguments of a call as one object.
pub(super) fn arguments(arguments: &[Argument]) -> Value {
    let properties: Map<String, Value> = arguments
        .iter()
        .map(|argument| (argument.name.clone(), one_argument(argument)))
        .collect();
    let required: Vec<_> = arguments
        .iter()
        .filter(|argument| argument.required)
        .map(|argument| argument.name.as_str())
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

pub(super) fn one_argument(argument: &Argument) -> Value {
    let mut schema = nullable(&argument.data_type);
    if let (Value::Object(schema), Some(default)) = (&mut schema, argument.default.as_deref()) {
        match literal(default) {
            Some(value) => schema.insert("default".to_owned(), value),
            None => schema.insert("x-default".to_owned(), json!(default)),
        };
    }
    schema
}

/// A default that is a constant, as JSON; others are known only to PostgreSQL.
fn literal(sql: &str) -> Option<Value> {
    let (value, cast) = sql.split_once("::").unwrap_or((sql, ""));
    match value {
        "NULL" => Some(Value::Null),
        "true" => Some(json!(true)),
        "false" => Some(json!(false)),
        _ if !value.starts_with('\'') => value.parse::<i64>().ok().map(|number| json!(number)),
        _ if cast != "text" => None,
        _ => {
            let text = value.strip_prefix('\'')?.strip_suffix('\'')?;
            (!text.contains(['\'', '\\'])).then(|| json!(text))
        }
    }
}

fn described(mut schema: Value, comment: Option<&str>) -> Value {
    if let (Value::Object(schema), Some(comment)) = (&mut schema, comment) {
        schema.insert("description".to_owned(), json!(comment));
    }
    schema
}

pub(super) fn error() -> Value {
    json!({
        "type": "object",
        "description": "Every refusal: SQLSTATE, a sentence, what it is about, what to do",
        "properties": {
            "code": { "type": "string" },
            "message": { "type": "string" },
            "details": { "description": "An object with field, current or open_milestones, or a text" },
            "hint": { "type": ["string", "null"] },
        },
        "required": ["code", "message", "details", "hint"],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::schema::fixtures;

    #[test]
    fn constants_are_told_as_json() {
        assert_eq!(literal("NULL::uuid"), Some(Value::Null));
        assert_eq!(literal("true"), Some(json!(true)));
        assert_eq!(literal("50"), Some(json!(50)));
        assert_eq!(literal("'a'::text"), Some(json!("a")));
        for other in ["now()", "'{}'::jsonb", "'it''s'::text", "cs.f()"] {
            assert_eq!(literal(other), None, "{other}");
        }
    }

    #[test]
    fn nulls_are_told() {
        let text = nullable(&fixtures::data_type("text", TypeKind::Text));
        assert_eq!(text, json!({ "type": ["string", "null"] }));
        let array = nullable(&fixtures::data_type("_uuid", TypeKind::Array));
        assert_eq!(array["items"]["format"], "uuid");
        assert_eq!(array["type"], json!(["array", "null"]));
        assert!(
            nullable(&fixtures::data_type("jsonb", TypeKind::Jsonb))
                .get("type")
                .is_none()
        );
    }
}
