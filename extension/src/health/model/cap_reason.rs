//! Owns the sentence of a cap, in which {field} stands for what is known of the account. Pure.

use super::cap_fields::is_known_field;
use crate::criteria::{Field, FieldValue};
use crate::pg::fault::Fault;

/// What stands for a field that is missing.
const UNKNOWN: &str = "an unknown number of";

/// A sentence with fields in it.
#[derive(Debug, Clone)]
pub struct CapReason(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Words(String),
    Value(Field),
}

impl CapReason {
    /// Reads a sentence; 22023 where braces hold anything but a field that a cap can ask about.
    pub fn read(path: &str, sentence: &str) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut rest = sentence;
        while let Some((words, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let field = Field::find(name).filter(is_known_field).ok_or_else(|| {
                let message =
                    format!("{path} names a field that a cap cannot ask about: {{{name}}}");
                Fault::invalid(path, message)
                    .hint("cs.criteria_fields lists the fields; braces hold the name of one.")
            })?;
            pieces.push(Piece::Words(words.to_owned()));
            pieces.push(Piece::Value(field));
            rest = after;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// The sentence for an account; numbers are whole ones.
    pub fn fill(&self, value: impl Fn(&Field) -> Option<FieldValue>) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Value(field) => value(field).map_or_else(|| UNKNOWN.to_owned(), |it| write(&it)),
        });
        pieces.collect()
    }
}

fn write(value: &FieldValue) -> String {
    match value {
        FieldValue::Number(number) => {
            let number = number.to_string();
            let whole = number.split('.').next().unwrap_or_default();
            whole.to_owned()
        }
        FieldValue::Text(text) => text.clone(),
        FieldValue::Date(day) => day.to_string(),
        FieldValue::Bool(value) => value.to_string(),
        FieldValue::List(texts) => texts.join(", "),
        FieldValue::Structure => "…".to_owned(),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::criteria::Decimal;

    fn fill(sentence: &str, number: &str) -> String {
        let reason = CapReason::read("reason", sentence).unwrap();
        reason.fill(|_| Decimal::parse(number).map(FieldValue::Number))
    }

    #[test]
    fn fields_are_whole_numbers_within_words() {
        assert_eq!(
            fill("Open for {urgent_open_days} days", "9.75"),
            "Open for 9 days"
        );
        assert_eq!(fill("{seat_share} % of {seats}", "19.99"), "19 % of 19");
        assert_eq!(fill("No field", "1"), "No field");
        assert_eq!(fill("An open { brace", "1"), "An open { brace");
        assert_eq!(fill("{seats} seats", "many"), "an unknown number of seats");
    }

    #[test]
    fn what_is_not_known_of_an_account_is_refused() {
        for bad in ["{moon}", "{}", "{score_change_30d} points"] {
            assert!(CapReason::read("reason", bad).is_err(), "{bad}");
        }
    }
}
