//! Owns the rows that a call is given, each to be read by itself: told as jsonb, or as text, of which a row that PostgreSQL cannot
//! hold is set aside with what is wrong with it. Both are read alike.

use super::fault::Fault;
use super::json_flaws::find_flaw;
use super::json_text::JsonText;
use super::rejected_rows::Rejected;
use serde_json::value::RawValue;

/// An array of rows as it was told.
pub enum GivenRows<'a> {
    /// All of it can be held.
    Jsonb(JsonText),
    /// In any spelling of JSON.
    Text(&'a str),
}

/// The array as PostgreSQL holds it; what it cannot hold is null there.
pub struct HeldRows {
    text: JsonText,
    set_aside: Vec<Rejected>,
}

/// The rows that can be read, and those that were set aside.
pub struct ReadRows<'a> {
    /// How many there were.
    pub all: usize,
    /// The place of each in the array, from 0, and its text.
    pub sound: Vec<(usize, &'a RawValue)>,
    /// What is wrong with the others.
    pub rejected: Vec<Rejected>,
}

impl GivenRows<'_> {
    /// Errors: 22023 where it is no JSON array.
    pub fn hold(self) -> Result<HeldRows, Fault> {
        match self {
            Self::Jsonb(text) => Ok(HeldRows {
                text,
                set_aside: Vec::new(),
            }),
            Self::Text(rows) => HeldRows::of_text(rows),
        }
    }
}

impl HeldRows {
    fn of_text(rows: &str) -> Result<Self, Fault> {
        let rows = rows.strip_prefix('\u{feff}').unwrap_or(rows);
        let elements: Vec<&RawValue> = serde_json::from_str(rows).map_err(|error| {
            let fault = not_an_array();
            match error.is_syntax() || error.is_eof() {
                true => fault.hint(format!(
                    "It stops being JSON at line {}, column {}.",
                    error.line(),
                    error.column()
                )),
                false => fault,
            }
        })?;
        let mut set_aside = Vec::new();
        let held = elements.iter().enumerate().map(|(index, element)| {
            let Some((place, flaw)) = find_flaw(element.get()) else {
                return element.get();
            };
            let field = if place.is_empty() { "rows" } else { &place };
            set_aside.push(Rejected::new(index, field.to_owned(), flaw));
            "null"
        });
        let held = held.collect::<Vec<_>>().join(",");
        Ok(Self {
            text: JsonText::of_text(&format!("[{held}]"))?,
            set_aside,
        })
    }

    /// Each row as its text. Errors: 22023 where it is no array.
    pub fn read(&self) -> Result<ReadRows<'_>, Fault> {
        let elements: Vec<&RawValue> =
            serde_json::from_str(self.text.as_str()).map_err(|_| not_an_array())?;
        let all = elements.len();
        let is_sound = |index: &usize| {
            let found = self.set_aside.binary_search_by_key(index, |it| it.index);
            found.is_err()
        };
        let sound = elements.into_iter().enumerate();
        Ok(ReadRows {
            all,
            sound: sound.filter(|(index, _)| is_sound(index)).collect(),
            rejected: self.set_aside.clone(),
        })
    }
}

fn not_an_array() -> Fault {
    Fault::invalid("rows", "rows must be a JSON array")
}
