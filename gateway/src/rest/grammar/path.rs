//! A column, or a way into its JSON: `column->key->0->>key`.

use super::cursor::{Cursor, Read};

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Path {
    pub(crate) column: String,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    pub(crate) at: At,
    /// `->>`: the result is text, and the way ends here.
    pub(crate) as_text: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum At {
    Key(String),
    Place(i32),
}

impl Path {
    pub(super) fn read(cursor: &mut Cursor<'_>) -> Read<Self> {
        let column = cursor.name()?;
        Self::from(column, cursor)
    }

    /// The rest of a path whose column has been read.
    pub(super) fn from(column: String, cursor: &mut Cursor<'_>) -> Read<Self> {
        let mut steps: Vec<Step> = Vec::new();
        while cursor.sees("->") {
            if steps.last().is_some_and(|step| step.as_text) {
                return Err("->> gives text, so nothing can follow it".to_owned());
            }
            let as_text = cursor.eats("->>");
            if !as_text {
                cursor.needs("->")?;
            }
            let quoted = cursor.sees("\"");
            let key = cursor.name()?;
            let at = match key.parse() {
                Ok(place) if !quoted => At::Place(place),
                _ => At::Key(key),
            };
            steps.push(Step { at, as_text });
        }
        Ok(Self { column, steps })
    }

    /// What the value is called in an answer: its last key, else its column.
    pub(crate) fn called(&self) -> &str {
        let keys = self.steps.iter().rev().filter_map(|step| match &step.at {
            At::Key(key) => Some(key.as_str()),
            At::Place(_) => None,
        });
        keys.into_iter().next().unwrap_or(&self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Read<Path> {
        Path::read(&mut Cursor::new(text))
    }

    #[test]
    fn steps_are_keys_and_places() {
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
                (At::Key("contacts".to_owned()), false),
                (At::Place(-1), false),
                (At::Key("name".to_owned()), true)
            ]
        );
    }

    #[test]
    fn values_are_called_by_their_last_key() {
        assert_eq!(path("a->b->>c").unwrap().called(), "c");
        assert_eq!(path("a->b->0").unwrap().called(), "b");
        assert_eq!(path("a->0").unwrap().called(), "a");
        assert_eq!(path("a").unwrap().called(), "a");
    }

    #[test]
    fn nothing_follows_text() {
        assert!(path("a->>b->c").is_err());
        assert!(path("a->").is_err());
    }
}
