//! Owns the reading of JSON objects with known keys: what a key may hold, and the refusal of one that is not known. Pure.

use super::fault::Fault;
use super::trigger_row::TriggerRow;
use serde_json::{Map, Value};

/// What a key may hold.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A string.
    Text,
    /// A whole number.
    Number,
    /// true or false.
    Flag,
    /// Anything; the database checks it further.
    Any,
}

/// A key of a change: its name, what it holds, whether it may be cleared by null.
pub type Key = (&'static str, Kind, bool);

/// The changes, each with an `id` where it is about something that already exists.
pub fn read(changes: Option<Value>, keys: &[Key]) -> Result<Vec<Map<String, Value>>, Fault> {
    let Some(Value::Array(changes)) = changes else {
        return Err(Fault::invalid(
            "changes",
            "changes must be a list of objects",
        ));
    };
    let each = changes.into_iter().enumerate();
    each.map(|(index, change)| {
        let at = format!("changes[{index}]");
        one(&at, &format!("{at}."), change, keys)
    })
    .collect()
}

/// One object, called `what`; a fault in it names only the key.
pub fn object(what: &str, given: Option<Value>, keys: &[Key]) -> Result<Map<String, Value>, Fault> {
    one(what, "", given.unwrap_or_default(), keys)
}

fn one(at: &str, prefix: &str, change: Value, keys: &[Key]) -> Result<Map<String, Value>, Fault> {
    let Value::Object(change) = change else {
        return Err(Fault::invalid(at, format!("{at} must be an object")));
    };
    for (key, value) in &change {
        let path = format!("{prefix}{key}");
        let known = keys.iter().find(|(name, ..)| name == key);
        let Some((_, kind, clearable)) = known.or((key == "id").then_some(&ID)) else {
            let names = keys.iter().map(|(name, ..)| *name).collect::<Vec<_>>();
            let known = [&["id"], names.as_slice()].concat();
            return Err(unknown_key(&path, at, key, &known));
        };
        if !(value.is_null() && *clearable || is_of(*kind, value)) {
            return Err(Fault::invalid(
                &path,
                format!("{path} must be {}", words(*kind)),
            ));
        }
    }
    Ok(change)
}

/// A JSON object column of a row.
pub fn parse_object(
    row: &TriggerRow,
    column: &str,
) -> Result<serde_json::Map<String, Value>, Fault> {
    match serde_json::from_str(&row.need(column)?) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Fault::invalid(
            column,
            format!("{column} must be a JSON object"),
        )),
    }
}

const ID: Key = ("id", Kind::Text, true);

fn is_of(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Text => value.is_string(),
        Kind::Number => value.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
        Kind::Flag => value.is_boolean(),
        Kind::Any => !value.is_null(),
    }
}

const fn words(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a string",
        Kind::Number => "a whole number",
        Kind::Flag => "true or false",
        Kind::Any => "given",
    }
}

/// Refuses an object with a key that is not known; `path` is where the object is, empty where a key by itself says so.
pub fn refuse_unknown_keys(
    object: &Map<String, Value>,
    path: &str,
    known: &[&str],
) -> Result<(), Fault> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(unknown_key(&format!("{path}.{key}"), path, key, known)),
    }
}

/// The refusal of a key that `what` does not have, with the one that was probably meant.
pub fn unknown_key(field: &str, what: &str, key: &str, known: &[&str]) -> Fault {
    Fault::invalid(field, format!("{what} has no key \"{key}\"")).hint(known_keys(key, known))
}

/// The keys there are, after the one that an unknown key is most like.
pub fn known_keys(key: &str, known: &[&str]) -> String {
    let likeness = |it: &&str| strsim::jaro_winkler(&key.to_lowercase(), it);
    let nearest = known
        .iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .filter(|it| likeness(it) >= ALIKE);
    let all = format!("Known keys: {}.", known.join(", "));
    nearest.map_or_else(|| all.clone(), |it| format!("Did you mean \"{it}\"? {all}"))
}

/// From this Jaro-Winkler similarity on, one key was probably meant by another.
const ALIKE: f64 = 0.85;

/// The id a change is about, in lower case; `None` for something new.
pub fn id_of(change: &Map<String, Value>) -> Option<String> {
    change
        .get("id")
        .and_then(Value::as_str)
        .map(str::to_lowercase)
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    const KEYS: &[Key] = &[
        ("name", Kind::Text, false),
        ("limit", Kind::Number, true),
        ("is_end", Kind::Flag, false),
    ];

    fn complaint(changes: Value) -> String {
        read(Some(changes), KEYS).unwrap_err().message().to_owned()
    }

    #[test]
    fn sound_changes_are_read() {
        let changes =
            json!([{ "id": "A", "name": "x", "limit": null }, { "is_end": true, "limit": 3 }]);
        let read = read(Some(changes), KEYS).unwrap();
        assert_eq!(id_of(&read[0]).as_deref(), Some("a"));
        assert_eq!(id_of(&read[1]), None);
    }

    #[test]
    fn a_misspelt_key_is_recognized() {
        let known = ["threshold", "kind"];
        for (key, meant) in [
            ("treshold", true),
            ("Threshold", true),
            ("thresholds", true),
            ("stage", false),
            ("", false),
        ] {
            let hint = known_keys(key, &known);
            assert_eq!(hint.contains("Did you mean \"threshold\"?"), meant, "{key}");
            assert!(hint.ends_with("Known keys: threshold, kind."), "{hint}");
        }
    }

    #[test]
    fn of_one_object_the_key_is_enough() {
        let told = object("field", Some(json!({ "limit": "x" })), KEYS).unwrap_err();
        assert_eq!(told.field().as_deref(), Some("limit"));
        let told = object("field", None, KEYS).unwrap_err();
        assert_eq!(told.message(), "field must be an object");
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        for (changes, message) in [
            (json!({}), "changes must be a list of objects"),
            (json!([1]), "changes[0] must be an object"),
            (
                json!([{}, { "colour": 1 }]),
                "changes[1] has no key \"colour\"",
            ),
            (
                json!([{ "name": null }]),
                "changes[0].name must be a string",
            ),
            (
                json!([{ "limit": 1.5 }]),
                "changes[0].limit must be a whole number",
            ),
            (
                json!([{ "limit": 3_000_000_000_i64 }]),
                "changes[0].limit must be a whole number",
            ),
            (
                json!([{ "is_end": "t" }]),
                "changes[0].is_end must be true or false",
            ),
        ] {
            assert_eq!(complaint(changes), message);
        }
        assert!(super::read(None, KEYS).is_err());
    }
}
