//! Owns how a row of a document names its account: by id, or by the id in the system it comes from. Pure.

use crate::pg::rejected_rows::Reason;
use crate::pg::{id, raw_object};
use pgrx::Uuid;
use std::borrow::Cow;

/// How a row names its account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountName<'a> {
    /// By id.
    Id(Uuid),
    /// By the id in the system it comes from.
    External(Cow<'a, str>),
}

impl<'a> AccountName<'a> {
    /// Reads the two keys, of which a row has one; else the key at fault, and what is wrong with it.
    pub fn read(
        account_id: Option<&'a str>,
        external_id: Option<&'a str>,
    ) -> Result<Self, (&'static str, Reason)> {
        match (account_id, external_id) {
            (None, None) => Err(("account_id", "is missing, and so is external_id")),
            (Some(_), Some(_)) => {
                Err(("external_id", "must not be given together with account_id"))
            }
            (Some(raw), None) => raw_object::text(raw)
                .and_then(|text| id::parse(&text))
                .map(Self::Id)
                .ok_or(("account_id", "must be a UUID")),
            (None, Some(raw)) => raw_object::foreign_id(raw).map(Self::External).ok_or((
                "external_id",
                "must be a string with something to see in it, or a whole number",
            )),
        }
    }

    /// The key of the row that names it.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Id(_) => "account_id",
            Self::External(_) => "external_id",
        }
    }
}
