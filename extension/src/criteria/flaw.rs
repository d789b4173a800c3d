//! Owns what is wrong with criteria: each flaw with its JSON path. Pure.

use super::field_kind::FieldKind;
use crate::pg::fault::{Fault, shortened};
use serde_json::Value as Json;

/// A part of criteria that cannot be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Where, such as `all[1].any[0].op`; empty is the whole.
    pub path: String,
    /// Why, as a sentence for the reader.
    pub message: String,
}

/// The flaws found so far.
#[derive(Debug, Default)]
pub struct Flaws(pub Vec<Flaw>);

impl Flaws {
    /// Notes one more.
    pub fn add(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(Flaw {
            path: path.to_owned(),
            message: message.into(),
        });
    }
}

/// The first flaw as a fault (22023), whose hint says how many more there are.
pub fn first_fault(flaws: &[Flaw]) -> Fault {
    let Some((first, others)) = flaws.split_first() else {
        return Fault::internal("criteria were refused without a flaw");
    };
    let path = match first.path.as_str() {
        "" => "criteria",
        path => path,
    };
    let fault = Fault::invalid(path, &first.message);
    match others.len() {
        0 => fault,
        1 => fault.hint("There is one more flaw; validate_criteria lists both."),
        more => fault.hint(format!(
            "There are {more} more flaws; validate_criteria lists all of them."
        )),
    }
}

/// What is said of an id that nothing has any more.
pub fn what_is_gone(kind: FieldKind) -> String {
    format!(
        "a {} that is named here is gone: choose another one",
        kind.name()
    )
}

/// The path of a key below a path.
pub fn below(at: &str, key: &str) -> String {
    let key = shortened(key);
    match at {
        "" => key,
        at => format!("{at}.{key}"),
    }
}

/// The path of an element.
pub fn element(at: &str, index: usize) -> String {
    format!("{at}[{index}]")
}

/// A piece of input as a message repeats it.
pub fn quoted(json: &Json) -> String {
    shortened(&json.to_string())
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::pg::fault::LONGEST_QUOTE;

    #[test]
    fn paths_are_those_of_json() {
        assert_eq!(below("", "all"), "all");
        assert_eq!(
            below(&element("caps[0].when.all", 1), "op"),
            "caps[0].when.all[1].op"
        );
    }

    #[test]
    fn a_message_repeats_little() {
        let long = "é".repeat(1000);
        assert_eq!(shortened(&long).chars().count(), LONGEST_QUOTE + 1);
        assert_eq!(quoted(&serde_json::json!("short")), "\"short\"");
    }

    #[test]
    fn the_first_flaw_speaks_for_all() {
        let mut flaws = Flaws::default();
        flaws.add("", "no");
        assert_eq!(first_fault(&flaws.0), Fault::invalid("criteria", "no"));
        flaws.add("all[0].op", "neither");
        flaws.add("all[1].op", "nor");
        let expected = Fault::invalid("criteria", "no")
            .hint("There are 2 more flaws; validate_criteria lists all of them.");
        assert_eq!(first_fault(&flaws.0), expected);
    }
}
