//! Owns which HTTP headers a playbook may add to its deliveries. Pure.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

/// Headers that the delivery or the connection sets.
const RESERVED: [&str; 9] = [
    "connection",
    "content-length",
    "content-type",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "expect",
];

/// Refuses what could not be sent; the error is a sentence for the reader and never repeats a value, which may be secret.
pub fn check(headers: &Map<String, Value>) -> Result<(), String> {
    read(headers).map(drop)
}

/// The headers to send.
pub fn read(headers: &Map<String, Value>) -> Result<HeaderMap, String> {
    headers
        .iter()
        .map(|(name, value)| read_one(name, value))
        .collect()
}

fn read_one(name: &str, value: &Value) -> Result<(HeaderName, HeaderValue), String> {
    let header = HeaderName::try_from(name)
        .map_err(|_| format!("\"{name}\" is not a valid HTTP header name"))?;
    if RESERVED.contains(&header.as_str()) || header.as_str().starts_with("webhook-") {
        return Err(format!("the header {name} is set by the delivery itself"));
    }
    let value = value
        .as_str()
        .ok_or_else(|| format!("the header {name} must be a string"))?;
    let value = HeaderValue::from_str(value)
        .map_err(|_| format!("the value of the header {name} cannot be sent"))?;
    Ok((header, value))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn ordinary_headers_pass() {
        let headers = serde_json::json!({ "Authorization": "Bearer x", "X-Team": "cs" });
        assert_eq!(read(headers.as_object().unwrap()).unwrap().len(), 2);
    }

    #[test]
    fn reserved_and_broken_ones_are_refused_without_their_value() {
        for (name, value) in [
            ("Host", "a"),
            ("webhook-id", "a"),
            ("a b", "c"),
            ("X", "line\nbreak-secret"),
        ] {
            let headers = serde_json::json!({ name: value });
            let why = check(headers.as_object().unwrap()).unwrap_err();
            assert!(!why.contains("secret"), "{why}");
        }
        assert!(check(serde_json::json!({ "X": 1 }).as_object().unwrap()).is_err());
    }
}
