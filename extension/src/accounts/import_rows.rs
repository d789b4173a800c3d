//! Owns what a row of an import must be: one element of the array in, either a line or everything wrong with it out. Pure.

use super::patch::{self, ATTRIBUTES, CSM, EXTERNAL_ID, NAME, Patch, STAGE, STATUS};
use crate::pg::fault::Fault;
use crate::pg::json_text::Parts;
use crate::pg::rejected_rows::Rejected;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// A row that could be read.
#[derive(Debug)]
pub struct Line {
    /// Its place in the array, from 0.
    pub index: usize,
    /// The account it is about.
    pub external_id: String,
    /// What it says of the account; of the CSM an e-mail address, of the parent nothing.
    pub patch: Patch,
    /// What it says of the parent: an external id.
    pub parent: Option<Option<String>>,
}

impl Line {
    /// The outermost keys of its attributes that say something.
    pub fn attribute_keys(&self) -> Vec<String> {
        let given = self.patch.0[ATTRIBUTES].as_ref().and_then(Option::as_ref);
        let parts = given.map(|text| serde_json::from_str::<Parts<'_>>(text));
        let parts = parts.and_then(Result::ok).unwrap_or_default();
        let telling = parts.into_iter().filter(|(_, raw)| raw.get() != "null");
        telling.map(|(key, _)| key).collect()
    }
}

/// Keys of a row, and the column each is about; the parent is none.
const KEYS: [(&str, Option<usize>); 7] = [
    ("external_id", Some(EXTERNAL_ID)),
    ("name", Some(NAME)),
    ("parent_external_id", None),
    ("csm", Some(CSM)),
    ("status", Some(STATUS)),
    ("current_stage", Some(STAGE)),
    ("crm_attributes", Some(ATTRIBUTES)),
];

/// Reads all elements; an account stands in the array once.
pub fn read(elements: &[&RawValue], rejected: &mut Vec<Rejected>) -> Vec<Line> {
    let mut first = HashMap::new();
    let mut lines = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        let Some(line) = read_one(index, element.get(), rejected) else {
            continue;
        };
        match first.insert(line.external_id.clone(), index) {
            None => lines.push(line),
            Some(before) => {
                let reason = format!("stands in row {before} already");
                rejected.push(Rejected::new(index, "external_id", reason));
                first.insert(line.external_id, before);
            }
        }
    }
    lines
}

fn read_one(index: usize, element: &str, rejected: &mut Vec<Rejected>) -> Option<Line> {
    let found_before = rejected.len();
    let Ok(object) = serde_json::from_str::<Parts<'_>>(element) else {
        rejected.push(Rejected::new(index, "rows", "must be an array of objects"));
        return None;
    };
    let (mut patch, mut parent) = (Patch::default(), None);
    for (key, raw) in &object {
        let Some((_, place)) = KEYS.iter().find(|(name, _)| name == key) else {
            rejected.push(Rejected::new(index, key.clone(), "is not a key of a row"));
            continue;
        };
        let read = match place {
            Some(place) => value(*place, raw.get()).map(|it| patch.0[*place] = Some(it)),
            None => parent_of(raw.get()).map(|it| parent = Some(it)),
        };
        if let Err(fault) = read {
            let field = fault.field().filter(|it| it.starts_with("crm_attributes."));
            let field = field.unwrap_or_else(|| key.clone());
            rejected.push(Rejected::new(index, field, fault.message().to_owned()));
        }
    }
    let external_id = patch.0[EXTERNAL_ID].take().flatten();
    if external_id.is_none() && found_before == rejected.len() {
        rejected.push(Rejected::new(index, "external_id", "is missing"));
    }
    (found_before == rejected.len()).then_some(Line {
        index,
        external_id: external_id?,
        patch,
        parent,
    })
}

fn value(place: usize, raw: &str) -> Result<Option<String>, Fault> {
    let read = patch::value_of(place, raw);
    match (place, read) {
        (CSM, Ok(Some(id))) if !id.contains('@') => Err(not_an_address()),
        (CSM, Err(_)) => Err(not_an_address()),
        (_, read) => read,
    }
}

fn not_an_address() -> Fault {
    Fault::invalid("csm", "csm must be the e-mail address of a member, or null")
}

fn parent_of(raw: &str) -> Result<Option<String>, Fault> {
    match serde_json::from_str(raw) {
        Ok(Value::Null) => Ok(None),
        Ok(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text)),
        _ => Err(Fault::invalid(
            "parent_external_id",
            "parent_external_id must be the external_id of an account, or null",
        )),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn complaints(rows: &str) -> Vec<String> {
        let elements: Vec<&RawValue> = serde_json::from_str(rows).unwrap();
        let mut rejected = Vec::new();
        read(&elements, &mut rejected);
        let told = rejected.iter();
        told.map(|it| format!("{} {} {}", it.index, it.field, it.reason))
            .collect()
    }

    #[test]
    fn everything_wrong_with_a_row_is_said() {
        let rows = r#"[{"external_id": "A", "name": "A"}, 1, {"name": "B"},
            {"external_id": "C", "name": "", "csm": "Ada", "parent_external_id": 3, "status": "Gone", "nam": 1,
             "crm_attributes": {"arr": "12"}},
            {"external_id": "A"}, {"external_id": null}, {"external_id": "A"}]"#;
        assert_eq!(
            complaints(rows),
            [
                "1 rows must be an array of objects",
                "2 external_id is missing",
                "3 crm_attributes.arr crm_attributes.arr must be a number of at least 0, not \"12\"",
                "3 csm csm must be the e-mail address of a member, or null",
                "3 nam is not a key of a row",
                "3 name name must be a text that is not empty, of at most 500 characters",
                "3 parent_external_id parent_external_id must be the external_id of an account, or null",
                "3 status status must be Active, Paused or Churned",
                "4 external_id stands in row 0 already",
                "5 external_id is missing",
                "6 external_id stands in row 0 already",
            ]
        );
    }

    #[test]
    fn attributes_that_say_nothing_are_no_new_fields() {
        let rows = r#"[{"external_id": "A", "crm_attributes": {"a": 1, "b": null}}]"#;
        let elements: Vec<&RawValue> = serde_json::from_str(rows).unwrap();
        let lines = read(&elements, &mut Vec::new());
        assert_eq!(lines[0].attribute_keys(), ["a"]);
        assert_eq!(lines[0].parent, None);
    }
}
