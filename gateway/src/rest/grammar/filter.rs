//! Owns the grammar of filters: `column=[not.]operator.value`, and `and=(…)`, `or=(…)` with filters and groups inside.
//! Pure.

use super::cursor::{Cursor, Parsed};
use super::limits::check_room;
use super::path::ColumnPath;

/// How deep groups may nest.
const MAX_DEPTH: usize = 10;

#[derive(Debug, PartialEq)]
pub(crate) enum Condition {
    Filter(Filter),
    Group {
        not: bool,
        any: bool,
        of: Vec<Condition>,
    },
}

#[derive(Debug, PartialEq)]
pub(crate) struct Filter {
    pub(crate) path: ColumnPath,
    pub(crate) not: bool,
    pub(crate) test: FilterTest,
}

#[derive(Debug, PartialEq)]
pub(crate) enum FilterTest {
    IsConstant(IsConstant),
    In(Vec<String>),
    Compare(Operator, String),
}

impl FilterTest {
    /// What the column is compared with.
    pub(crate) fn values(&self) -> &[String] {
        match self {
            Self::IsConstant(_) => &[],
            Self::In(values) => values,
            Self::Compare(_, value) => std::slice::from_ref(value),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum IsConstant {
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
    ContainedIn,
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
    ("cd", Operator::ContainedIn),
];

/// One filter on one column: key and value of a parameter.
pub(super) fn parse_filter(key: &str, value: &str) -> Parsed<Filter> {
    let mut cursor = Cursor::new(key);
    let path = ColumnPath::parse(&mut cursor)?;
    if !cursor.is_end() {
        return Err("it is not a column".to_owned());
    }
    let mut cursor = Cursor::new(value);
    let not = cursor.skip("not.");
    let test = parse_test(&mut cursor, None)?;
    match cursor.is_end() {
        true => Ok(Filter { path, not, test }),
        false => Err(format!("unexpected {:?}", cursor.next_text())),
    }
}

/// The value of `and`, `or`, `not.and`, `not.or`.
pub(super) fn parse_group(not: bool, any: bool, value: &str) -> Parsed<Condition> {
    let mut cursor = Cursor::new(value);
    let group = parse_group_body(not, any, &mut cursor, 1)?;
    match cursor.is_end() {
        true => Ok(group),
        false => Err(format!("unexpected {:?}", cursor.next_text())),
    }
}

fn parse_group_body(
    not: bool,
    any: bool,
    cursor: &mut Cursor<'_>,
    depth: usize,
) -> Parsed<Condition> {
    if depth > MAX_DEPTH {
        return Err(format!("groups may nest at most {MAX_DEPTH} levels deep"));
    }
    cursor.require("(")?;
    let mut of = Vec::new();
    loop {
        check_room(of.len())?;
        of.push(parse_member(cursor, depth)?);
        if !cursor.skip(",") {
            cursor.require(")")?;
            return Ok(Condition::Group { not, any, of });
        }
    }
}

fn parse_member(cursor: &mut Cursor<'_>, depth: usize) -> Parsed<Condition> {
    cursor.skip_blanks();
    for (word, not, any) in [
        ("and(", false, false),
        ("or(", false, true),
        ("not.and(", true, false),
        ("not.or(", true, true),
    ] {
        if cursor.starts_with(word) {
            cursor.require(word.trim_end_matches('('))?;
            return parse_group_body(not, any, cursor, depth + 1);
        }
    }
    let path = ColumnPath::parse(cursor)?;
    cursor.require(".")?;
    let not = cursor.skip("not.");
    let test = parse_test(cursor, Some(&[',', ')']))?;
    Ok(Condition::Filter(Filter { path, not, test }))
}

/// `operator.value`; without `ends` the value is all text that is left.
fn parse_test(cursor: &mut Cursor<'_>, ends: Option<&[char]>) -> Parsed<FilterTest> {
    let word = cursor.take_until(&['.', ',', ')']);
    if !cursor.skip(".") {
        return Err(format!(
            "an operator is missing: write eq.{word} for an equal value; the operators are {}",
            operator_names()
        ));
    }
    match word {
        "is" => parse_constant(cursor.take_until(&[',', ')'])).map(FilterTest::IsConstant),
        "in" => cursor.parse_list().map(FilterTest::In),
        _ => {
            let known = OPERATORS.iter().find(|(known, _)| *known == word);
            let (_, operator) = known.ok_or_else(|| {
                format!(
                    "there is no operator {word}; the operators are {}",
                    operator_names()
                )
            })?;
            parse_test_value(cursor, ends).map(|value| FilterTest::Compare(*operator, value))
        }
    }
}

fn parse_test_value(cursor: &mut Cursor<'_>, ends: Option<&[char]>) -> Parsed<String> {
    match ends {
        None => Ok(cursor.take_until(&[]).to_owned()),
        Some(_) if cursor.starts_with("{") => cursor.parse_braces(),
        Some(ends) => cursor.parse_value(ends),
    }
}

/// Words of SQL, in any case as there.
fn parse_constant(word: &str) -> Parsed<IsConstant> {
    match word.to_ascii_lowercase().as_str() {
        "null" => Ok(IsConstant::Null),
        "not_null" => Ok(IsConstant::NotNull),
        "true" => Ok(IsConstant::True),
        "false" => Ok(IsConstant::False),
        "unknown" => Ok(IsConstant::Unknown),
        _ => Err("is. takes null, not_null, true, false or unknown".to_owned()),
    }
}

fn operator_names() -> String {
    let names: Vec<_> = OPERATORS.iter().map(|(name, _)| *name).collect();
    format!("{} in is; not. may precede each of them", names.join(" "))
}

impl Condition {
    /// How many filters it contains.
    pub(super) fn count_filters(&self) -> usize {
        match self {
            Self::Filter(_) => 1,
            Self::Group { of, .. } => of.iter().map(Self::count_filters).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison(value: &str) -> (bool, Operator, String) {
        match parse_filter("a", value).unwrap() {
            Filter {
                not,
                test: FilterTest::Compare(operator, value),
                ..
            } => (not, operator, value),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_value_is_all_text_that_is_left() {
        assert_eq!(
            comparison("eq.a.b,c)"),
            (false, Operator::Eq, "a.b,c)".to_owned())
        );
        assert_eq!(
            comparison("not.gte.5"),
            (true, Operator::Gte, "5".to_owned())
        );
        assert_eq!(comparison("eq."), (false, Operator::Eq, String::new()));
        assert_eq!(
            comparison("eq.\"x\""),
            (false, Operator::Eq, "\"x\"".to_owned())
        );
    }

    #[test]
    fn lists_and_constants_are_read() {
        assert_eq!(
            parse_filter("a", r#"in.(x,"y,z")"#).unwrap().test,
            FilterTest::In(vec!["x".to_owned(), "y,z".to_owned()])
        );
        assert_eq!(
            parse_filter("a", "not.is.null").unwrap().test,
            FilterTest::IsConstant(IsConstant::Null)
        );
        for word in ["NULL", "Null", "nULL"] {
            let test = parse_filter("a", &format!("is.{word}")).unwrap().test;
            assert_eq!(test, FilterTest::IsConstant(IsConstant::Null), "{word}");
        }
        let group = parse_group(false, false, "(a.is.NOT_NULL,b.not.is.TRUE)");
        assert_eq!(group.unwrap().count_filters(), 2);
        assert!(parse_filter("a", "is.nothing").is_err());
        assert!(parse_filter("a", "in.x").is_err());
        assert!(parse_filter("a", "in.(x)y").is_err());
    }

    #[test]
    fn groups_nest() {
        let text = r#"(a.eq.1,not.and(b.in.(1,2),c->>d.like.*x*),e.cs.{1,2},f.eq."x,y")"#;
        let group = parse_group(false, true, text).unwrap();
        assert_eq!(group.count_filters(), 5);
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
        let Condition::Filter(last) = &of[3] else {
            panic!("{of:?}")
        };
        assert_eq!(
            last.test,
            FilterTest::Compare(Operator::Eq, "x,y".to_owned())
        );
    }

    #[test]
    fn blanks_may_follow_commas() {
        let group = |text| parse_group(false, false, text);
        assert_eq!(
            group("(a.eq.1, not.and( b.in.(1, 2),c.is.null))"),
            group("(a.eq.1,not.and(b.in.(1,2),c.is.null))")
        );
    }

    #[test]
    fn a_message_says_how_to_write_it() {
        assert!(
            parse_filter("a", "Active")
                .unwrap_err()
                .contains("eq.Active")
        );
        assert!(parse_filter("a", "like*x").is_err());
        assert!(
            parse_filter("a", "fts.x")
                .unwrap_err()
                .contains("no operator fts")
        );
        assert!(parse_filter("a.b", "eq.x").is_err());
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
            assert!(parse_group(false, false, text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_depth_of_groups_is_limited() {
        let nested =
            |depth: usize| format!("({}a.eq.1{}", "and(".repeat(depth - 1), ")".repeat(depth));
        assert!(parse_group(false, false, &nested(10)).is_ok());
        assert!(parse_group(false, false, &nested(11)).is_err());
        assert!(parse_group(false, false, &nested(100_000)).is_err());
    }
}
