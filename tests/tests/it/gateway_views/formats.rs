//! JSON, one object, CSV and NDJSON, as Accept has it.

use super::{Visit, header, told};
use serde_json::{Value, json};

const CELLS: &str = "create view cs.cells as
     select * from (values
         (1, 'plain', -5.50, true, '{\"a\": 1}'::jsonb, '{x,y}'::text[], null::text),
         (2, '=1+1', 0, false, null, null, ''),
         (3, 'a,\"b\"', 1e3, null, '[]', '{}', E'two\\nlines'),
         (4, '-12.5', null, null, null, null, '@x'),
         (5, '-1+2', null, null, null, null, E'\\tx')
     ) as v(n, t, d, b, j, a, more);
     grant select on cs.cells to cs_member";

#[test]
fn csv_is_for_spreadsheets_and_starts_no_formula() {
    let visit = Visit::prepared(CELLS);
    let answer = visit.with("cells", &[("order", "n")], &[("accept", "text/csv")]);
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "content-type"), "text/csv; charset=utf-8");
    assert_eq!(header(&answer, "content-range"), "0-4/*");
    assert_eq!(
        answer.text().unwrap(),
        "n,t,d,b,j,a,more\r\n\
         1,plain,-5.50,true,\"{\"\"a\"\": 1}\",\"{x,y}\",\r\n\
         2,\"'=1+1\",0,false,,,\"\"\r\n\
         3,\"a,\"\"b\"\"\",1000,,[],{},\"two\nlines\"\r\n\
         4,-12.5,,,,,\"'@x\"\r\n\
         5,\"'-1+2\",,,,,\"'\tx\"\r\n"
    );
    let empty = visit.with(
        "cells",
        &[("n", "eq.9"), ("select", "t,n")],
        &[("accept", "text/csv")],
    );
    assert_eq!(empty.text().unwrap(), "t,n\r\n");
}

#[test]
fn csv_has_no_empty_line_and_a_mark_and_bare_cells_on_request() {
    let visit = Visit::prepared(CELLS);
    let read = |column: &str, accept: &str| {
        let query = [("order", "n"), ("select", column)];
        visit.with("cells", &query, &[("accept", accept)])
    };
    let text = |column: &str, accept: &str| read(column, accept).text().unwrap();
    assert_eq!(
        text("b", "text/csv"),
        "b\r\ntrue\r\nfalse\r\n\"\"\r\n\"\"\r\n\"\"\r\n"
    );
    let marked = read("n", "text/csv; bom=true").bytes().unwrap();
    assert_eq!(&marked[..6], b"\xef\xbb\xbfn\r\n");
    assert_eq!(
        text("t", "text/csv; guard=false"),
        "t\r\nplain\r\n=1+1\r\n\"a,\"\"b\"\"\"\r\n-12.5\r\n-1+2\r\n"
    );
    assert_eq!(read("t", "text/csv; bom=maybe").status(), 400);
}

#[test]
fn ndjson_has_a_document_a_line() {
    let visit = Visit::prepared(CELLS);
    let query = [("order", "n.desc"), ("select", "n,j")];
    let answer = visit.with("cells", &query, &[("accept", "application/x-ndjson")]);
    assert_eq!(header(&answer, "content-type"), "application/x-ndjson");
    let text = answer.text().unwrap();
    assert!(text.ends_with('\n'));
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[4], json!({"n": 1, "j": {"a": 1}}));
}

#[test]
fn one_object_is_exactly_one_row() {
    let visit = Visit::prepared(CELLS);
    let object = ("accept", "application/vnd.pgrst.object+json");
    let one = visit.with("cells", &[("n", "eq.2"), ("select", "t")], &[object]);
    assert_eq!(header(&one, "content-type"), object.1);
    assert_eq!(one.json::<Value>().unwrap(), json!({"t": "=1+1"}));
    for (filter, says) in [("eq.9", "0 rows"), ("gt.2", "more than 1 row")] {
        let (status, body) = told(visit.with("cells", &[("n", filter)], &[object]));
        assert_eq!((status, &body["code"]), (406, &json!("PGRST116")));
        assert!(body["details"].as_str().unwrap().contains(says), "{body}");
    }
}

#[test]
fn other_formats_are_refused() {
    let visit = Visit::new();
    for (accept, expected) in [
        ("*/*", 200),
        ("text/html,*/*;q=0.1", 200),
        ("text/html", 406),
        ("application/vnd.pgrst.plan+json", 406),
    ] {
        let answer = visit.with("account_overview", &[], &[("accept", accept)]);
        assert_eq!(answer.status(), expected, "{accept}");
    }
    let value = visit.with("rpc/me", &[], &[("accept", "text/csv")]);
    assert_eq!(value.status(), 406);
}
