//! The grammar as a whole; and no query string makes it panic.

use super::*;
use proptest::prelude::*;

fn parse(pairs: &[(&str, &str)]) -> Result<QueryRequest, ApiError> {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    QueryRequest::parse(&pairs)
}

fn field(pairs: &[(&str, &str)]) -> String {
    match parse(pairs) {
        Err(ApiError::Invalid {
            field: Some(field), ..
        }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn several_filters_on_one_column_all_count() {
    let request = parse(&[
        ("a", "gte.1"),
        ("a", "lt.5"),
        ("or", "(b.eq.1,b.is.null)"),
        ("limit", "5"),
        ("offset", "10"),
    ])
    .unwrap();
    assert_eq!(request.conditions.len(), 3);
    assert_eq!((request.limit, request.offset), (Some(5), Some(10)));
}

#[test]
fn what_is_wrong_is_named() {
    assert_eq!(field(&[("limit", "-1")]), "limit");
    assert_eq!(field(&[("limit", "1"), ("limit", "2")]), "limit");
    assert_eq!(field(&[("order", "a"), ("order", "b")]), "order");
    assert_eq!(field(&[("offset", "99999999999999999999")]), "offset");
    assert_eq!(field(&[("name", "x")]), "name");
    assert_eq!(field(&[("name", "eq.\0")]), "name");
    assert_eq!(field(&[("select", "a(b)")]), "select");
}

#[test]
fn the_number_of_terms_is_limited() {
    let many = vec![("a", "eq.1"); 100];
    assert_eq!(parse(&many).unwrap().conditions.len(), 100);
    assert_eq!(field(&[many, vec![("b", "eq.1")]].concat()), "b");
    assert_eq!(field(&[("order", &["a"; 101].join(","))]), "order");
    assert_eq!(field(&[("select", &["a"; 101].join(","))]), "select");
    let group = format!("({})", ["a.eq.1"; 101].join(","));
    assert_eq!(field(&[("and", &group)]), "and");
}

#[test]
fn what_is_too_much_is_refused_by_name() {
    let deep = format!("a{}", "->b".repeat(5_000));
    assert_eq!(field(&[("select", &deep)]), "select");
    assert_eq!(field(&[("order", &deep)]), "order");
    let named = field(&[(&deep, "eq.1")]);
    assert!(
        named.starts_with("a->b->b") && named.chars().count() == 101,
        "{named}"
    );
    assert_eq!(field(&[("or", &format!("({deep}.eq.1)"))]), "or");
    let list = format!("in.({})", vec!["1"; 20_000].join(","));
    assert_eq!(field(&[("a", &list)]), "a");
    let nested = format!("({}a.eq.1{}", "and(".repeat(5_000), ")".repeat(5_001));
    assert_eq!(field(&[("and", &nested)]), "and");
    for select in ["\"\":name", "a->\"\"", "\"\""] {
        assert_eq!(field(&[("select", select)]), "select");
    }
}

/// What is repeated to no end.
const PARTS: [&str; 18] = [
    "->a", "->>a", "->0", "->\"\"", "a,", "a:", "::text", "and(", "or(", "not.", "a.eq.1,", "in.(",
    "1,", "\"", "\\", "{", "(", ")",
];

proptest! {

    #[test]
    fn whatever_is_accepted_is_within_the_bounds(
        key in "(select|order|and|not[.]or|a|[a\"]->b)",
        head in "(a|[(]a[.]eq[.]1|in[.][(]|eq[.]|\"|)",
        parts in prop::collection::vec((0..PARTS.len(), 1_usize..3_000), 0..4),
        tail in "[)\"}]{0,3}",
    ) {
        let repeated: String = parts.iter().map(|(part, times)| PARTS[*part].repeat(*times)).collect();
        if let Ok(request) = parse(&[(&key, &format!("{head}{repeated}{tail}"))]) {
            let steps = |path: &path::ColumnPath| path.steps.len() <= 16;
            let items = request.select.unwrap_or_default();
            prop_assert!(items.len() <= MAX_TERMS && request.order.len() <= MAX_TERMS);
            let of_item = |item: &SelectItem| match item {
                SelectItem::Star => true,
                SelectItem::Column { path, .. } => steps(path),
            };
            prop_assert!(items.iter().all(of_item));
            prop_assert!(request.order.iter().all(|term| steps(&term.path)));
            let filters: usize = request.conditions.iter().map(|(_, c)| c.count_filters()).sum();
            prop_assert!(filters <= MAX_TERMS);
        }
    }

    #[test]
    fn no_text_makes_it_panic(key in "\\PC{0,12}", value in "\\PC{0,40}") {
        let _ = parse(&[(&key, &value)]);
        for known in ["select", "order", "and", "or", "not.or", "limit", "a->b"] {
            let _ = parse(&[(known, &value)]);
        }
    }

    #[test]
    fn no_text_of_its_own_characters_makes_it_panic(
        key in "(select|order|and|not[.]or|[a>0\"-]{1,6})",
        value in "([a.,:()\"\\\\{}*>!é-]|and[(]|not[.]|eq[.]|in[.][(]|cs[.]|->){0,30}",
    ) {
        let _ = parse(&[(&key, &value)]);
    }

    #[test]
    fn any_value_comes_through_a_quoted_item(values in prop::collection::vec("\\PC{0,12}", 1..4)) {
        let quoted: Vec<_> = values
            .iter()
            .map(|v| format!("\"{}\"", v.replace('\\', "\\\\").replace('"', "\\\"")))
            .collect();
        let request = parse(&[("a", &format!("in.({})", quoted.join(",")))]).unwrap();
        let Condition::Filter(filter) = &request.conditions[0].1 else { panic!() };
        prop_assert_eq!(&filter.test, &filter::FilterTest::In(values));
    }
}
