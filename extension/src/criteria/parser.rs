//! Owns the reading of criteria from JSON: groups, conditions, and every flaw with its path. The values of operators are read by
//! `operand`. Pure.

use super::field::Field;
use super::flaw::{Flaw, Flaws, below, element, quoted};
use super::op::Op;
use super::operand;
use super::tree::{Criteria, Leaf};
use crate::pg::document::known_keys;
use serde_json::{Map, Value as Json};

/// How deeply groups can be nested: each of all, any and not is a level, a condition is not.
const DEEPEST: usize = 5;

/// The most conditions and groups.
const MOST_PARTS: usize = 200;
/// The most values that all lists have together.
const MOST_VALUES: usize = 20_000;

const GROUPS: [&str; 3] = ["all", "any", "not"];
const CONDITION: [&str; 3] = ["field", "op", "value"];

/// Reads criteria, which are at path `at`; where there are flaws, returns all of them.
pub fn parse(at: &str, json: &Json) -> Result<Criteria, Vec<Flaw>> {
    let mut flaws = Flaws::default();
    refuse_size(at, json, &mut flaws);
    if !flaws.0.is_empty() {
        return Err(flaws.0);
    }
    match node(at, json, 1, &mut flaws) {
        Some(criteria) if flaws.0.is_empty() => Ok(criteria),
        _ => Err(flaws.0),
    }
}

/// What is too much to be read by anyone, or to be asked of every account.
fn refuse_size(at: &str, json: &Json, flaws: &mut Flaws) {
    let (mut parts, mut values) = (0, 0);
    let mut open = vec![json];
    while let Some(it) = open.pop() {
        parts += 1;
        if let Some(value) = it.get("value") {
            values += value.as_array().map_or(1, Vec::len);
        }
        for group in ["all", "any"] {
            open.extend(it.get(group).and_then(Json::as_array).into_iter().flatten());
        }
        open.extend(it.get("not"));
    }
    if parts > MOST_PARTS {
        let message =
            format!("criteria have at most {MOST_PARTS} conditions and groups, not {parts}");
        flaws.add(at, message);
    }
    if values > MOST_VALUES {
        let message = format!("criteria have at most {MOST_VALUES} values, not {values}");
        flaws.add(at, message);
    }
}

fn node(at: &str, json: &Json, level: usize, flaws: &mut Flaws) -> Option<Criteria> {
    let Json::Object(object) = json else {
        let given = quoted(json);
        flaws.add(
            at,
            format!("a condition or group must be an object, not {given}"),
        );
        return None;
    };
    let has = |keys: &[&'static str]| keys.iter().copied().find(|key| object.contains_key(*key));
    match (has(&GROUPS), has(&CONDITION)) {
        (Some(group), _) => {
            refuse_other_keys(at, object, &[group], flaws);
            let (at, inside) = (below(at, group), object.get(group)?);
            if level > DEEPEST {
                flaws.add(
                    &at,
                    format!("groups can be nested at most {DEEPEST} levels deep"),
                );
                return None;
            }
            read_group(&at, group, inside, level, flaws)
        }
        (None, Some(_)) => condition(at, object, flaws).map(Criteria::Leaf),
        (None, None) => {
            if object.is_empty() {
                flaws.add(
                    at,
                    "an empty object is not a condition; {\"all\": []} is met by every account",
                );
            }
            refuse_other_keys(at, object, &[], flaws);
            None
        }
    }
}

fn read_group(
    at: &str,
    group: &str,
    inside: &Json,
    level: usize,
    flaws: &mut Flaws,
) -> Option<Criteria> {
    if group == "not" {
        let inner = node(at, inside, level + 1, flaws)?;
        return Some(Criteria::Not(Box::new(inner)));
    }
    let Json::Array(members) = inside else {
        let given = quoted(inside);
        flaws.add(
            at,
            format!("{group} must be an array of conditions and groups, not {given}"),
        );
        return None;
    };
    let read: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(index, member)| node(&element(at, index), member, level + 1, flaws))
        .collect();
    let members: Vec<_> = read.into_iter().collect::<Option<_>>()?;
    Some(match group {
        "all" => Criteria::All(members),
        _ => Criteria::Any(members),
    })
}

fn condition(at: &str, object: &Map<String, Json>, flaws: &mut Flaws) -> Option<Leaf> {
    refuse_other_keys(at, object, &CONDITION, flaws);
    let field = find_named(at, "field", object, flaws, Field::find);
    let op = find_named(at, "op", object, flaws, Op::find);
    let (field, op) = (field?, op?);
    let kind = field.kind();
    if !kind.operators().contains(&op) {
        let known: Vec<_> = kind.operators().iter().map(|op| op.name()).collect();
        let message = format!(
            "{} cannot be used with a field of type {}; use one of {}",
            op.name(),
            kind.name(),
            known.join(", ")
        );
        flaws.add(&below(at, "op"), message);
        return None;
    }
    let test = operand::read(&below(at, "value"), kind, op, object.get("value"), flaws)?;
    Some(Leaf {
        field,
        test,
        written: object.get("value").cloned(),
    })
}

/// The field or operator that the string under a key names.
fn find_named<T>(
    at: &str,
    key: &str,
    object: &Map<String, Json>,
    flaws: &mut Flaws,
    find: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let message = match object.get(key) {
        None => format!("a condition needs {key}"),
        Some(Json::String(name)) => match find(name) {
            Some(found) => return Some(found),
            None => format!(
                "{} is not a known {}",
                quoted(&name.as_str().into()),
                known_names(key)
            ),
        },
        Some(other) => format!("{key} must be a string, not {}", quoted(other)),
    };
    flaws.add(&below(at, key), message);
    None
}

fn known_names(key: &str) -> String {
    match key {
        "op" => format!(
            "operator; the operators are {}",
            Op::names().collect::<Vec<_>>().join(", ")
        ),
        _ => "field; criteria_fields lists the fields".to_owned(),
    }
}

/// Refuses every key that does not belong in a group or condition with these keys.
fn refuse_other_keys(at: &str, object: &Map<String, Json>, known: &[&str], flaws: &mut Flaws) {
    for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
        let message = match known {
            [] => format!(
                "criteria have no key {}. {}",
                quoted(&key.as_str().into()),
                known_keys(key, &[GROUPS, CONDITION].concat())
            ),
            [group] => format!("{group} must be the only key of its group"),
            _ => format!(
                "a condition has no key {}. {}",
                quoted(&key.as_str().into()),
                known_keys(key, known)
            ),
        };
        flaws.add(&below(at, key), message);
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::op::Comparison;
    use crate::criteria::tree::Test;
    use crate::criteria::value::FieldValue;
    use serde_json::json;

    fn paths(criteria: &Json) -> Vec<String> {
        let flaws = parse("", criteria).err().unwrap_or_default();
        flaws.into_iter().map(|flaw| flaw.path).collect()
    }

    fn low() -> Json {
        json!({ "field": "health_score", "op": "lt", "value": 40 })
    }

    /// A condition inside this many groups.
    fn nested(levels: usize) -> Json {
        (0..levels).fold(low(), |inner, level| match level % 3 {
            0 => json!({ "all": [inner] }),
            1 => json!({ "not": inner }),
            _ => json!({ "any": [inner] }),
        })
    }

    #[test]
    fn a_bare_condition_is_a_root_and_groups_may_be_empty() {
        let leaf = Criteria::Leaf(Leaf {
            field: Field::find("health_score").unwrap(),
            test: Test::Is(Comparison::Lt, FieldValue::Number(40.into())),
            written: Some(json!(40)),
        });
        assert_eq!(parse("", &low()), Ok(leaf.clone()));
        assert_eq!(
            parse("", &json!({ "not": low() })),
            Ok(Criteria::Not(Box::new(leaf)))
        );
        assert_eq!(parse("", &json!({ "all": [] })), Ok(Criteria::All(vec![])));
        assert_eq!(parse("", &json!({ "any": [] })), Ok(Criteria::Any(vec![])));
    }

    #[test]
    fn five_levels_of_groups_are_the_most() {
        assert!(parse("", &nested(5)).is_ok());
        assert_eq!(paths(&nested(6)), ["any[0].not.all[0].any[0].not.all"]);
        assert_eq!(paths(&nested(60)).len(), 1);
    }

    #[test]
    fn every_flaw_is_reported_with_its_path() {
        let criteria = json!({ "all": [
            low(),
            { "any": [{ "field": "arr", "op": "above", "value": 1 }, { "field": "stage" }] },
            { "not": { "field": "scor", "op": "eq", "value": 1, "note": "" } },
            7
        ] });
        assert_eq!(
            paths(&criteria),
            [
                "all[1].any[0].op",
                "all[1].any[1].op",
                "all[2].not.note",
                "all[2].not.field",
                "all[3]"
            ]
        );
    }

    #[test]
    fn every_path_starts_with_the_prefix() {
        let at = |json: &Json| {
            let flaws = parse("caps[0].when", json).unwrap_err();
            flaws.into_iter().map(|it| it.path).collect::<Vec<_>>()
        };
        assert_eq!(at(&json!(null)), ["caps[0].when"]);
        assert_eq!(at(&json!({ "all": [{}] })), ["caps[0].when.all[0]"]);
    }

    #[test]
    fn what_is_neither_group_nor_condition_is_refused() {
        for (bad, at) in [
            (json!(null), ""),
            (json!([]), ""),
            (json!("all"), ""),
            (json!({}), ""),
            (json!({ "alll": [] }), "alll"),
            (json!({ "all": [], "any": [] }), "any"),
            (json!({ "all": [], "op": "eq" }), "op"),
            (json!({ "all": {} }), "all"),
            (json!({ "any": null }), "any"),
            (json!({ "not": [] }), "not"),
            (json!({ "not": null }), "not"),
            (json!({ "field": 1, "op": "is_set" }), "field"),
            (json!({ "field": "arr", "op": null, "value": 1 }), "op"),
            (json!({ "field": "arr", "op": "EQ", "value": 1 }), "op"),
            (json!({ "field": "custom.tier", "op": "is_set" }), "field"),
            (json!({ "op": "is_set" }), "field"),
            (
                json!({ "field": "stage", "op": "contains", "value": "a" }),
                "op",
            ),
            (
                json!({ "field": "arr", "op": "starts_with", "value": "1" }),
                "op",
            ),
            (
                json!({ "field": "risk_level", "op": "lt", "value": "Healthy" }),
                "op",
            ),
        ] {
            assert_eq!(paths(&bad), [at], "{bad}");
        }
    }

    #[test]
    fn what_is_too_large_is_refused_by_its_size_alone() {
        let leaf = serde_json::json!({ "field": "arr", "op": "eq", "value": 1 });
        let many = |count: usize| serde_json::json!({ "all": vec![leaf.clone(); count] });
        assert!(parse("", &many(MOST_PARTS - 1)).is_ok());
        let told = parse("criteria", &many(MOST_PARTS)).unwrap_err();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].path, "criteria");
        let list = |count: usize| serde_json::json!({ "field": "arr", "op": "in", "value": vec![1; count] });
        assert!(parse("", &list(MOST_VALUES)).is_ok());
        assert!(parse("", &list(MOST_VALUES + 1)).is_err());
    }
}
