//! Owns types as JSON schemas. Pure.

use crate::catalogue::schema::{Argument, Column, DataType, TypeKind};
use serde_json::{Map, Value, json};

/// The schema of a value that is not null.
pub(super) fn schema_of(data_type: &DataType) -> Map<String, Value> {
    let schema = match data_type.kind {
        TypeKind::Json | TypeKind::Jsonb => json!({ "description": "any JSON" }),
        TypeKind::Array => json!({
            "type": "array",
            "items": data_type.element.as_ref().map_or_else(|| json!({}), |element| nullable_schema(element)),
        }),
        TypeKind::Enum => json!({ "type": "string", "enum": data_type.labels }),
        TypeKind::Bool => json!({ "type": "boolean" }),
        TypeKind::Number => match data_type.base.as_str() {
            "int2" | "int4" => json!({ "type": "integer", "format": "int32" }),
            "int8" => json!({ "type": "integer", "format": "int64" }),
            "numeric" | "float4" | "float8" => json!({ "type": "number" }),
            _ => json!({ "type": ["number", "string"] }),
        },
        TypeKind::Opaque => json!({}),
        TypeKind::Text | TypeKind::Range | TypeKind::Value => match data_type.base.as_str() {
            "uuid" => json!({ "type": "string", "format": "uuid" }),
            "date" => json!({ "type": "string", "format": "date" }),
            "timestamptz" => json!({ "type": "string", "format": "date-time" }),
            "text" | "varchar" | "bpchar" => json!({ "type": "string" }),
            _ => json!({ "type": "string", "x-type": data_type.name }),
        },
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

fn nullable_schema(data_type: &DataType) -> Value {
    let mut schema = schema_of(data_type);
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

/// A row as an object. No property is required, since `select` may leave out any.
pub(super) fn row_schema(columns: &[Column], comment: Option<&str>) -> Value {
    let properties: Map<String, Value> = columns
        .iter()
        .map(|column| {
            let schema = match column.nullable {
                true => nullable_schema(&column.data_type),
                false => Value::Object(schema_of(&column.data_type)),
            };
            (
                column.name.clone(),
                with_comment(schema, column.comment.as_deref()),
            )
        })
        .collect();
    with_comment(
        json!({ "type": "object", "properties": properties }),
        comment,
    )
}

/// The result of a function.
pub(super) fn result_schema(returns: Option<&DataType>) -> Value {
    returns.map_or_else(|| json!({}), nullable_schema)
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
    let mut schema = nullable_schema(&argument.data_type);
    if let (Value::Object(schema), Some(default)) = (&mut schema, argument.default.as_deref()) {
        match constant(default) {
            Some(value) => schema.insert("default".to_owned(), value),
            None => schema.insert("x-default".to_owned(), json!(default)),
        };
    }
    schema
}

/// A default as JSON if it is a constant; only PostgreSQL knows the value of others.
fn constant(sql: &str) -> Option<Value> {
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

fn with_comment(mut schema: Value, comment: Option<&str>) -> Value {
    if let (Value::Object(schema), Some(comment)) = (&mut schema, comment) {
        schema.insert("description".to_owned(), json!(comment));
    }
    schema
}

pub(super) fn error_schema() -> Value {
    json!({
        "type": "object",
        "description": "Every refusal: SQLSTATE, a sentence, what it is about, what to do",
        "properties": {
            "code": { "type": "string" },
            "message": { "type": "string" },
            "details": { "description": "An object with field, current or open_milestones, or a string" },
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
    fn constants_become_json() {
        assert_eq!(constant("NULL::uuid"), Some(Value::Null));
        assert_eq!(constant("true"), Some(json!(true)));
        assert_eq!(constant("50"), Some(json!(50)));
        assert_eq!(constant("'a'::text"), Some(json!("a")));
        for other in ["now()", "'{}'::jsonb", "'it''s'::text", "cs.f()"] {
            assert_eq!(constant(other), None, "{other}");
        }
    }

    #[test]
    fn nulls_are_allowed() {
        let text = nullable_schema(&fixtures::data_type("text", TypeKind::Text));
        assert_eq!(text, json!({ "type": ["string", "null"] }));
        let array = nullable_schema(&fixtures::data_type("_uuid", TypeKind::Array));
        assert_eq!(array["items"]["format"], "uuid");
        assert_eq!(array["type"], json!(["array", "null"]));
        assert!(
            nullable_schema(&fixtures::data_type("jsonb", TypeKind::Jsonb))
                .get("type")
                .is_none()
        );
    }
}
