//! Owns what a change of an account may say: known keys, each with a value of its column; what it makes of an account.
//! Pure.

use super::column::{AccountColumn, action_to_change};
use crate::identity::Action;
use crate::pg::document::unknown_key;
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::merge_patch::merged;
use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};

/// A value of each column that people write, in its text form; `None` is NULL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountValues([Option<String>; AccountColumn::ALL.len()]);

impl Index<AccountColumn> for AccountValues {
    type Output = Option<String>;

    fn index(&self, column: AccountColumn) -> &Option<String> {
        &self.0[column as usize]
    }
}

impl IndexMut<AccountColumn> for AccountValues {
    fn index_mut(&mut self, column: AccountColumn) -> &mut Option<String> {
        &mut self.0[column as usize]
    }
}

/// The new value of each column that is to change, `None` for NULL. For attributes it is the patch to merge; for the
/// CSM what was given, an id or an e-mail address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountPatch(BTreeMap<AccountColumn, Option<String>>);

impl AccountPatch {
    /// Reads an object; `what` is what it is called. Errors: 22023 for anything but an object of known keys with sound
    /// values.
    pub fn read(what: &str, text: Option<&str>) -> Result<Self, Fault> {
        let object = text.and_then(|it| serde_json::from_str::<Parts<'_>>(it).ok());
        let object =
            object.ok_or_else(|| Fault::invalid(what, format!("{what} must be a JSON object")))?;
        let mut patch = Self::default();
        for (key, raw) in &object {
            let known = AccountColumn::ALL.map(AccountColumn::name);
            let column =
                AccountColumn::from_name(key).ok_or_else(|| unknown_key(key, what, key, &known))?;
            patch.set(column, column.read_value(raw.get())?);
        }
        Ok(patch)
    }

    /// Whether it changes a column.
    pub fn changes(&self, column: AccountColumn) -> bool {
        self.0.contains_key(&column)
    }

    /// The columns it changes.
    pub fn columns(&self) -> Vec<AccountColumn> {
        self.0.keys().copied().collect()
    }

    /// The value it gives a column; `None` also where it clears or does not mention it.
    pub fn value(&self, column: AccountColumn) -> Option<&str> {
        self.0.get(&column)?.as_deref()
    }

    /// Gives a column a value, or clears it.
    pub fn set(&mut self, column: AccountColumn, value: Option<String>) {
        self.0.insert(column, value);
    }

    /// Takes out what it says about a column: nothing, or a value.
    pub fn take(&mut self, column: AccountColumn) -> Option<Option<String>> {
        self.0.remove(&column)
    }

    /// The right a caller needs for it.
    pub fn action(&self) -> Action {
        action_to_change(&self.columns())
    }

    /// The values an account has after it.
    pub fn apply_to(&self, current: &AccountValues) -> AccountValues {
        let mut values = current.clone();
        for (column, given) in &self.0 {
            values[*column] = match (column, given) {
                (AccountColumn::Attributes, None) => Some("{}".to_owned()),
                (AccountColumn::Attributes, Some(patch)) => {
                    Some(merged(current[*column].as_deref().unwrap_or("{}"), patch))
                }
                (_, given) => given.clone(),
            };
        }
        values
    }
}

#[cfg(test)]
mod plain_tests {
    use super::AccountColumn::{Attributes, Csm, Name, Parent};
    use super::*;

    fn read(text: &str) -> Result<AccountPatch, Fault> {
        AccountPatch::read("patch", Some(text))
    }

    fn message_for(text: &str) -> String {
        read(text).unwrap_err().message().to_owned()
    }

    #[test]
    fn absent_null_and_given_are_different() {
        let patch =
            read(r#"{"parent_id": null, "name": "A", "crm_attributes": {"a": 1.10}}"#).unwrap();
        assert_eq!(patch.columns(), [Name, Parent, Attributes]);
        assert!(patch.changes(Parent) && patch.value(Parent).is_none());
        assert_eq!(patch.value(Attributes), Some(r#"{"a": 1.10}"#));
        assert!(!patch.changes(Csm));
    }

    #[test]
    fn a_message_names_the_key_at_fault() {
        for (text, message) in [
            ("[]", "patch must be a JSON object"),
            (r#"{"nam": 1}"#, "patch has no key \"nam\""),
            (r#"{"version": 1}"#, "patch has no key \"version\""),
            (
                r#"{"name": null}"#,
                "name must be a non-empty string of at most 500 characters",
            ),
            (
                r#"{"name": " "}"#,
                "name must be a non-empty string of at most 500 characters",
            ),
            (
                r#"{"external_id": 1.5}"#,
                "external_id must be a non-empty string of at most 500 characters, or null",
            ),
            (
                r#"{"parent_id": "x"}"#,
                "parent_id must be the id of an account, or null",
            ),
            (
                r#"{"csm_id": "Ada"}"#,
                "csm_id must be the id or e-mail address of a member, or null",
            ),
            (
                r#"{"status": "active"}"#,
                "status must be Active, Paused or Churned",
            ),
            (
                r#"{"status": null}"#,
                "status must be Active, Paused or Churned",
            ),
            (
                r#"{"current_stage": null}"#,
                "current_stage must be the name of a stage",
            ),
            (
                r#"{"crm_attributes": []}"#,
                "crm_attributes must be a JSON object",
            ),
            (
                r#"{"crm_attributes": {"arr": -1}}"#,
                "crm_attributes.arr must be a number of at least 0, not -1",
            ),
        ] {
            assert_eq!(message_for(text), message, "{text}");
        }
        assert!(AccountPatch::read("patch", None).is_err());
    }

    #[test]
    fn a_patch_leaves_the_rest() {
        let mut current = AccountValues::default();
        for column in AccountColumn::ALL {
            current[column] = Some(column.name().to_owned());
        }
        current[Attributes] = Some(r#"{"a": 1, "b": 2}"#.to_owned());
        let after = read(r#"{"csm_id": null, "crm_attributes": {"a": null}}"#)
            .unwrap()
            .apply_to(&current);
        assert_eq!(after[Csm], None);
        assert_eq!(after[Name].as_deref(), Some("name"));
        assert_eq!(after[Attributes].as_deref(), Some(r#"{"b": 2}"#));
        let cleared = read(r#"{"crm_attributes": null}"#)
            .unwrap()
            .apply_to(&current);
        assert_eq!(cleared[Attributes].as_deref(), Some("{}"));
    }

    #[test]
    fn moving_is_the_smaller_right() {
        assert_eq!(
            read(r#"{"current_stage": "A"}"#).unwrap().action(),
            Action::StageMove
        );
        assert_eq!(
            read(r#"{"current_stage": "A", "name": "B"}"#)
                .unwrap()
                .action(),
            Action::AccountEdit
        );
    }
}
