//! Owns the operators of criteria and their names. Pure.

/// A comparison of two values of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
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

impl Comparison {
    /// Whether it only asks if values are equal, so that they need no order.
    pub const fn is_equality(self) -> bool {
        matches!(self, Self::Eq | Self::Ne)
    }
}

/// An operator as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `eq`, `ne`, `lt`, `lte`, `gt`, `gte`.
    Is(Comparison),
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

/// All operators with their names, in the order readers meet them.
const OPS: [(Op, &str); 13] = [
    (Op::Is(Comparison::Eq), "eq"),
    (Op::Is(Comparison::Ne), "ne"),
    (Op::Is(Comparison::Lt), "lt"),
    (Op::Is(Comparison::Lte), "lte"),
    (Op::Is(Comparison::Gt), "gt"),
    (Op::Is(Comparison::Gte), "gte"),
    (Op::In, "in"),
    (Op::NotIn, "not_in"),
    (Op::Between, "between"),
    (Op::Contains, "contains"),
    (Op::StartsWith, "starts_with"),
    (Op::IsSet, "is_set"),
    (Op::IsNotSet, "is_not_set"),
];

impl Op {
    /// The operator with this name.
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

    /// The names of all operators, in the order readers meet them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPS.iter().map(|(_, name)| *name)
    }
}
