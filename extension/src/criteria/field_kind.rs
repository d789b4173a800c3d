//! Owns the types of fields, and the operators that go with each. Pure.

use super::op::{Comparison, Op};

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A number.
    Number,
    /// Text.
    Text,
    /// A date.
    Date,
    /// One of these labels.
    Choice(&'static [&'static str]),
    /// A stage of the journey: compared by id, entered by id or name.
    Stage,
    /// A member of the tenant: compared by id, entered by id, e-mail or full name.
    Member,
    /// An account, compared and entered by id.
    Account,
    /// A value of any type, in a CRM attribute: compared where it has the type of the value given.
    Any,
}

const EQUALITY: &[Op] = &[
    Op::Is(Comparison::Eq),
    Op::Is(Comparison::Ne),
    Op::In,
    Op::NotIn,
    Op::IsSet,
    Op::IsNotSet,
];

const ORDER: &[Op] = &[
    Op::Is(Comparison::Eq),
    Op::Is(Comparison::Ne),
    Op::Is(Comparison::Lt),
    Op::Is(Comparison::Lte),
    Op::Is(Comparison::Gt),
    Op::Is(Comparison::Gte),
    Op::Between,
    Op::In,
    Op::NotIn,
    Op::IsSet,
    Op::IsNotSet,
];

const TEXT: &[Op] = &[
    Op::Is(Comparison::Eq),
    Op::Is(Comparison::Ne),
    Op::Contains,
    Op::StartsWith,
    Op::In,
    Op::NotIn,
    Op::Is(Comparison::Lt),
    Op::Is(Comparison::Lte),
    Op::Is(Comparison::Gt),
    Op::Is(Comparison::Gte),
    Op::Between,
    Op::IsSet,
    Op::IsNotSet,
];

impl FieldKind {
    /// Its name, for readers and pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Date => "date",
            Self::Choice(_) => "choice",
            Self::Stage => "stage",
            Self::Member => "member",
            Self::Account => "account",
            Self::Any => "any",
        }
    }

    /// Whether its values are ids.
    pub const fn is_id(self) -> bool {
        matches!(self, Self::Stage | Self::Member | Self::Account)
    }

    /// Whether its values may be entered by a name, which has to be resolved.
    pub const fn has_names(self) -> bool {
        matches!(self, Self::Stage | Self::Member)
    }

    /// The operators that go with it, the likeliest first.
    pub const fn operators(self) -> &'static [Op] {
        match self {
            Self::Number | Self::Date => ORDER,
            Self::Text | Self::Any => TEXT,
            Self::Choice(_) | Self::Stage | Self::Member | Self::Account => EQUALITY,
        }
    }
}
