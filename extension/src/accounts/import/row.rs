//! Owns what a row of an import must be: one element of the array in, either a row or everything wrong with it out. Pure.

use crate::accounts::column::AccountColumn;
use crate::accounts::patch::AccountPatch;
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::rejected_rows::Rejected;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

/// A row that could be read.
#[derive(Debug)]
pub struct ImportRow {
    /// Its place in the array, from 0.
    pub index: usize,
    /// The account it is about.
    pub external_id: String,
    /// What it changes; the CSM by e-mail address, the parent not at all.
    pub patch: AccountPatch,
    /// The external id of the parent: not mentioned, none, or one.
    pub parent: Option<Option<String>>,
}

impl ImportRow {
    /// The outermost keys of its attributes that have a value.
    pub fn attribute_keys(&self) -> Vec<String> {
        let given = self.patch.value(AccountColumn::Attributes);
        let parts = given.and_then(|text| serde_json::from_str::<Parts<'_>>(text).ok());
        let parts = parts.unwrap_or_default();
        let with_value = parts.into_iter().filter(|(_, raw)| raw.get() != "null");
        with_value.map(|(key, _)| key).collect()
    }

    /// Whether it changes a column of its account.
    pub fn changes(&self, column: AccountColumn) -> bool {
        match column {
            AccountColumn::Parent => self.parent.is_some(),
            column => self.patch.changes(column),
        }
    }
}

/// Keys of a row and the column each is about; the parent is named by an external id, which is not its column's value.
const KEYS: [(&str, Option<AccountColumn>); 7] = [
    ("external_id", Some(AccountColumn::ExternalId)),
    ("name", Some(AccountColumn::Name)),
    ("parent_external_id", None),
    ("csm", Some(AccountColumn::Csm)),
    ("status", Some(AccountColumn::Status)),
    ("current_stage", Some(AccountColumn::Stage)),
    ("crm_attributes", Some(AccountColumn::Attributes)),
];

/// Reads all elements; an account may be in the array once.
pub fn read_rows(elements: &[&RawValue], rejected: &mut Vec<Rejected>) -> Vec<ImportRow> {
    let mut first = HashMap::new();
    let mut rows = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        let Some(row) = read_row(index, element.get(), rejected) else {
            continue;
        };
        match first.insert(row.external_id.clone(), index) {
            None => rows.push(row),
            Some(before) => {
                let reason = format!("is already in row {before}");
                rejected.push(Rejected::new(index, "external_id", reason));
                first.insert(row.external_id, before);
            }
        }
    }
    rows
}

fn read_row(index: usize, element: &str, rejected: &mut Vec<Rejected>) -> Option<ImportRow> {
    let found_before = rejected.len();
    let Ok(object) = serde_json::from_str::<Parts<'_>>(element) else {
        rejected.push(Rejected::new(index, "rows", "must be an array of objects"));
        return None;
    };
    let (mut patch, mut parent) = (AccountPatch::default(), None);
    for (key, raw) in &object {
        let Some((_, column)) = KEYS.iter().find(|(name, _)| name == key) else {
            rejected.push(Rejected::new(index, key.clone(), "is not a key of a row"));
            continue;
        };
        let read = match column {
            Some(column) => read_value(*column, raw.get()).map(|value| patch.set(*column, value)),
            None => read_parent(raw.get()).map(|value| parent = Some(value)),
        };
        if let Err(fault) = read {
            let field = fault.field().filter(|it| it.starts_with("crm_attributes."));
            let field = field.unwrap_or_else(|| key.clone());
            rejected.push(Rejected::new(index, field, fault.message().to_owned()));
        }
    }
    let external_id = patch.take(AccountColumn::ExternalId).flatten();
    if external_id.is_none() && found_before == rejected.len() {
        rejected.push(Rejected::new(index, "external_id", "is missing"));
    }
    (found_before == rejected.len()).then_some(ImportRow {
        index,
        external_id: external_id?,
        patch,
        parent,
    })
}

/// As [`AccountColumn::read_value`], but a CSM is named by e-mail address only: ids mean nothing to another system.
fn read_value(column: AccountColumn, raw: &str) -> Result<Option<String>, Fault> {
    let read = column.read_value(raw);
    let is_address = |given: &Option<String>| given.as_ref().is_none_or(|it| it.contains('@'));
    match column {
        AccountColumn::Csm => read.ok().filter(is_address).ok_or_else(|| {
            Fault::invalid("csm", "csm must be the e-mail address of a member, or null")
        }),
        _ => read,
    }
}

fn read_parent(raw: &str) -> Result<Option<String>, Fault> {
    let refusal = || {
        let message = "parent_external_id must be the external_id of an account, or null";
        Fault::invalid("parent_external_id", message)
    };
    match serde_json::from_str(raw) {
        Ok(Value::Null) => Ok(None),
        // An empty cell of a table is no parent.
        Ok(Value::String(text)) => Ok(cs_text::clean_name(&text).map(Cow::into_owned)),
        Ok(Value::Number(_)) => AccountColumn::ExternalId
            .read_value(raw)
            .map_err(|_| refusal()),
        _ => Err(refusal()),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn complaints(rows: &str) -> Vec<String> {
        let elements: Vec<&RawValue> = serde_json::from_str(rows).unwrap();
        let mut rejected = Vec::new();
        read_rows(&elements, &mut rejected);
        rejected
            .iter()
            .map(|it| format!("{} {} {}", it.index, it.field, it.reason))
            .collect()
    }

    #[test]
    fn everything_wrong_with_a_row_is_reported() {
        let rows = r#"[{"external_id": "A", "name": "A"}, 1, {"name": "B"},
            {"external_id": "C", "name": "", "csm": "Ada", "parent_external_id": 3.5, "status": "Gone", "nam": 1,
             "crm_attributes": {"arr": "12 %"}},
            {"external_id": "A"}, {"external_id": null}, {"external_id": "A"}]"#;
        assert_eq!(
            complaints(rows),
            [
                "1 rows must be an array of objects",
                "2 external_id is missing",
                "3 crm_attributes.arr crm_attributes.arr must be a number of at least 0, not \"12 %\"",
                "3 csm csm must be the e-mail address of a member, or null",
                "3 nam is not a key of a row",
                "3 name name must be a non-empty string of at most 500 characters",
                "3 parent_external_id parent_external_id must be the external_id of an account, or null",
                "3 status status must be Active, Paused or Churned",
                "4 external_id is already in row 0",
                "5 external_id is missing",
                "6 external_id is already in row 0",
            ]
        );
    }

    #[test]
    fn attributes_without_a_value_are_not_new_fields() {
        let rows = r#"[{"external_id": "A", "crm_attributes": {"a": 1, "b": null}}]"#;
        let elements: Vec<&RawValue> = serde_json::from_str(rows).unwrap();
        let rows = read_rows(&elements, &mut Vec::new());
        assert_eq!(rows[0].attribute_keys(), ["a"]);
        assert_eq!(rows[0].parent, None);
    }
}
