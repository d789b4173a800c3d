//! Functions: by GET and POST, with rows chosen like those of views, with NULLs, with nothing to tell.

use super::{Visit, header, told};
use serde_json::{Value, json};

const MADE: &str = "
    create function cs.t_rows(upto integer, step integer default 1) returns table (n integer, label text)
        language sql stable as 'select n, ''l'' || n from generate_series(1, upto, step) as n';
    create function cs.t_values(upto integer) returns setof integer
        language sql immutable as 'select generate_series(1, upto)';
    create function cs.t_void(x integer) returns void language sql stable as 'select null::void';
    create function cs.t_is_null(x text) returns boolean language sql immutable as 'select x is null';
    create function cs.t_list(ids uuid[], patch jsonb default null) returns jsonb language sql stable
        as 'select jsonb_build_object(''ids'', ids, ''patch'', patch)';
    create function cs.t_limit(q text, \"limit\" integer) returns text language sql stable as 'select q || \"limit\"';
    create function cs.t_writes() returns setof integer language plpgsql volatile
        as 'begin create temp table t (x integer); return query select 7; end';
    create function cs.t_two(a integer) returns text language sql stable as 'select ''integer''';
    create function cs.t_two(b text) returns text language sql stable as 'select ''text''';
    create function cs.t_unnamed(integer) returns text language sql stable as 'select ''x''';
    grant execute on all functions in schema cs to cs_member";

fn call(visit: &Visit, name: &str, body: &Value) -> (u16, Value) {
    let answer = visit.post(&format!("/rest/v1/rpc/{name}"), body);
    let status = answer.status().as_u16();
    (status, answer.json().unwrap_or(Value::Null))
}

fn only_ours(sql: &str) -> String {
    // the grant is for the functions of this test alone
    let names = "cs.t_rows, cs.t_values, cs.t_void, cs.t_is_null, cs.t_list, cs.t_limit, cs.t_writes, \
                 cs.t_two(integer), cs.t_two(text), cs.t_unnamed";
    sql.replace("all functions in schema cs", &format!("function {names}"))
}

#[test]
fn functions_that_change_nothing_are_got() {
    let visit = Visit::prepared(&only_ours(MADE));
    let value = |path: &str, query: &[(&str, &str)]| {
        let answer = visit.get(path, query);
        (
            answer.status().as_u16(),
            answer.json().unwrap_or(Value::Null),
        )
    };
    assert_eq!(value("rpc/t_is_null", &[("x", "")]), (200, json!(false)));
    assert_eq!(
        value("rpc/t_limit", &[("q", "a"), ("limit", "5")]),
        (200, json!("a5"))
    );
    let ids = "{0192f0c1-aaaa-7bbb-8ccc-1234567890ab}";
    let listed = json!({"ids": ["0192f0c1-aaaa-7bbb-8ccc-1234567890ab"], "patch": {"a": 1}});
    assert_eq!(
        value("rpc/t_list", &[("ids", ids), ("patch", "{\"a\":1}")]),
        (200, listed)
    );
    assert_eq!(value("rpc/t_two", &[("b", "1")]), (200, json!("text")));
    let void = visit.get("rpc/t_void", &[("x", "1")]);
    assert_eq!(
        (void.status().as_u16(), void.text().unwrap().as_str()),
        (204, "")
    );
    assert_eq!(value("rpc/t_writes", &[]).0, 405);
    for (path, query, field) in [
        ("rpc/t_is_null", vec![], "x"),
        ("rpc/t_is_null", vec![("y", "1")], "y"),
        ("rpc/t_is_null", vec![("x", "1"), ("x", "2")], "x"),
        ("rpc/t_list", vec![("ids", "{x}")], "ids"),
    ] {
        let (status, body) = value(path, &query);
        assert_eq!(status, 400, "{body}");
        if field != "ids" {
            assert_eq!(body["details"]["field"], field);
        }
    }
    for unknown in ["t_unnamed", "tg_accounts__check", "none", "login_lookup"] {
        assert_eq!(value(&format!("rpc/{unknown}"), &[]).0, 404, "{unknown}");
    }
}

#[test]
fn rows_of_functions_are_chosen_like_those_of_views() {
    let visit = Visit::prepared(&only_ours(MADE));
    let query = [
        ("upto", "9"),
        ("step", "2"),
        ("n", "gt.2"),
        ("order", "n.desc"),
        ("select", "n"),
        ("limit", "2"),
    ];
    assert_eq!(
        visit.rows("rpc/t_rows", &query),
        [json!({"n": 9}), json!({"n": 7})]
    );
    let csv = visit.with(
        "rpc/t_rows",
        &[("upto", "2")],
        &[("accept", "text/csv"), ("prefer", "count=exact")],
    );
    assert_eq!(header(&csv, "content-range"), "0-1/2");
    assert_eq!(csv.text().unwrap(), "n,label\r\n1,l1\r\n2,l2\r\n");
    assert_eq!(
        visit.rows("rpc/t_values", &[("upto", "3")]),
        [json!(1), json!(2), json!(3)]
    );
    assert_eq!(
        visit.rows("rpc/t_values", &[("upto", "3"), ("t_values", "gte.3")]),
        [json!(3)]
    );
    assert_eq!(
        call(&visit, "t_rows?n=eq.2&select=label", &json!({"upto": 5})),
        (200, json!([{"label": "l2"}]))
    );
    assert_eq!(call(&visit, "t_rows?n=x", &json!({"upto": 5})).0, 400);
    let (status, body) = told(visit.with("rpc/t_rows", &[("upto", "5"), ("n", "eq.x")], &[]));
    assert_eq!((status, &body["details"]["field"]), (400, &json!("n")));
}

#[test]
fn arguments_may_be_null_and_results_nothing() {
    let visit = Visit::prepared(&only_ours(MADE));
    assert_eq!(
        call(&visit, "t_is_null", &json!({"x": null})),
        (200, json!(true))
    );
    assert_eq!(
        call(&visit, "t_void", &json!({"x": null})),
        (204, Value::Null)
    );
    assert_eq!(call(&visit, "t_writes", &json!({})), (200, json!([7])));
    assert_eq!(
        call(&visit, "t_two", &json!({"a": 1})),
        (200, json!("integer"))
    );
    assert_eq!(call(&visit, "t_two", &json!({"c": 1})).0, 400);
    assert_eq!(call(&visit, "t_is_null?limit=1", &json!({"x": "a"})).0, 400);
}
