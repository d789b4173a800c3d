//! Owns the values of a statement: bound, never part of its text. Pure.

/// The values of a statement, in the order of their parameters.
#[derive(Debug, Default)]
pub(super) struct BoundParams {
    pub(super) values: Vec<Option<String>>,
    /// For each of them, whether it is text, as which anything can be read.
    pub(super) are_text: Vec<bool>,
}

impl BoundParams {
    /// Those that a source comes with.
    pub(super) fn of(values: Vec<Option<String>>) -> Self {
        Self {
            are_text: vec![false; values.len()],
            values,
        }
    }

    /// Returns the parameter of the value, cast from text.
    pub(super) fn bind(&mut self, value: impl Into<String>, sql_type: &str) -> String {
        self.values.push(Some(value.into()));
        self.are_text.push(sql_type == "pg_catalog.text");
        format!("${}::pg_catalog.text::{sql_type}", self.values.len())
    }
}
