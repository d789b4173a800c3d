//! Makes a statement out of numbers: which relation, which columns, which values of which tenant.

mod call;
mod select;
mod write;

use crate::probes::dice::Dice;
use crate::probes::schema::Schema;
use crate::world::tables::{Column, Table};

/// What else the answer has to be.
#[derive(Debug)]
pub enum Check {
    Shown,
    /// A count of rows of others.
    Zero,
    /// A count of rows of this relation.
    AtMostOwn(String),
}

pub struct Speech {
    pub kind: &'static str,
    pub text: String,
    /// Values and types of the parameters `$1`, `$2` … of a prepared statement; else they stand in the text.
    pub parameters: Vec<(String, String)>,
    /// Reads relations and says nothing itself: all that it shows comes out of a row.
    pub says_nothing: bool,
    pub check: Check,
    pub writes: bool,
}

impl Speech {
    /// All that the caller says, which an answer may repeat.
    pub fn said(&self) -> String {
        let mut said = self.text.clone();
        for (value, _) in &self.parameters {
            said.push('\n');
            said.push_str(value);
        }
        said
    }
}

pub struct Speaker<'a> {
    pub schema: &'a Schema,
    pub dice: Dice<'a>,
    /// Whose values are mostly named, and whose at times.
    pub foreign: usize,
    pub own: usize,
    /// Names own values alone, so that what a caller may do is done too.
    loyal: bool,
    pub prepared: bool,
    parameters: Vec<(String, String)>,
}

impl<'a> Speaker<'a> {
    pub fn new(schema: &'a Schema, mut dice: Dice<'a>, own: usize, prepared: bool) -> Self {
        Self {
            loyal: dice.chance(25),
            schema,
            dice,
            foreign: 1 - own,
            own,
            prepared,
            parameters: Vec::new(),
        }
    }

    pub fn speak(mut self) -> Speech {
        let mut speech = match self.dice.below(16) {
            0..=7 => self.select(),
            8..=9 => self.insert(),
            10..=11 => self.update(),
            12 => self.delete(),
            _ => self.call(),
        };
        speech.parameters = self.parameters;
        speech
    }

    fn is_foreign(&mut self) -> usize {
        if self.loyal || self.dice.chance(20) {
            self.own
        } else {
            self.foreign
        }
    }

    /// A value as a parameter or a literal.
    fn say(&mut self, value: &str, kind: &str) -> String {
        if self.prepared {
            self.parameters.push((value.to_owned(), kind.to_owned()));
            return format!("${}", self.parameters.len());
        }
        format!("'{}'::{kind}", value.replace('\'', "''"))
    }

    fn value_of(&mut self, relation: &str, column: &Column) -> String {
        let side = self.is_foreign();
        let key = (relation.to_owned(), column.name.clone());
        let schema = self.schema;
        let of_column = schema.values[side].get(&key).filter(|all| !all.is_empty());
        let of_type = schema.by_type[side]
            .get(&column.kind)
            .filter(|all| !all.is_empty());
        let values = if self.dice.chance(20) {
            of_type.or(of_column)
        } else {
            of_column.or(of_type)
        };
        match values {
            Some(values) => {
                let value = self.dice.one(values).clone();
                self.say(&value, &column.kind)
            }
            None => format!("null::{}", column.kind),
        }
    }

    fn relation(&mut self, privilege: &'static str) -> &'a Table {
        let schema = self.schema;
        let granted: Vec<&Table> = schema
            .relations
            .iter()
            .filter(|relation| !schema.granted(relation, privilege).is_empty())
            .collect();
        // Mostly what may be touched at all; at times anything there is.
        if self.dice.chance(10) {
            self.dice.one(&schema.relations)
        } else {
            granted[self.dice.below(granted.len())]
        }
    }

    fn column(&mut self, relation: &'a Table, privilege: &'static str) -> &'a Column {
        let granted = self.schema.granted(relation, privilege);
        if granted.is_empty() || self.dice.chance(2) {
            self.dice.one(&relation.columns)
        } else {
            &relation.columns[*self.dice.one(granted)]
        }
    }

    fn condition(&mut self, relation: &'a Table, alias: &str) -> String {
        let column = self.column(relation, "select");
        let name = format!("{alias}.{}", column.name);
        match self.dice.below(9) {
            0 => "true".to_owned(),
            1..=3 => format!("{name} = {}", self.value_of(&relation.name, column)),
            4 => {
                let (a, b) = (
                    self.value_of(&relation.name, column),
                    self.value_of(&relation.name, column),
                );
                format!("{name} in ({a}, {b})")
            }
            5 => {
                let marker = crate::world::MARKERS[self.foreign];
                format!("{name}::text like '%{marker}%'")
            }
            6 => format!(
                "{name} is not null or {name} is distinct from {}",
                self.value_of(&relation.name, column)
            ),
            7 => format!("not {name} <> {}", self.value_of(&relation.name, column)),
            _ => {
                let (a, b) = (
                    self.condition(relation, alias),
                    self.condition(relation, alias),
                );
                let word = self.dice.one(&["and", "or"]);
                format!("({a} {word} {b})")
            }
        }
    }
}

fn plain(text: String) -> Speech {
    Speech {
        kind: "",
        text,
        parameters: Vec::new(),
        says_nothing: false,
        check: Check::Shown,
        writes: false,
    }
}
