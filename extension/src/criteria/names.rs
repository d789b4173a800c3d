//! Owns the way through criteria as JSON: every condition, every stage and member named, and ids put in their place. Pure.

use super::field::Field;
use super::flaw::{below, element};
use super::kind::Kind;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// The type of a field, as far as names go.
pub type KindOf<'a> = &'a dyn Fn(&Field) -> Kind;

/// What stages and members are called in criteria, as entered.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// By name or id.
    pub stages: BTreeSet<String>,
    /// By e-mail, full name or id.
    pub members: BTreeSet<String>,
}

impl Names {
    /// All there are in criteria that were understood.
    pub fn of(criteria: &mut Json, kind_of: KindOf<'_>) -> Self {
        let mut names = Self::default();
        visit("", criteria, kind_of, &mut |_, kind, name| {
            match kind {
                Kind::Stage => names.stages.insert(name.clone()),
                _ => names.members.insert(name.clone()),
            };
        });
        names
    }
}

/// Meets every condition of criteria that were understood: path, field and the condition, which may be changed.
pub fn leaves(at: &str, criteria: &mut Json, meet: &mut impl FnMut(&str, &Field, &mut Json)) {
    for group in ["all", "any"] {
        if let Some(Json::Array(members)) = criteria.get_mut(group) {
            let at = below(at, group);
            for (index, member) in members.iter_mut().enumerate() {
                leaves(&element(&at, index), member, meet);
            }
        }
    }
    if let Some(inner) = criteria.get_mut("not") {
        leaves(&below(at, "not"), inner, meet);
    }
    let field = criteria.get("field").and_then(Json::as_str);
    if let Some(field) = field.and_then(Field::find) {
        meet(at, &field, criteria);
    }
}

/// Meets every stage and member named in criteria that were understood: path, type, and the name, which may be changed.
pub fn visit(
    at: &str,
    criteria: &mut Json,
    kind_of: KindOf<'_>,
    meet: &mut impl FnMut(&str, Kind, &mut String),
) {
    leaves(at, criteria, &mut |at, field, leaf| {
        let kind = kind_of(field);
        if !matches!(kind, Kind::Stage | Kind::Member) {
            return;
        }
        match leaf.get_mut("value") {
            Some(Json::String(name)) => meet(&below(at, "value"), kind, name),
            Some(Json::Array(names)) => {
                let at = below(at, "value");
                for (index, name) in names.iter_mut().enumerate() {
                    if let Json::String(name) = name {
                        meet(&element(&at, index), kind, name);
                    }
                }
            }
            _ => (),
        }
    });
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn stages_and_members_are_found_wherever_they_stand() {
        let mut criteria = json!({ "all": [
            { "field": "stage", "op": "eq", "value": "Renewal" },
            { "field": "name", "op": "eq", "value": "Renewal GmbH" },
            { "not": { "any": [
                { "field": "csm", "op": "in", "value": ["ada@one.test", "Ben"] },
                { "field": "stage", "op": "is_set" },
                { "field": "stage", "op": "ne", "value": "Renewal" }
            ] } }
        ] });
        let names = Names::of(&mut criteria, &Field::kind);
        assert_eq!(names.stages, ["Renewal".to_owned()].into());
        assert_eq!(
            names.members,
            ["Ben".to_owned(), "ada@one.test".to_owned()].into()
        );
        let mut met = Vec::new();
        visit("when", &mut criteria, &Field::kind, &mut |at, _, name| {
            met.push(at.to_owned());
            *name = "id".to_owned();
        });
        assert_eq!(
            met,
            [
                "when.all[0].value",
                "when.all[2].not.any[0].value[0]",
                "when.all[2].not.any[0].value[1]",
                "when.all[2].not.any[2].value"
            ]
        );
        assert_eq!(
            criteria,
            json!({ "all": [
                { "field": "stage", "op": "eq", "value": "id" },
                { "field": "name", "op": "eq", "value": "Renewal GmbH" },
                { "not": { "any": [
                    { "field": "csm", "op": "in", "value": ["id", "id"] },
                    { "field": "stage", "op": "is_set" },
                    { "field": "stage", "op": "ne", "value": "id" }
                ] } }
            ] })
        );
    }
}
