//! Owns the shape of criteria once they are read: groups of conditions over the fields of an account, the path of each
//! condition, and the JSON they are stored as. Pure.

use super::field::Field;
use super::flaw::{below, element};
use super::op::{Comparison, Op};
use super::value::FieldValue;
use serde_json::{Value as Json, json};

/// What an account must be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Criteria {
    /// Every one holds; true without any.
    All(Vec<Self>),
    /// At least one holds; false without any.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// A condition.
    Leaf(Leaf),
}

impl Criteria {
    /// The fields it is about, each once.
    pub fn fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        for (_, leaf) in self.leaves("") {
            if !fields.contains(&&leaf.field) {
                fields.push(&leaf.field);
            }
        }
        fields
    }

    /// The conditions in the order they were written, each with its path; the criteria themselves are at path `at`.
    pub fn leaves(&self, at: &str) -> Vec<(String, &Leaf)> {
        match self {
            Self::All(members) => of_members(at, "all", members, Self::leaves),
            Self::Any(members) => of_members(at, "any", members, Self::leaves),
            Self::Not(inner) => inner.leaves(&below(at, "not")),
            Self::Leaf(leaf) => vec![(at.to_owned(), leaf)],
        }
    }

    /// The same, for conditions that are to be changed.
    pub fn leaves_mut(&mut self, at: &str) -> Vec<(String, &mut Leaf)> {
        match self {
            Self::All(members) => of_members(at, "all", members, Self::leaves_mut),
            Self::Any(members) => of_members(at, "any", members, Self::leaves_mut),
            Self::Not(inner) => inner.leaves_mut(&below(at, "not")),
            Self::Leaf(leaf) => vec![(at.to_owned(), leaf)],
        }
    }

    /// As JSON: what was read, with ids in place of the names that were resolved.
    pub fn to_json(&self) -> Json {
        let all = |members: &[Self]| members.iter().map(Self::to_json).collect::<Vec<_>>();
        match self {
            Self::All(members) => json!({ "all": all(members) }),
            Self::Any(members) => json!({ "any": all(members) }),
            Self::Not(inner) => json!({ "not": inner.to_json() }),
            Self::Leaf(leaf) => leaf.to_json(),
        }
    }
}

/// The leaves of all members of a group.
fn of_members<M, L>(
    at: &str,
    group: &str,
    members: impl IntoIterator<Item = M>,
    leaves: impl Fn(M, &str) -> Vec<L>,
) -> Vec<L> {
    let at = below(at, group);
    let members = members.into_iter().enumerate();
    members
        .flat_map(|(index, member)| leaves(member, &element(&at, index)))
        .collect()
}

/// One condition. Over a missing value, or one of another type than it asks for, it is false, whatever the operator but
/// `is_not_set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The field it is about.
    pub field: Field,
    /// What must be true of the field.
    pub test: Test,
    /// The value that the operator was given, as written: numbers keep their digits, text its case.
    pub written: Option<Json>,
}

impl Leaf {
    /// The texts of the value, one or those of a list, each with its path; the condition itself is at path `at`.
    pub fn texts_mut(&mut self, at: &str) -> Vec<(String, &mut String)> {
        let at = below(at, "value");
        match &mut self.written {
            Some(Json::String(text)) => vec![(at, text)],
            Some(Json::Array(all)) => {
                let texts = all.iter_mut().enumerate();
                texts
                    .filter_map(|(index, it)| match it {
                        Json::String(text) => Some((element(&at, index), text)),
                        _ => None,
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The texts of the value, one or those of a list.
    pub fn texts(&self) -> Vec<&str> {
        match &self.written {
            Some(Json::String(text)) => vec![text],
            Some(Json::Array(all)) => all.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn to_json(&self) -> Json {
        let mut leaf = json!({ "field": self.field.name(), "op": self.test.op().name() });
        if let Some(value) = &self.written {
            leaf["value"] = value.clone();
        }
        leaf
    }
}

/// What a value is tested for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It compares like this with a value. Text is compared exactly, in the order of its bytes (collation C).
    Is(Comparison, FieldValue),
    /// It is one of these.
    In(Vec<FieldValue>),
    /// It is none of these.
    NotIn(Vec<FieldValue>),
    /// It lies between two values, both included.
    Between(FieldValue, FieldValue),
    /// It contains this text, folded by [`super::value::fold`]; a list contains it as one of its texts.
    Contains(String),
    /// It begins with this text, folded likewise.
    StartsWith(String),
    /// It is there.
    IsSet,
    /// It is missing.
    IsNotSet,
}

impl Test {
    /// The operator it was written with.
    pub const fn op(&self) -> Op {
        match self {
            Self::Is(comparison, _) => Op::Is(*comparison),
            Self::In(_) => Op::In,
            Self::NotIn(_) => Op::NotIn,
            Self::Between(..) => Op::Between,
            Self::Contains(_) => Op::Contains,
            Self::StartsWith(_) => Op::StartsWith,
            Self::IsSet => Op::IsSet,
            Self::IsNotSet => Op::IsNotSet,
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use crate::criteria::parser::parse;
    use serde_json::json;

    #[test]
    fn conditions_have_the_paths_of_their_json_and_texts_are_replaced_in_place() {
        let condition = |field: &str, op: &str, value: serde_json::Value| json!({ "field": field, "op": op, "value": value });
        let of = |stage: &str, people: [&str; 2]| {
            json!({ "all": [
                condition("stage", "eq", json!(stage)),
                condition("arr", "gte", json!(1.50)),
                { "not": { "any": [
                    condition("csm", "in", json!(people)),
                    { "field": "stage", "op": "is_set" }
                ] } }
            ] })
        };
        let mut criteria = parse("when", &of("Renewal", ["ada@one.test", "Ben"])).unwrap();
        let mut paths = Vec::new();
        for (at, leaf) in criteria.leaves_mut("when") {
            for (at, text) in leaf.texts_mut(&at) {
                paths.push(at);
                text.push('!');
            }
        }
        assert_eq!(
            paths,
            [
                "when.all[0].value",
                "when.all[2].not.any[0].value[0]",
                "when.all[2].not.any[0].value[1]"
            ]
        );
        assert_eq!(
            criteria.to_json(),
            of("Renewal!", ["ada@one.test!", "Ben!"])
        );
        let leaves = criteria.leaves("");
        let all: Vec<_> = leaves
            .iter()
            .map(|(at, leaf)| (at.as_str(), leaf.texts()))
            .collect();
        assert_eq!(all[0], ("all[0]", vec!["Renewal!"]));
        assert_eq!(all[1], ("all[1]", vec![]));
        assert_eq!(all[3], ("all[2].not.any[1]", vec![]));
    }
}
