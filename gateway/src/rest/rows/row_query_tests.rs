//! The statements that requests become.

use super::*;
use crate::catalogue::schema::fixtures;
use crate::rest::rows::csv::CsvStyle;

const PLAIN: ResponseOptions = ResponseOptions {
    format: Format::Json,
    range: None,
    count: false,
    headers_only: false,
};

fn planned(pairs: &[(&str, &str)], options: ResponseOptions) -> Result<RowQuery, ApiError> {
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let columns = &fixtures::columns()[..3];
    let source = RowSource {
        sql: "cs.\"v\" as _source".to_owned(),
        params: vec![],
        given_in: vec![],
        columns,
        key: vec!["id".to_owned()],
        is_ordered: false,
        bare_values: false,
        read_only: true,
    };
    RowQuery::plan(source, &QueryRequest::parse(&pairs)?, options, 100)
}

fn planned_crm(select: &str) -> Result<RowQuery, ApiError> {
    let pairs = [("select".to_owned(), select.to_owned())];
    let columns = fixtures::columns();
    let source = RowSource {
        sql: "cs.\"v\" as _source".to_owned(),
        params: vec![],
        given_in: vec![],
        columns: &columns,
        key: vec!["id".to_owned()],
        is_ordered: false,
        bare_values: false,
        read_only: true,
    };
    RowQuery::plan(source, &QueryRequest::parse(&pairs)?, PLAIN, 100)
}

#[test]
fn statement_has_all_parts_and_binds_all_values() {
    let pairs = [
        ("select", "id,label:name::text"),
        ("arr", "gt.5"),
        ("order", "arr.desc"),
        ("limit", "7"),
        ("offset", "3"),
    ];
    let options = ResponseOptions {
        count: true,
        ..PLAIN
    };
    let query = planned(&pairs, options).unwrap();
    assert_eq!(
        query.sql.replace("pg_catalog.", ""),
        "select to_json(_item.*)::text from (select _source.\"id\" as \"id\", _source.\"name\"::text as \"label\" \
         from cs.\"v\" as _source where current_user = 'cs_member' and (_source.\"arr\" > $1::text::numeric) \
         order by _source.\"arr\" desc, _source.\"id\" limit $2::text::int8 offset $3::text::int8) as _item"
    );
    let params: Vec<_> = query.params.into_iter().flatten().collect();
    assert_eq!(params, ["5", "7", "3"]);
    let (count, param_count) = query.count.unwrap();
    assert!(count.starts_with("select pg_catalog.count(*) from cs.\"v\" as _source where"));
    assert_eq!(param_count, 1);
}

#[test]
fn without_select_all_columns_are_named() {
    let options = ResponseOptions {
        format: Format::Csv(CsvStyle::PLAIN),
        ..PLAIN
    };
    let query = planned(&[], options).unwrap();
    assert_eq!(query.names, ["id", "name", "arr"]);
    assert!(
        query
            .sql
            .contains("_item.\"arr\"::pg_catalog.text from (select _source.\"id\"")
    );
    assert!(!query.sql.contains("limit"));
    assert!(query.count.is_none());
}

#[test]
fn only_statements_without_text_of_the_caller_are_kept() {
    let kept = |select: &str| planned(&[("select", select)], PLAIN).unwrap().keep_prepared;
    assert!(kept("id,name") && kept("*"));
    assert!(!kept("mine:name"));
    let filters = vec![("name", "like.x"); 100];
    assert!(planned(&filters, PLAIN).unwrap().keep_prepared);
    let order = vec!["name.desc.nullslast"; 100].join(",");
    let long = [filters, vec![("order", order.as_str())]].concat();
    assert!(!planned(&long, PLAIN).unwrap().keep_prepared);
}

fn ordered(pairs: &[(&str, &str)], options: ResponseOptions) -> String {
    let sql = planned(pairs, options).unwrap().sql;
    let order = sql.split_once(" order by ").map_or("", |(_, order)| order);
    order
        .split([')', '$'])
        .next()
        .unwrap()
        .replace("_source.", "")
        .replace('"', "")
}

#[test]
fn pages_end_with_the_key() {
    let csv = ResponseOptions {
        format: Format::Csv(CsvStyle::PLAIN),
        ..PLAIN
    };
    for (pairs, expected) in [
        (&[][..], "id limit "),
        (&[("order", "arr.desc,id.desc")], "arr desc, id desc limit "),
        (&[("order", "name.nullslast")], "name nulls last, id limit "),
        (&[("limit", "2"), ("offset", "2")], "id limit "),
    ] {
        assert_eq!(ordered(pairs, PLAIN), expected, "{pairs:?}");
    }
    // a file of all rows has no pages
    assert_eq!(ordered(&[], csv), "");
    assert_eq!(ordered(&[("order", "name")], csv), "name, id");
    assert_eq!(ordered(&[("offset", "2")], csv), "id offset ");
    let ranged = ResponseOptions {
        range: Some((0, Some(9))),
        ..csv
    };
    assert_eq!(ordered(&[], ranged), "id limit ");
}

#[test]
fn names_appear_only_once() {
    for select in ["name,name", "*,name", "x:name,x:arr"] {
        assert!(planned(&[("select", select)], PLAIN).is_err(), "{select}");
    }
    assert!(planned(&[("select", "*,other:name")], PLAIN).is_ok());
    // the database would cut the name
    let key = "ü".repeat(32);
    let refused = planned_crm(&format!("crm->{key}")).unwrap_err().to_string();
    assert!(refused.contains("63 bytes"), "{refused}");
    assert!(planned_crm(&format!("short:crm->{key}")).is_ok());
    assert!(planned_crm("crm->a,crm->b").is_ok());
}

#[test]
fn a_value_leads_back_to_where_it_was_given() {
    let pairs = [
        ("name", "eq.x"),
        ("or", "(arr.gt.x,arr.in.(1,y))"),
        ("id", "eq.x y"),
        ("arr", "lt.x y"),
    ];
    let query = planned(&pairs, PLAIN).unwrap();
    for (value, key) in [
        ("x", "or"),
        ("y", "or"),
        ("x y", "id"),
        ("100", ""),
        ("z", ""),
    ] {
        assert_eq!(query.origin_of(value).unwrap_or_default(), key, "{value}");
    }
}
