//! Owns the columns of an account that people write: what each is called, its type, and what a value given for it must be.
//! In: a key and the JSON text of its value; out: the value in the text form of the column. Pure.

use crate::custom_fields::attributes;
use crate::identity::Action;
use crate::pg::fault::Fault;
use crate::stages::AccountStatus;
use serde_json::Value;

/// A column of accounts that people write; triggers keep the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountColumn {
    /// What the account is called.
    Name,
    /// Its id in another system.
    ExternalId,
    /// The account above it.
    Parent,
    /// The member who looks after it.
    Csm,
    /// How it is doing business.
    Status,
    /// The name of the stage it is in.
    Stage,
    /// What other systems know about it.
    Attributes,
}

use AccountColumn::{Attributes, Csm, ExternalId, Name, Parent, Stage, Status};

/// Characters of a name or external id: indexes hold both, and no row of an index is larger than a third of a page.
const LONGEST: usize = 500;

/// What [`is_name`] asks for, to follow "must be".
pub const NAME_REQUIREMENT: &str = "a non-empty string of at most 500 characters";

impl AccountColumn {
    /// All of them, in the order in which `sql/insert.sql` takes their values.
    pub const ALL: [Self; 7] = [Name, ExternalId, Parent, Csm, Status, Stage, Attributes];

    /// As the table names it.
    pub const fn name(self) -> &'static str {
        match self {
            Name => "name",
            ExternalId => "external_id",
            Parent => "parent_id",
            Csm => "csm_id",
            Status => "status",
            Stage => "current_stage",
            Attributes => "crm_attributes",
        }
    }

    /// The type that the text of a value is cast to.
    pub const fn sql_type(self) -> &'static str {
        match self {
            Name | ExternalId | Stage => "text",
            Parent | Csm => "uuid",
            Status => "cs.account_status",
            Attributes => "jsonb",
        }
    }

    /// Whether an account can be without it.
    pub const fn is_nullable(self) -> bool {
        matches!(self, ExternalId | Parent | Csm)
    }

    /// The column of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// The value given for it, in the text form of the column; `None` for null. Of the CSM it is an id or an e-mail
    /// address.
    pub fn read_value(self, raw: &str) -> Result<Option<String>, Fault> {
        if self == Attributes {
            if raw != "null" {
                attributes::check(&attributes::parts(raw)?)?;
            }
            return Ok((raw != "null").then(|| raw.to_owned()));
        }
        match serde_json::from_str(raw) {
            Ok(Value::Null) if self.is_nullable() => Ok(None),
            Ok(Value::String(text)) => match cs_text::clean_name(&text) {
                Some(text) if self.accepts(&text) => Ok(Some(text.into_owned())),
                _ => Err(self.refusal()),
            },
            Ok(Value::Number(_)) if self == ExternalId && is_digits(raw) => {
                Ok(Some(raw.to_owned()))
            }
            _ => Err(self.refusal()),
        }
    }

    fn accepts(self, text: &str) -> bool {
        let is_id = || uuid::Uuid::try_parse(text).is_ok();
        match self {
            Name | ExternalId => is_name(text),
            Parent => is_id(),
            Csm => is_id() || text.contains('@'),
            Status => AccountStatus::from_label(text).is_some(),
            Stage | Attributes => true,
        }
    }

    fn refusal(self) -> Fault {
        let what = match self {
            Name | ExternalId => NAME_REQUIREMENT,
            Parent => "the id of an account",
            Csm => "the id or e-mail address of a member",
            Status => "Active, Paused or Churned",
            Stage => "the name of a stage",
            Attributes => "a JSON object",
        };
        let or_null = if self.is_nullable() { ", or null" } else { "" };
        let name = self.name();
        Fault::invalid(name, format!("{name} must be {what}{or_null}"))
    }
}

/// Whether a text can be the name or external id of an account; if not, it must be [`NAME_REQUIREMENT`].
pub fn is_name(text: &str) -> bool {
    cs_text::clean_name(text).is_some() && text.chars().count() <= LONGEST
}

/// An id that another system tells as a number is its digits.
fn is_digits(raw: &str) -> bool {
    raw.len() <= LONGEST && raw.bytes().all(|it| it.is_ascii_digit())
}

/// The right a caller needs to change these columns: moving an account to another stage needs less than editing it.
pub fn action_to_change(columns: &[AccountColumn]) -> Action {
    match columns.iter().all(|column| *column == Stage) {
        true => Action::StageMove,
        false => Action::AccountEdit,
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn each_name_names_its_column() {
        for column in AccountColumn::ALL {
            assert_eq!(AccountColumn::from_name(column.name()), Some(column));
        }
        assert_eq!(AccountColumn::from_name("version"), None);
    }

    #[test]
    fn the_insert_takes_the_columns_in_their_order() {
        let names = AccountColumn::ALL.map(AccountColumn::name).join(", ");
        let statement = include_str!("sql/insert.sql");
        assert!(statement.contains(&format!("as wanted ({names})")));
    }

    #[test]
    fn a_name_has_an_end() {
        for (characters, is_good) in [(LONGEST, true), (LONGEST + 1, false)] {
            let raw = format!("\"{}\"", "é".repeat(characters));
            for column in [Name, ExternalId] {
                let read = column.read_value(&raw);
                assert_eq!(read.is_ok(), is_good, "{column:?} {characters}");
            }
        }
    }

    #[test]
    fn moving_is_the_smaller_right() {
        assert_eq!(action_to_change(&[Stage]), Action::StageMove);
        assert_eq!(action_to_change(&[Name, Stage]), Action::AccountEdit);
    }
}
