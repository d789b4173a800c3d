//! Owns the reading of a JSON body: its size, its syntax, its depth.

use super::error::ApiError;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::error::Category;

use tower_http::timeout::TimeoutError;

/// How deep a body may nest; a deeper one could overflow the stack of its reader, here or in the database.
const MAX_DEPTH: usize = 128;

/// What some programs begin a text with.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(crate) type Body = Result<Bytes, BytesRejection>;

/// The complete body, without a byte order mark, or why there is none.
pub(crate) fn bytes(body: Body) -> Result<Bytes, ApiError> {
    let body = body.map_err(|refused| match refused.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ if is_late(&refused) => ApiError::Slow,
        _ => ApiError::BadJson("it was not received completely".to_owned()),
    })?;
    Ok(match body.starts_with(BYTE_ORDER_MARK) {
        true => body.slice(BYTE_ORDER_MARK.len()..),
        false => body,
    })
}

/// Whether the body did not arrive before its deadline.
fn is_late(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .any(|error| error.is::<TimeoutError>())
}

/// The body as the expected type. The parser's own messages name internal types, so they are not passed on.
pub(crate) fn parse<'a, T: Deserialize<'a>>(
    bytes: &'a [u8],
    expected: &str,
) -> Result<T, ApiError> {
    if depth(bytes) > MAX_DEPTH {
        return Err(ApiError::BadJson(format!(
            "it is nested deeper than {MAX_DEPTH} levels"
        )));
    }
    serde_json::from_slice(bytes).map_err(|error| match error.classify() {
        Category::Data => ApiError::Invalid {
            message: format!("The body must be {expected}."),
            field: None,
        },
        _ => ApiError::BadJson(format!("line {}, column {}", error.line(), error.column())),
    })
}

/// The deepest nesting of arrays and objects; brackets inside strings do not count.
fn depth(json: &[u8]) -> usize {
    let (mut current, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                current += 1;
                deepest = deepest.max(current);
            }
            b']' | b'}' => current = current.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_strings() {
        assert_eq!(depth(br#"{"a": [1, {"b": "[[[ \" {{{"}], "c": []}"#), 3);
        assert_eq!(depth(b"1"), 0);
        assert_eq!(depth(&[b'['; 500]), 500);
    }

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_body() {
        for (sent, read) in [("\u{feff}[1]", "[1]"), ("\u{feff}", ""), ("[1]", "[1]")] {
            assert_eq!(bytes(Ok(sent.into())).unwrap(), read);
        }
    }

    #[test]
    fn a_message_about_bad_json_says_where() {
        let wrong = parse::<Vec<u8>>(b"[1,", "a list").unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "The body is not valid JSON: line 1, column 3."
        );
        let other = parse::<Vec<u8>>(b"{}", "a list").unwrap_err();
        assert_eq!(other.to_string(), "The body must be a list.");
        assert!(parse::<serde_json::Value>(&[b'['; 500], "a list").is_err());
    }
}
