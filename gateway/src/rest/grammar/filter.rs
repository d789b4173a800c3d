//! The grammar of filters: `column=[not.]operator.value`, and `and=(…)`, `or=(…)` with filters and groups inside.

use super::cursor::{Cursor, Read};
use super::path::Path;

/// How deep groups may stand in groups.
const DEPTH: usize = 10;

#[derive(Debug, PartialEq)]
pub(crate) enum Condition {
    One(Filter),
    Group {
        not: bool,
        any: bool,
        of: Vec<Condition>,
    },
}

#[derive(Debug, PartialEq)]
pub(crate) struct Filter {
    pub(crate) path: Path,
    pub(crate) not: bool,
    pub(crate) test: Test,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Test {
    Is(Is),
    In(Vec<String>),
    Than(Operator, String),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Is {
    Null,
    NotNull,
    True,
    False,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Operator {
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    Like,
    Ilike,
    Contains,
    Contained,
}

const OPERATORS: [(&str, Operator); 10] = [
    ("eq", Operator::Eq),
    ("neq", Operator::Neq),
    ("gt", Operator::Gt),
    ("gte", Operator::Gte),
    ("lt", Operator::Lt),
    ("lte", Operator::Lte),
    ("like", Operator::Like),
    ("ilike", Operator::Ilike),
    ("cs", Operator::Contains),
    ("cd", Operator::Contained),
];

/// One filter on one column: key and value of a parameter.
pub(super) fn one(key: &str, value: &str) -> Read<Filter> {
    let mut cursor = Cursor::new(key);
    let path = Path::read(&mut cursor)?;
    if !cursor.is_end() {
        return Err("it is no column".to_owned());
    }
    let mut cursor = Cursor::new(value);
    let not = cursor.eats("not.");
    let test = test(&mut cursor, None)?;
    match cursor.is_end() {
        true => Ok(Filter { path, not, test }),
        false => Err(format!("{:?} is too much", cursor.near())),
    }
}

/// The value of `and`, `or`, `not.and`, `not.or`.
pub(super) fn group(not: bool, any: bool, value: &str) -> Read<Condition> {
    let mut cursor = Cursor::new(value);
    let group = inside(not, any, &mut cursor, 1)?;
    match cursor.is_end() {
        true => Ok(group),
        false => Err(format!("{:?} is too much", cursor.near())),
    }
}

fn inside(not: bool, any: bool, cursor: &mut Cursor<'_>, depth: usize) -> Read<Condition> {
    if depth > DEPTH {
        return Err(format!("groups nest at most {DEPTH} deep"));
    }
    cursor.needs("(")?;
    let mut of = Vec::new();
    loop {
        of.push(member(cursor, depth)?);
        if !cursor.eats(",") {
            cursor.needs(")")?;
            return Ok(Condition::Group { not, any, of });
        }
    }
}

fn member(cursor: &mut Cursor<'_>, depth: usize) -> Read<Condition> {
    for (word, not, any) in [
        ("and(", false, false),
        ("or(", false, true),
        ("not.and(", true, false),
        ("not.or(", true, true),
    ] {
        if cursor.sees(word) {
            cursor.needs(word.trim_end_matches('('))?;
            return inside(not, any, cursor, depth + 1);
        }
    }
    let path = Path::read(cursor)?;
    cursor.needs(".")?;
    let not = cursor.eats("not.");
    let test = test(cursor, Some(&[',', ')']))?;
    Ok(Condition::One(Filter { path, not, test }))
}

/// `operator.value`; without ends the value is all that is left.
fn test(cursor: &mut Cursor<'_>, ends: Option<&[char]>) -> Read<Test> {
    let word = cursor.until(&['.', ',', ')']);
    if !cursor.eats(".") {
        return Err(format!(
            "an operator is missing: write eq.{word} for an equal value; the operators are {}",
            operators()
        ));
    }
    match word {
        "is" => is(cursor.until(&[',', ')'])).map(Test::Is),
        "in" => cursor.list().map(Test::In),
        _ => {
            let known = OPERATORS.iter().find(|(known, _)| *known == word);
            let (_, operator) = known.ok_or_else(|| {
                format!(
                    "there is no operator {word}; the operators are {}",
                    operators()
                )
            })?;
            value(cursor, ends).map(|value| Test::Than(*operator, value))
        }
    }
}

fn value(cursor: &mut Cursor<'_>, ends: Option<&[char]>) -> Read<String> {
    match ends {
        None => Ok(cursor.until(&[]).to_owned()),
        Some(_) if cursor.sees("{") => cursor.braced(),
        Some(ends) => cursor.item(ends),
    }
}

fn is(word: &str) -> Read<Is> {
    match word {
        "null" => Ok(Is::Null),
        "not_null" => Ok(Is::NotNull),
        "true" => Ok(Is::True),
        "false" => Ok(Is::False),
        "unknown" => Ok(Is::Unknown),
        _ => Err("after is stands null, not_null, true, false or unknown".to_owned()),
    }
}

fn operators() -> String {
    let names: Vec<_> = OPERATORS.iter().map(|(name, _)| *name).collect();
    format!("{} in is, each with not. before it", names.join(" "))
}

impl Condition {
    /// How many filters there are in it.
    pub(super) fn terms(&self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Group { of, .. } => of.iter().map(Self::terms).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn than(value: &str) -> (bool, Operator, String) {
        match one("a", value).unwrap() {
            Filter {
                not,
                test: Test::Than(operator, value),
                ..
            } => (not, operator, value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn values_are_all_that_is_left() {
        assert_eq!(
            than("eq.a.b,c)"),
            (false, Operator::Eq, "a.b,c)".to_owned())
        );
        assert_eq!(than("not.gte.5"), (true, Operator::Gte, "5".to_owned()));
        assert_eq!(than("eq."), (false, Operator::Eq, String::new()));
        assert_eq!(than("eq.\"x\""), (false, Operator::Eq, "\"x\"".to_owned()));
    }

    #[test]
    fn lists_and_constants_are_read() {
        assert_eq!(
            one("a", r#"in.(x,"y,z")"#).unwrap().test,
            Test::In(vec!["x".to_owned(), "y,z".to_owned()])
        );
        assert_eq!(one("a", "not.is.null").unwrap().test, Test::Is(Is::Null));
        assert!(one("a", "is.nothing").is_err());
        assert!(one("a", "in.x").is_err());
        assert!(one("a", "in.(x)y").is_err());
    }

    #[test]
    fn groups_nest() {
        let text = r#"(a.eq.1,not.and(b.in.(1,2),c->>d.like.*x*),e.cs.{1,2},f.eq."x,y")"#;
        let group = group(false, true, text).unwrap();
        assert_eq!(group.terms(), 5);
        let Condition::Group { of, any: true, .. } = &group else {
            panic!("{group:?}")
        };
        assert!(matches!(
            &of[1],
            Condition::Group {
                not: true,
                any: false,
                ..
            }
        ));
        let Condition::One(last) = &of[3] else {
            panic!("{of:?}")
        };
        assert_eq!(last.test, Test::Than(Operator::Eq, "x,y".to_owned()));
    }

    #[test]
    fn what_is_wrong_is_told_with_how_to_write_it() {
        assert!(one("a", "Active").unwrap_err().contains("eq.Active"));
        assert!(one("a", "like*x").is_err());
        assert!(one("a", "fts.x").unwrap_err().contains("no operator fts"));
        assert!(one("a.b", "eq.x").is_err());
        for text in [
            "",
            "a.eq.1",
            "(",
            "()",
            "(a)",
            "(a.eq.1",
            "(a.eq.1))",
            "(a.eq.1,)",
        ] {
            assert!(group(false, false, text).is_err(), "{text}");
        }
    }

    #[test]
    fn groups_have_a_deepest() {
        let nested =
            |depth: usize| format!("({}a.eq.1{}", "and(".repeat(depth - 1), ")".repeat(depth));
        assert!(group(false, false, &nested(10)).is_ok());
        assert!(group(false, false, &nested(11)).is_err());
        assert!(group(false, false, &nested(100_000)).is_err());
    }
}
