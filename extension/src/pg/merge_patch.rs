//! Owns JSON Merge Patch (RFC 7396): what is not an object replaces, null removes, the rest stays. Pure.
//!
//! Documents are handled as the text they came in: their numbers keep every digit.

use super::json_text::Parts;
use serde_json::Value;
use std::collections::BTreeMap;

/// The text of a document with a patch applied.
pub fn merged(target: &str, patch: &str) -> String {
    let Ok(changes) = serde_json::from_str::<Parts<'_>>(patch) else {
        return patch.to_owned();
    };
    let present = serde_json::from_str::<Parts<'_>>(target).unwrap_or_default();
    let mut whole: BTreeMap<&str, String> = present
        .iter()
        .map(|(key, raw)| (key.as_str(), raw.get().to_owned()))
        .collect();
    for (key, change) in &changes {
        match change.get() {
            "null" => whole.remove(key.as_str()),
            change => {
                let before = present.get(key).map_or("null", |raw| raw.get());
                whole.insert(key, merged(before, change))
            }
        };
    }
    let pairs = whole
        .iter()
        .map(|(key, value)| format!("{}: {value}", Value::from(*key)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    /// The examples of RFC 7396, appendix A.
    #[test]
    fn a_patch_is_merged_as_the_rfc_says() {
        for (target, patch, result) in [
            (r#"{"a":"b"}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"b":"c"}"#, r#"{"a":"b","b":"c"}"#),
            (r#"{"a":"b"}"#, r#"{"a":null}"#, "{}"),
            (r#"{"a":"b","b":"c"}"#, r#"{"a":null}"#, r#"{"b":"c"}"#),
            (r#"{"a":["b"]}"#, r#"{"a":"c"}"#, r#"{"a":"c"}"#),
            (r#"{"a":"c"}"#, r#"{"a":["b"]}"#, r#"{"a":["b"]}"#),
            (
                r#"{"a":{"b":"c"}}"#,
                r#"{"a":{"b":"d","c":null}}"#,
                r#"{"a":{"b":"d"}}"#,
            ),
            (r#"{"a":[{"b":"c"}]}"#, r#"{"a":[1]}"#, r#"{"a":[1]}"#),
            (r#"["a","b"]"#, r#"["c","d"]"#, r#"["c","d"]"#),
            (r#"{"a":"b"}"#, r#"["c"]"#, r#"["c"]"#),
            (r#"{"a":"foo"}"#, "null", "null"),
            (r#"{"a":"foo"}"#, r#""bar""#, r#""bar""#),
            (r#"{"e":null}"#, r#"{"a":1}"#, r#"{"e":null,"a":1}"#),
            ("[1,2]", r#"{"a":"b","c":null}"#, r#"{"a":"b"}"#),
            ("{}", r#"{"a":{"bb":{"ccc":null}}}"#, r#"{"a":{"bb":{}}}"#),
        ] {
            let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
            assert_eq!(
                read(&merged(target, patch)),
                read(result),
                "{target} {patch}"
            );
        }
        let digits = "12345678901234567890.10";
        assert!(merged(&format!("{{\"a\": {digits}}}"), "{\"b\\n\": 1}").contains(digits));
    }
}
