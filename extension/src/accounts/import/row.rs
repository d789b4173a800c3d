//! Owns what a row of an import must be: one element of the array in, either a row or everything wrong with it out. Pure.

use crate::accounts::column::AccountColumn;
use crate::accounts::patch::AccountPatch;
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::raw_object;
use crate::pg::rejected_rows::Rejected;
use crate::pg::written_time::{self, WrittenTime};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

/// A row that could be read.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Its place in the array, from 0.
    pub index: usize,
    /// The account it is about.
    pub external_id: String,
    /// What it changes; the CSM by e-mail address, the parent not at all.
    pub patch: AccountPatch,
    /// The external id of the parent: not mentioned, none, or one.
    pub parent: Option<Option<String>>,
    /// The moment of which it tells, as it was written; `None`: now.
    pub as_of: Option<WrittenTime>,
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

/// What a key of a row is about.
enum About {
    Column(AccountColumn),
    /// Named by an external id, which is not its column's value.
    Parent,
    Moment,
}

const KEYS: [(&str, About); 8] = [
    ("external_id", About::Column(AccountColumn::ExternalId)),
    ("name", About::Column(AccountColumn::Name)),
    ("parent_external_id", About::Parent),
    ("csm", About::Column(AccountColumn::Csm)),
    ("status", About::Column(AccountColumn::Status)),
    ("current_stage", About::Column(AccountColumn::Stage)),
    ("crm_attributes", About::Column(AccountColumn::Attributes)),
    ("as_of", About::Moment),
];

/// Reads the rows; of an account that is in several none is written: which is meant, nobody can say.
pub fn read_rows(elements: &[(usize, &RawValue)], rejected: &mut Vec<Rejected>) -> Vec<ImportRow> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut rows = Vec::with_capacity(elements.len());
    for (index, element) in elements {
        let (external_id, row) = read_row(*index, element.get(), rejected);
        if let Some(external_id) = external_id {
            places.entry(external_id).or_default().push(*index);
        }
        rows.extend(row);
    }
    places.retain(|_, places| places.len() > 1);
    rows.retain(|row| !places.contains_key(&row.external_id));
    for places in places.values() {
        rejected.extend(places.iter().map(|index| {
            let others = places.iter().filter(|it| *it != index);
            Rejected::new(*index, "external_id", also_in(others.copied()))
        }));
    }
    rows
}

fn also_in(rows: impl Iterator<Item = usize>) -> String {
    const NAMED: usize = 5;
    let rows = rows.map(|it| it.to_string()).collect::<Vec<_>>();
    match rows.len() {
        1 => format!("is also in row {}", rows[0]),
        2..=NAMED => format!("is also in rows {}", rows.join(", ")),
        many => format!(
            "is also in rows {} and {} more",
            rows[..NAMED].join(", "),
            many - NAMED
        ),
    }
}

/// The account it is about, where that can be read, and the row, where all of it can.
fn read_row(
    index: usize,
    element: &str,
    rejected: &mut Vec<Rejected>,
) -> (Option<String>, Option<ImportRow>) {
    let found_before = rejected.len();
    let Ok(object) = serde_json::from_str::<Parts<'_>>(element) else {
        rejected.push(Rejected::new(index, "rows", "must be an array of objects"));
        return (None, None);
    };
    let (mut patch, mut parent, mut as_of) = (AccountPatch::default(), None, None);
    for (key, raw) in &object {
        let Some((_, about)) = KEYS.iter().find(|(name, _)| name == key) else {
            rejected.push(Rejected::new(index, key.clone(), "is not a key of a row"));
            continue;
        };
        let raw = null_for_blank(raw.get());
        let read = match about {
            About::Column(column) => {
                read_value(*column, raw).map(|value| patch.set(*column, value))
            }
            About::Parent => read_parent(raw).map(|value| parent = Some(value)),
            About::Moment => read_moment(raw).map(|value| as_of = value),
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
    let row = match (&external_id, found_before == rejected.len()) {
        (Some(external_id), true) => Some(ImportRow {
            index,
            external_id: external_id.clone(),
            patch,
            parent,
            as_of,
        }),
        _ => None,
    };
    (external_id, row)
}

/// An empty cell of a table says that there is nothing.
fn null_for_blank(raw: &str) -> &str {
    let text = raw_object::text(raw);
    match text.is_some_and(|it| cs_text::clean_name(&it).is_none()) {
        true => "null",
        false => raw,
    }
}

/// As [`AccountColumn::read_value`], but a CSM is named by e-mail address only: ids mean nothing to another system.
fn read_value(column: AccountColumn, raw: &str) -> Result<Option<String>, Fault> {
    let is_address = |given: &Option<String>| given.as_ref().is_none_or(|it| it.contains('@'));
    match column {
        AccountColumn::Csm => column
            .read_value(raw)
            .ok()
            .filter(is_address)
            .ok_or_else(|| {
                Fault::invalid("csm", "csm must be the e-mail address of a member, or null")
            }),
        AccountColumn::Attributes => column.read_value(&attributes_of_cells(raw)),
        // A row is known by it: null is no choice.
        AccountColumn::ExternalId if raw == "null" => Ok(None),
        _ => column.read_value(raw),
    }
}

/// Attributes whose blank texts are null.
fn attributes_of_cells(raw: &str) -> Cow<'_, str> {
    let Ok(parts) = serde_json::from_str::<Parts<'_>>(raw) else {
        return Cow::Borrowed(raw);
    };
    let is_whole = |(_, raw): (&String, &&RawValue)| null_for_blank(raw.get()) == raw.get();
    if parts.iter().all(is_whole) {
        return Cow::Borrowed(raw);
    }
    let cells = parts.iter().map(|(key, raw)| {
        let key = Value::from(key.as_str());
        format!("{key}: {}", null_for_blank(raw.get()))
    });
    Cow::Owned(format!("{{{}}}", cells.collect::<Vec<_>>().join(", ")))
}

fn read_parent(raw: &str) -> Result<Option<String>, Fault> {
    AccountColumn::ExternalId.read_value(raw).map_err(|_| {
        let message = "parent_external_id must be the external_id of an account, or null";
        Fault::invalid("parent_external_id", message)
    })
}

fn read_moment(raw: &str) -> Result<Option<WrittenTime>, Fault> {
    let text = raw_object::text(raw);
    match text.as_deref().map(written_time::read) {
        Some(Some(written)) => Ok(Some(written)),
        None if raw == "null" => Ok(None),
        _ => Err(Fault::invalid(
            "as_of",
            "as_of must be a moment such as 2027-03-31T12:00:00Z, or null",
        )),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn read(rows: &str) -> (Vec<ImportRow>, Vec<Rejected>) {
        let elements: Vec<&RawValue> = serde_json::from_str(rows).unwrap();
        let elements = elements.into_iter().enumerate().collect::<Vec<_>>();
        let mut rejected = Vec::new();
        (read_rows(&elements, &mut rejected), rejected)
    }

    fn complaints(rows: &str) -> Vec<String> {
        let (_, mut rejected) = read(rows);
        rejected.sort_by(|one, other| (one.index, &one.field).cmp(&(other.index, &other.field)));
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
            {"external_id": "A"}, {"external_id": " "}, {"external_id": "A", "as_of": "soon"}]"#;
        assert_eq!(
            complaints(rows),
            [
                "0 external_id is also in rows 4, 6",
                "1 rows must be an array of objects",
                "2 external_id is missing",
                "3 crm_attributes.arr crm_attributes.arr must be a number of at least 0, not \"12 %\"",
                "3 csm csm must be the e-mail address of a member, or null",
                "3 nam is not a key of a row",
                "3 name name must be a non-empty string of at most 500 characters",
                "3 parent_external_id parent_external_id must be the external_id of an account, or null",
                "3 status status must be Active, Paused or Churned",
                "4 external_id is also in rows 0, 6",
                "5 external_id is missing",
                "6 as_of as_of must be a moment such as 2027-03-31T12:00:00Z, or null",
                "6 external_id is also in rows 0, 4",
            ]
        );
    }

    #[test]
    fn attributes_without_a_value_are_not_new_fields() {
        let rows = r#"[{"external_id": "A", "crm_attributes": {"a": 1, "b": null}}]"#;
        let (rows, _) = read(rows);
        assert_eq!(rows[0].attribute_keys(), ["a"]);
        assert_eq!(rows[0].parent, None);
    }

    #[test]
    fn an_empty_cell_is_null() {
        let rows = r#"[{"external_id": 7, "csm": "", "parent_external_id": " ", "as_of": "",
            "crm_attributes": {"arr": "", "industry": "\u200b", "note": "x", "seats": 3}}]"#;
        let (rows, rejected) = read(rows);
        assert_eq!(rejected, []);
        let row = &rows[0];
        assert_eq!(row.external_id, "7");
        assert!(row.patch.changes(AccountColumn::Csm));
        assert_eq!(row.patch.value(AccountColumn::Csm), None);
        assert_eq!((&row.parent, row.as_of), (&Some(None), None));
        assert_eq!(
            row.patch.value(AccountColumn::Attributes),
            Some(r#"{"arr": null, "industry": null, "note": "x", "seats": 3}"#)
        );
    }
}
