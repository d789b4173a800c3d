//! Owns reading JSON without building it: an object as its pairs, values as the text they came in. Pure.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// From here on a number is a mistake, and would drown every other one.
pub const TOO_LARGE: f64 = 1e15;

/// A key and the text of its value.
pub type Pair<'a> = (Cow<'a, str>, &'a str);

/// The pairs of an object that are not null (null counts as absent); `None` for what is not an object.
pub fn pairs(raw: &str) -> Option<Vec<Pair<'_>>> {
    serde_json::from_str::<Pairs>(raw).ok().map(|pairs| pairs.0)
}

/// The text of a JSON string; `None` for anything else.
pub fn text(raw: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str::<Text>(raw).ok().map(|text| text.0)
}

/// A finite number, also one that is told as text; `None` for anything else. For comparing only: it may lose digits.
pub fn number(raw: &str) -> Option<f64> {
    match text(raw) {
        Some(text) => read_number(&text),
        None => read_number(raw),
    }
}

/// Whether a text is a number as JSON writes it, however large.
pub fn is_number(text: &str) -> bool {
    text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
        && serde_json::from_str::<&RawValue>(text).is_ok_and(|raw| raw.get().len() == text.len())
}

/// The number that a text is, as JSON writes it; `None` for anything else.
pub fn read_number(text: &str) -> Option<f64> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    number.filter(|_| is_number(text))
}

/// An id that another system gave, without what stands invisibly around it; one that is told as a number is its digits.
pub fn foreign_id(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.is_empty() && raw.bytes().all(|it| it.is_ascii_digit()) {
        return Some(Cow::Borrowed(raw));
    }
    match text(raw)? {
        Cow::Borrowed(text) => cs_text::clean_name(text),
        Cow::Owned(text) => cs_text::clean_name(&text).map(|it| Cow::Owned(it.into_owned())),
    }
}

/// Whether a value is neither an object nor an array.
pub fn is_scalar(raw: &str) -> bool {
    !raw.starts_with(['{', '['])
}

#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Pairs<'a>(Vec<Pair<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor).map(Pairs)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Vec<Pair<'de>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(8);
        while let Some((key, value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
            if value.get() != "null" {
                pairs.push((key.0, value.get()));
            }
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn an_object_is_its_pairs_that_say_something() {
        let read = pairs(r#"{"a": 1.10, "b\n": {"c": [1, 2]}, "d": null, "e": "x"}"#).unwrap();
        let expected = [("a", "1.10"), ("b\n", r#"{"c": [1, 2]}"#), ("e", "\"x\"")];
        assert_eq!(
            read.iter()
                .map(|(key, value)| (key.as_ref(), *value))
                .collect::<Vec<_>>(),
            expected
        );
        for other in ["[]", "1", "\"{}\"", "null"] {
            assert!(pairs(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_text_is_copied_only_when_it_must_be() {
        assert!(matches!(text("\"plain\""), Some(Cow::Borrowed("plain"))));
        assert_eq!(text(r#""l\u00e4nge \"x\"""#).unwrap(), "länge \"x\"");
        assert!(text("1").is_none());
    }

    #[test]
    fn a_number_is_a_finite_json_number() {
        assert_eq!(number("-1.5"), Some(-1.5));
        assert_eq!(number("\"-1.5e2\""), Some(-150.0));
        for other in [
            "\"1 \"",
            "\"01\"",
            "\"one\"",
            "\"true\"",
            "\"\"",
            "true",
            "[1]",
            &format!("1{}", "0".repeat(400)),
        ] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
