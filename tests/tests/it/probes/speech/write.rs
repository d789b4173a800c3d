//! Writes that name foreign ids and values.

use std::fmt::Write as _;

use super::{Speaker, Speech, plain};
use crate::world::tables::{Column, Table};

impl<'a> Speaker<'a> {
    pub(super) fn insert(&mut self) -> Speech {
        let relation = self.relation("insert");
        let granted = self.schema.granted(relation, "insert");
        let mut columns: Vec<&Column> = if granted.is_empty() {
            relation.columns.iter().filter(|c| !c.generated).collect()
        } else {
            granted.iter().map(|at| &relation.columns[*at]).collect()
        };
        // What has to be there stays; of the rest some.
        columns.retain(|column| !column.nullable || column.in_key || self.dice.chance(40));
        if self.dice.chance(30) {
            columns.retain(|column| column.name != "tenant_id");
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let names = names.join(", ");
        let mut text = format!("insert into cs.{} ({names}) ", relation.name);
        if self.dice.chance(15) {
            let condition = self.condition(relation, "r");
            let _ = write!(
                text,
                "select {names} from cs.{} r where {condition}",
                relation.name
            );
        } else {
            let values: Vec<String> = columns
                .iter()
                .map(|c| self.value_of(&relation.name, c))
                .collect();
            let _ = write!(text, "values ({})", values.join(", "));
        }
        match self.dice.below(6) {
            0 => {
                let column = self.column(relation, "select");
                let _ = write!(text, " returning {}", column.name);
            }
            1 => text.push_str(" on conflict do nothing"),
            _ => (),
        }
        Speech {
            kind: "insert",
            writes: true,
            ..plain(text)
        }
    }

    pub(super) fn update(&mut self) -> Speech {
        let relation = self.relation("update");
        let mut sets = Vec::new();
        for _ in 0..=self.dice.below(2) {
            let column = self.column(relation, "update");
            let value = match self.dice.below(4) {
                0 => column.name.clone(),
                _ => self.value_of(&relation.name, column),
            };
            let set = format!("{} = {value}", column.name);
            if !sets
                .iter()
                .any(|other: &String| other.starts_with(&format!("{} =", column.name)))
            {
                sets.push(set);
            }
        }
        let condition = self.condition(relation, "r");
        let mut text = format!(
            "update cs.{} r set {} where {condition}",
            relation.name,
            sets.join(", ")
        );
        if self.dice.chance(30) {
            let column = self.column(relation, "select");
            let _ = write!(text, " returning r.{}", column.name);
        }
        Speech {
            kind: "update",
            writes: true,
            ..plain(text)
        }
    }

    pub(super) fn delete(&mut self) -> Speech {
        let deletable: Vec<&Table> = self
            .schema
            .relations
            .iter()
            .filter(|r| !r.is_view)
            .collect();
        let relation = *self.dice.one(&deletable);
        let condition = self.condition(relation, "r");
        let column = self.column(relation, "select");
        Speech {
            kind: "delete",
            writes: true,
            ..plain(format!(
                "delete from cs.{} r where {condition} returning r.{}",
                relation.name, column.name
            ))
        }
    }
}
