//! Owns what only a tenant knows of criteria: the ids of stages and members named, and what its custom fields allow.
//! Looked up with the caller's rights.

use super::account_query::id;
use super::custom_conditions::DefinedFields;
use super::field::Field;
use super::field_kind::FieldKind;
use super::flaw::{Flaw, Flaws, below, first_fault, quoted, what_is_gone};
use super::operand;
use super::parser::parse;
use super::tree::{Criteria, Leaf};
use crate::people::{FoundMember, FoundMembers, find_members};
use crate::pg::fault::Fault;
use crate::stages::Stages;
use pgrx::Uuid;
use serde_json::Value as Json;
use std::collections::BTreeSet;

/// Checks a tenant's criteria, which are at path `at`, and returns them as they are stored: with ids in place of names.
/// Errors: 22023 with the path of the first flaw.
pub fn resolve(tenant: Uuid, at: &str, criteria: &Json) -> Result<Json, Fault> {
    let mut criteria = parse(at, criteria).map_err(|flaws| first_fault(&flaws))?;
    let flaws = resolve_names(Some(tenant), at, &mut criteria, UnknownId::Refused)?;
    match flaws.as_slice() {
        [] => Ok(criteria.to_json()),
        flaws => Err(first_fault(flaws)),
    }
}

/// What becomes of an id that no stage or member has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnknownId {
    /// It is a flaw.
    Refused,
    /// It stays, and nothing is found by it.
    Kept,
}

/// Puts ids in place of names, and returns the flaws: conditions that do not fit a custom field or, where there are none,
/// names that no stage or member has. Without a tenant no name is found, and no field is a custom one.
pub fn resolve_names(
    tenant: Option<Uuid>,
    at: &str,
    criteria: &mut Criteria,
    unknown: UnknownId,
) -> Result<Vec<Flaw>, Fault> {
    let custom = DefinedFields::of(tenant, criteria)?;
    let flaws = custom.check(at, criteria);
    if !flaws.is_empty() {
        return Ok(flaws);
    }
    let kind_of = |field: &Field| custom.kind(field);
    let ids = NamedIds::of(tenant, &Names::of(criteria, &kind_of))?;
    let id_of = |kind, name: &str| match ids.find(kind, name) {
        Err(_) if unknown == UnknownId::Kept && is_id(name) => Ok(name.to_ascii_lowercase()),
        found => found,
    };
    Ok(put_ids(at, criteria, &kind_of, &id_of))
}

/// Whether criteria name a stage or member other than by id, as far as built-in fields do.
pub fn has_names(criteria: &Criteria) -> bool {
    let names = Names::of(criteria, &Field::kind);
    let mut all = names.stages.iter().chain(&names.members);
    all.any(|name| !is_id(name))
}

/// Whether a name that was entered is an id, in upper or lower case.
fn is_id(name: &str) -> bool {
    id(&name.to_ascii_lowercase()).is_some()
}

/// The type of a field, as far as names depend on it.
type KindOf<'a> = &'a dyn Fn(&Field) -> FieldKind;

/// What stages and members are called in criteria, as entered.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names<'a> {
    /// By name or id.
    pub stages: BTreeSet<&'a str>,
    /// By e-mail, full name or id.
    pub members: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    /// All of them.
    pub fn of(criteria: &'a Criteria, kind_of: KindOf<'_>) -> Self {
        let mut names = Self::default();
        for (_, leaf) in criteria.leaves("") {
            match kind_of(&leaf.field) {
                FieldKind::Stage => names.stages.extend(leaf.texts()),
                FieldKind::Member => names.members.extend(leaf.texts()),
                _ => (),
            }
        }
        names
    }
}

/// Puts the id of each stage and member in place of its name; returns the names without one as flaws.
fn put_ids(
    at: &str,
    criteria: &mut Criteria,
    kind_of: KindOf<'_>,
    id_of: &dyn Fn(FieldKind, &str) -> Result<String, String>,
) -> Vec<Flaw> {
    let mut flaws = Flaws::default();
    for (at, leaf) in criteria.leaves_mut(at) {
        let kind = kind_of(&leaf.field);
        if !kind.has_names() {
            continue;
        }
        for (at, name) in leaf.texts_mut(&at) {
            match id_of(kind, name) {
                Ok(id) => *name = id,
                Err(message) => flaws.add(&at, message),
            }
        }
        read_value_again(&at, leaf, &mut flaws);
    }
    flaws.0
}

fn read_value_again(at: &str, leaf: &mut Leaf, flaws: &mut Flaws) {
    let (kind, op) = (leaf.field.kind(), leaf.test.op());
    if let Some(test) = operand::read(&below(at, "value"), kind, op, leaf.written.as_ref(), flaws) {
        leaf.test = test;
    }
}

/// The ids of what is named.
struct NamedIds {
    stages: Option<Stages>,
    members: FoundMembers,
}

impl NamedIds {
    fn of(tenant: Option<Uuid>, names: &Names<'_>) -> Result<Self, Fault> {
        let members: Vec<_> = names.members.iter().copied().collect();
        let in_need_of_stages = tenant.filter(|_| !names.stages.is_empty());
        Ok(Self {
            stages: in_need_of_stages.map(Stages::of).transpose()?,
            members: tenant.map_or_else(
                || Ok(FoundMembers::default()),
                |tenant| find_members(tenant, &members),
            )?,
        })
    }

    /// The id of a name, or why there is none.
    fn find(&self, kind: FieldKind, name: &str) -> Result<String, String> {
        let found = match kind {
            FieldKind::Stage => {
                let stage = self.stages.as_ref().and_then(|stages| stages.find(name));
                stage.map(|it| it.id)
            }
            _ => match self.members.get(name) {
                Some(FoundMember::Exact { id, .. } | FoundMember::ByName { id }) => Some(id),
                Some(FoundMember::Ambiguous) => {
                    let name = quoted(&name.into());
                    return Err(format!(
                        "several members are called {name}; give the e-mail address"
                    ));
                }
                None => None,
            },
        };
        found
            .map(|id| id.to_string())
            .ok_or_else(|| match is_id(name) {
                true => what_is_gone(kind),
                false => format!("there is no {} {}", kind.name(), quoted(&name.into())),
            })
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn stages_and_members_are_found_wherever_they_stand() {
        let criteria = json!({ "all": [
            { "field": "stage", "op": "eq", "value": "Renewal" },
            { "field": "name", "op": "eq", "value": "Renewal GmbH" },
            { "not": { "any": [
                { "field": "csm", "op": "in", "value": ["ada@one.test", "Ben"] },
                { "field": "stage", "op": "is_set" },
                { "field": "stage", "op": "ne", "value": "Renewal" }
            ] } }
        ] });
        let mut criteria = parse("when", &criteria).unwrap();
        let names = Names::of(&criteria, &Field::kind);
        assert_eq!(names.stages, ["Renewal"].into());
        assert_eq!(names.members, ["Ben", "ada@one.test"].into());
        let refused = put_ids("when", &mut criteria.clone(), &Field::kind, &|_, name| {
            Err(name.to_owned())
        });
        assert_eq!(
            refused.into_iter().map(|it| it.path).collect::<Vec<_>>(),
            [
                "when.all[0].value",
                "when.all[2].not.any[0].value[0]",
                "when.all[2].not.any[0].value[1]",
                "when.all[2].not.any[2].value"
            ]
        );
        let resolved = put_ids("when", &mut criteria, &Field::kind, &|_, _| {
            Ok("id".to_owned())
        });
        assert_eq!(resolved, []);
        let expected = json!({ "all": [
            { "field": "stage", "op": "eq", "value": "id" },
            { "field": "name", "op": "eq", "value": "Renewal GmbH" },
            { "not": { "any": [
                { "field": "csm", "op": "in", "value": ["id", "id"] },
                { "field": "stage", "op": "is_set" },
                { "field": "stage", "op": "ne", "value": "id" }
            ] } }
        ] });
        assert_eq!(criteria.to_json(), expected);
        assert_eq!(parse("when", &expected), Ok(criteria));
    }
}
