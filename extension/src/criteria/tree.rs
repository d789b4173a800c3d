//! Owns the shape of criteria once they are understood: groups of conditions over the fields of an account. Pure.

use super::field::Field;
use super::value::Value;

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
    /// What it looks at, each field once.
    pub fn fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        self.gather(&mut fields);
        fields
    }

    fn gather<'a>(&'a self, fields: &mut Vec<&'a Field>) {
        match self {
            Self::All(members) | Self::Any(members) => {
                for member in members {
                    member.gather(fields);
                }
            }
            Self::Not(inner) => inner.gather(fields),
            Self::Leaf(leaf) if fields.contains(&&leaf.field) => (),
            Self::Leaf(leaf) => fields.push(&leaf.field),
        }
    }
}

/// One condition. Over a missing value, or one of another type than it asks for, it is false, whatever the operator but
/// `is_not_set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// What is looked at.
    pub field: Field,
    /// What must be true of it.
    pub test: Test,
}

/// What a value is tested for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It stands in this relation to a value. Text is compared exactly, in the order of its bytes (collation C).
    Is(Relation, Value),
    /// It is one of these.
    In(Vec<Value>),
    /// It is none of these.
    NotIn(Vec<Value>),
    /// It lies between two values, both included.
    Between(Value, Value),
    /// It contains this text, folded by [`super::value::fold`]; a list contains it as one of its texts.
    Contains(String),
    /// It begins with this text, folded likewise.
    StartsWith(String),
    /// It is there.
    IsSet,
    /// It is missing.
    IsNotSet,
}

/// How two values of one type may stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
}

impl Relation {
    /// Whether equal values are all it asks about, so that an order is not needed.
    pub const fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne)
    }
}

impl Test {
    /// The operator it was written with.
    pub const fn op(&self) -> Op {
        match self {
            Self::Is(relation, _) => Op::Is(*relation),
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

/// An operator as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `eq`, `ne`, `lt`, `lte`, `gt`, `gte`.
    Is(Relation),
    /// `in`.
    In,
    /// `not_in`.
    NotIn,
    /// `between`.
    Between,
    /// `contains`.
    Contains,
    /// `starts_with`.
    StartsWith,
    /// `is_set`.
    IsSet,
    /// `is_not_set`.
    IsNotSet,
}

/// All operators with their names.
const OPS: [(Op, &str); 13] = [
    (Op::Is(Relation::Eq), "eq"),
    (Op::Is(Relation::Ne), "ne"),
    (Op::Is(Relation::Lt), "lt"),
    (Op::Is(Relation::Lte), "lte"),
    (Op::Is(Relation::Gt), "gt"),
    (Op::Is(Relation::Gte), "gte"),
    (Op::In, "in"),
    (Op::NotIn, "not_in"),
    (Op::Between, "between"),
    (Op::Contains, "contains"),
    (Op::StartsWith, "starts_with"),
    (Op::IsSet, "is_set"),
    (Op::IsNotSet, "is_not_set"),
];

impl Op {
    /// The operator of this name.
    pub fn find(name: &str) -> Option<Self> {
        OPS.iter()
            .find(|(_, known)| *known == name)
            .map(|(op, _)| *op)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        OPS.iter()
            .find(|(op, _)| *op == self)
            .map_or("", |(_, name)| name)
    }

    /// All names, in the order readers meet them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPS.iter().map(|(_, name)| *name)
    }
}
