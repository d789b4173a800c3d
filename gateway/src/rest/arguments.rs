//! Owns the way from a JSON value to the text that PostgreSQL casts to an argument's type. Pure.

use crate::catalogue::schema::{Argument, TypeKind};
use crate::http::error::ApiError;
use serde_json::value::RawValue;

/// The text of one argument; None is NULL. JSON is passed on as it was sent, numbers digit by digit.
pub(crate) fn to_text(argument: &Argument, value: &RawValue) -> Result<Option<String>, ApiError> {
    if value.get() == "null" {
        return Ok(None);
    }
    let of_json = argument
        .data_type
        .element
        .as_ref()
        .is_some_and(|element| element.kind.is_json());
    let text = match argument.data_type.kind {
        TypeKind::Json | TypeKind::Jsonb => Some(value.get().to_owned()),
        TypeKind::Array if of_json => array_text(value, |item| Some(item.get().to_owned())),
        TypeKind::Array if value.get().starts_with('"') => scalar_text(value),
        TypeKind::Array => array_text(value, scalar_text),
        _ => scalar_text(value),
    };
    match text {
        Some(text) if text.contains('\0') => {
            Err(refuse(argument, "must not contain the NUL character"))
        }
        Some(text) => Ok(Some(text)),
        None if argument.data_type.kind == TypeKind::Array => {
            Err(refuse(argument, "must be an array"))
        }
        None => Err(refuse(argument, "must be a single value")),
    }
}

fn refuse(argument: &Argument, what: &str) -> ApiError {
    ApiError::invalid(format!("{} {what}.", argument.name), &argument.name)
}

/// A string without its quotes; numbers and booleans as they are written.
fn scalar_text(value: &RawValue) -> Option<String> {
    match value.get().as_bytes().first()? {
        b'"' => serde_json::from_str(value.get()).ok(),
        b'[' | b'{' => None,
        _ => Some(value.get().to_owned()),
    }
}

/// An array literal of PostgreSQL. Elements are quoted, so that none of them is read as NULL.
fn array_text(value: &RawValue, element: fn(&RawValue) -> Option<String>) -> Option<String> {
    let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
    let written: Option<Vec<String>> = items
        .into_iter()
        .map(|item| match item.get() {
            "null" => Some("NULL".to_owned()),
            _ => element(item).map(|text| quote(&text)),
        })
        .collect();
    Some(format!("{{{}}}", written?.join(",")))
}

/// An array literal of strings, none of which is NULL.
pub(crate) fn array_literal(texts: &[String]) -> String {
    let written: Vec<String> = texts.iter().map(|text| quote(text)).collect();
    format!("{{{}}}", written.join(","))
}

fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARRAY_OF_JSON: &str = "_jsonb";

    fn given(kind: TypeKind, json: &str) -> Result<Option<String>, String> {
        let name = if kind == TypeKind::Array {
            "_text"
        } else {
            "text"
        };
        given_as(name, kind, json)
    }

    fn given_as(name: &str, kind: TypeKind, json: &str) -> Result<Option<String>, String> {
        let argument = Argument {
            name: "a".to_owned(),
            data_type: crate::catalogue::schema::fixtures::data_type(name, kind),
            required: true,
            default: None,
        };
        let value: &RawValue = serde_json::from_str(json).unwrap();
        to_text(&argument, value).map_err(|error| error.to_string())
    }

    fn good(kind: TypeKind, json: &str) -> String {
        given(kind, json).unwrap().unwrap()
    }

    #[test]
    fn values_keep_their_digits() {
        assert_eq!(
            good(TypeKind::Value, "12345678901234567890.10"),
            "12345678901234567890.10"
        );
        assert_eq!(good(TypeKind::Value, "true"), "true");
        assert_eq!(good(TypeKind::Value, r#""a\"b\u00e9""#), "a\"bé");
        assert_eq!(given(TypeKind::Value, "null"), Ok(None));
    }

    #[test]
    fn json_is_passed_on_as_sent() {
        assert_eq!(
            good(TypeKind::Json, r#"{"n": 1.00, "s":"x"}"#),
            r#"{"n": 1.00, "s":"x"}"#
        );
        assert_eq!(good(TypeKind::Json, r#""null""#), r#""null""#);
        assert_eq!(given(TypeKind::Json, "null"), Ok(None));
    }

    #[test]
    fn arrays_become_array_literals() {
        assert_eq!(
            good(TypeKind::Array, r#"["a", "b\"c\\", null, "NULL", 1]"#),
            r#"{"a","b\"c\\",NULL,"NULL","1"}"#
        );
        assert_eq!(good(TypeKind::Array, "[]"), "{}");
        assert_eq!(good(TypeKind::Array, r#""{1,2}""#), "{1,2}");
        assert_eq!(
            given_as(ARRAY_OF_JSON, TypeKind::Array, r#"[{"a":"b"}]"#),
            Ok(Some(r#"{"{\"a\":\"b\"}"}"#.to_owned()))
        );
    }

    #[test]
    fn other_shapes_and_nul_are_refused_by_name() {
        assert_eq!(
            given(TypeKind::Value, "[1]"),
            Err("a must be a single value.".to_owned())
        );
        assert_eq!(
            given(TypeKind::Array, "{}"),
            Err("a must be an array.".to_owned())
        );
        assert_eq!(
            given(TypeKind::Array, "[[1]]"),
            Err("a must be an array.".to_owned())
        );
        assert_eq!(
            given(TypeKind::Value, r#""x\u0000""#),
            Err("a must not contain the NUL character.".to_owned())
        );
        assert_eq!(
            given(TypeKind::Array, r#"["\u0000"]"#),
            Err("a must not contain the NUL character.".to_owned())
        );
    }
}
