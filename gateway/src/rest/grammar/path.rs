//! Owns paths: a column, or a path into its JSON: `column->key->0->>key`. Pure.

use super::cursor::{Cursor, Parsed};

/// How many steps a path may have: deep enough for any document, and no work for the parser of the database.
const MAX_STEPS: usize = 16;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ColumnPath {
    pub(crate) column: String,
    pub(crate) steps: Vec<PathStep>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PathStep {
    pub(crate) at: StepKey,
    /// `->>`: the result is text, and the path ends here.
    pub(crate) as_text: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StepKey {
    Key(String),
    Index(i32),
}

impl ColumnPath {
    pub(super) fn parse(cursor: &mut Cursor<'_>) -> Parsed<Self> {
        let column = cursor.parse_name()?;
        Self::parse_steps(column, cursor)
    }

    /// The rest of a path whose column has been read.
    pub(super) fn parse_steps(column: String, cursor: &mut Cursor<'_>) -> Parsed<Self> {
        let mut steps: Vec<PathStep> = Vec::new();
        while cursor.starts_with("->") {
            if steps.last().is_some_and(|step| step.as_text) {
                return Err("->> returns text, so nothing can follow it".to_owned());
            }
            if steps.len() == MAX_STEPS {
                return Err(format!("a path may have at most {MAX_STEPS} steps"));
            }
            let as_text = cursor.skip("->>");
            if !as_text {
                cursor.require("->")?;
            }
            let quoted = cursor.starts_with("\"");
            let key = cursor.parse_name()?;
            let at = match key.parse() {
                Ok(index) if !quoted => StepKey::Index(index),
                _ => StepKey::Key(key),
            };
            steps.push(PathStep { at, as_text });
        }
        Ok(Self { column, steps })
    }

    /// The name of the value in an answer: its last key, or else its column.
    pub(crate) fn result_name(&self) -> &str {
        let keys = self.steps.iter().rev().filter_map(|step| match &step.at {
            StepKey::Key(key) => Some(key.as_str()),
            StepKey::Index(_) => None,
        });
        keys.into_iter().next().unwrap_or(&self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Parsed<ColumnPath> {
        ColumnPath::parse(&mut Cursor::new(text))
    }

    #[test]
    fn steps_are_keys_and_indexes() {
        let path = path("crm->contacts->-1->>name").unwrap();
        assert_eq!(path.column, "crm");
        let steps: Vec<_> = path
            .steps
            .iter()
            .map(|s| (s.at.clone(), s.as_text))
            .collect();
        assert_eq!(
            steps,
            [
                (StepKey::Key("contacts".to_owned()), false),
                (StepKey::Index(-1), false),
                (StepKey::Key("name".to_owned()), true)
            ]
        );
    }

    #[test]
    fn values_are_named_by_their_last_key() {
        assert_eq!(path("a->b->>c").unwrap().result_name(), "c");
        assert_eq!(path("a->b->0").unwrap().result_name(), "b");
        assert_eq!(path("a->0").unwrap().result_name(), "a");
        assert_eq!(path("a").unwrap().result_name(), "a");
    }

    #[test]
    fn the_number_of_steps_is_limited() {
        let deep = |steps: usize| path(&format!("a{}", "->b".repeat(steps)));
        assert_eq!(deep(16).unwrap().steps.len(), 16);
        for steps in [17, 5_000, 1_000_000] {
            assert!(deep(steps).unwrap_err().contains("16 steps"), "{steps}");
        }
    }

    #[test]
    fn nothing_follows_text() {
        assert!(path("a->>b->c").is_err());
        assert!(path("a->").is_err());
    }
}
