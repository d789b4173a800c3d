//! Owns the shape of criteria once they are understood: groups of conditions over the fields of an account. Pure.

use super::field::Field;
use super::op::{Op, Relation};
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
