//! Filters, columns, order and pages.

use super::{Visit, header, told};
use serde_json::json;

const CORP: &str = "GlobalTech Corporation";
const EUROPE: &str = "GlobalTech Europe";
const START: &str = "TechStart Solutions";

#[test]
fn filters_choose_rows() {
    let visit = Visit::new();
    let id = visit.rows("account_overview", &[("name", &format!("eq.{EUROPE}"))])[0]["id"].clone();
    let id = id.as_str().unwrap();
    let cases: &[(&[(&str, &str)], &[&str])] = &[
        (&[], &[CORP, EUROPE, START]),
        (&[("name", "eq.TechStart Solutions")], &[START]),
        (&[("name", "neq.TechStart Solutions")], &[CORP, EUROPE]),
        (&[("id", &format!("eq.{id}"))], &[EUROPE]),
        (&[("id", &format!("in.({id})"))], &[EUROPE]),
        (&[("id", "in.()")], &[]),
        (
            &[("name", "in.(\"GlobalTech Europe\",TechStart Solutions)")],
            &[EUROPE, START],
        ),
        (
            &[(
                "name",
                "not.in.(\"GlobalTech Europe\",\"TechStart Solutions\")",
            )],
            &[CORP],
        ),
        (&[("overall_score", "gt.72")], &[CORP]),
        (&[("overall_score", "gte.72")], &[CORP, EUROPE]),
        (
            &[("overall_score", "gte.36"), ("overall_score", "lt.85")],
            &[EUROPE],
        ),
        (&[("overall_score", "lte.35")], &[START]),
        (&[("name", "like.Global*")], &[CORP, EUROPE]),
        (&[("name", "like.global*")], &[]),
        (&[("name", "ilike.*TECH*rope")], &[EUROPE]),
        (&[("name", "not.ilike.*global*")], &[START]),
        (&[("parent_id", "is.null")], &[CORP, START]),
        (&[("parent_id", "is.not_null")], &[EUROPE]),
        (&[("parent_id", "not.is.null")], &[EUROPE]),
        (&[("risk_level", "eq.Critical")], &[START]),
        (&[("risk_level", "in.(Critical,Healthy)")], &[CORP, START]),
        (
            &[("or", "(overall_score.lt.50,name.eq.\"GlobalTech Europe\")")],
            &[EUROPE, START],
        ),
        (
            &[(
                "and",
                "(overall_score.gt.50,not.or(name.like.*Europe,name.like.x))",
            )],
            &[CORP],
        ),
        (
            &[(
                "not.or",
                "(name.like.*Europe,and(overall_score.gt.80,status.eq.Active))",
            )],
            &[START],
        ),
        (
            &[("crm_attributes->>none", "is.null"), ("name", "like.T*")],
            &[START],
        ),
        (&[("crm_attributes", "cs.{}")], &[CORP, EUROPE, START]),
        (
            &[("crm_attributes", "cd.{}"), ("crm_attributes", "neq.{}")],
            &[],
        ),
        (&[("name", "eq.' or true --")], &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(visit.names(query), *expected, "{query:?}");
    }
}

#[test]
fn json_is_looked_into_and_arrays_are_searched() {
    let visit = Visit::prepared(
        "create view cs.things as
         select n, array['a', 'b' || n]::text[] as tags, jsonb_build_object('n', n, 'in', array[n, 10]) as j
         from generate_series(1, 3) as n;
         grant select on cs.things to cs_member",
    );
    let of = |key: &str, value: &str| {
        let rows = visit.rows("things", &[(key, value), ("order", "n.desc")]);
        rows.iter()
            .map(|row| row["n"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("j->>n", "eq.2"), [2]);
    assert_eq!(of("j->n", "gte.2"), [3, 2]);
    assert_eq!(of("j->in->0", "lt.3"), [2, 1]);
    assert_eq!(of("j->in->>-1", "eq.10"), [3, 2, 1]);
    assert_eq!(of("j", "cs.{\"n\":3}"), [3]);
    assert_eq!(of("tags", "cs.{b1}"), [1]);
    assert_eq!(of("tags", "cd.{a,b1,b2}"), [2, 1]);
    assert_eq!(
        of("or", "(tags.cs.{b1,a},j.cs.{\"n\":3,\"in\":[10]})"),
        [3, 1]
    );
    assert_eq!(of("tags->>1", "eq.b2"), [2]);
    let query = [
        ("select", "j->in->0,last:j->in->>-1,n::text,x:j->n::integer"),
        ("order", "j->n.desc"),
        ("limit", "1"),
    ];
    let picked = visit.rows("things", &query);
    assert_eq!(picked, [json!({"in": 3, "last": "10", "n": "3", "x": 3})]);
}

#[test]
fn columns_are_chosen_renamed_and_cast() {
    let visit = Visit::new();
    let rows = visit.rows(
        "account_overview",
        &[
            (
                "select",
                "label:name,overall_score::text,whole:crm_attributes,arr",
            ),
            ("order", "overall_score.asc.nullslast,name.desc"),
            ("limit", "1"),
        ],
    );
    let row = rows[0].as_object().unwrap();
    assert_eq!(
        row.keys().collect::<Vec<_>>(),
        ["arr", "label", "overall_score", "whole"]
    );
    assert_eq!(row["overall_score"], "35");
    assert!(row["whole"].is_object() && row["arr"].is_number());
}

#[test]
fn what_is_wrong_is_told_by_its_parameter() {
    let visit = Visit::new();
    for (key, value) in [
        ("none", "eq.1"),
        ("name", "TechStart"),
        ("name", "fts.x"),
        ("id", "eq.x"),
        ("overall_score", "gt.many"),
        ("contract_end_date", "lt.someday"),
        ("overall_score", "like.3*"),
        ("name", "is.true"),
        ("select", "*,accounts(*)"),
        ("select", "none"),
        ("select", "name::regclass"),
        ("order", "none"),
        ("limit", "10001"),
        ("limit", "-1"),
        ("offset", "x"),
        ("and", "name.eq.x"),
        ("name->x", "eq.1"),
        ("name", "eq.\0"),
    ] {
        let (status, body) = visit.refused("account_overview", &[(key, value)]);
        assert_eq!(
            (status, &body["details"]["field"]),
            (400, &json!(key)),
            "{key}={value}: {body}"
        );
    }
    let (status, body) = visit.refused("accounts", &[("status", "eq.Fine")]);
    assert_eq!((status, &body["details"]["field"]), (400, &json!("status")));
    let (status, body) = visit.refused("account_overview", &[("select", "id::int")]);
    assert_eq!((status, &body["code"]), (400, &json!("42846")));
}

#[test]
fn pages_are_counted() {
    let visit = Visit::new();
    let exact = ("prefer", "count=exact");
    let ask = |query: &[(&str, &str)], headers: &[(&'static str, &str)]| {
        let answer = visit.with("account_overview", query, headers);
        (
            answer.status().as_u16(),
            header(&answer, "content-range").to_owned(),
        )
    };
    let seen = |status: u16, range: &str| (status, range.to_owned());
    assert_eq!(ask(&[], &[]), seen(200, "0-2/*"));
    assert_eq!(ask(&[], &[exact]), seen(200, "0-2/3"));
    assert_eq!(ask(&[("limit", "2")], &[exact]), seen(206, "0-1/3"));
    assert_eq!(
        ask(&[("limit", "2"), ("offset", "2")], &[exact]),
        seen(206, "2-2/3")
    );
    assert_eq!(
        ask(&[("limit", "2")], &[("prefer", "count=planned")]),
        seen(206, "0-1/3")
    );
    assert_eq!(
        ask(&[], &[exact, ("range", "1-1"), ("range-unit", "items")]),
        seen(206, "1-1/3")
    );
    assert_eq!(ask(&[], &[("range", "1-")]), seen(200, "1-2/*"));
    assert_eq!(ask(&[("name", "eq.x")], &[exact]), seen(200, "*/0"));
    assert_eq!(ask(&[("offset", "3")], &[exact]), seen(206, "*/3"));
    assert_eq!(ask(&[("offset", "9")], &[exact]), seen(416, "*/3"));
    assert_eq!(ask(&[("offset", "9")], &[]), seen(200, "*/*"));
    assert_eq!(ask(&[], &[("range", "5-2")]).0, 416);
    let beyond = visit.with("account_overview", &[("offset", "9")], &[exact]);
    assert_eq!(told(beyond).1["code"], "PGRST103");
}

#[test]
fn head_is_the_answer_without_its_rows() {
    let visit = Visit::new();
    let url = format!("{}/rest/v1/account_overview?limit=2", visit.gateway.url);
    let answer = visit
        .client
        .head(&url)
        .header("prefer", "count=exact")
        .send()
        .unwrap();
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "content-range")),
        (206, "0-1/3")
    );
    assert_eq!(header(&answer, "content-type"), "application/json");
    assert_eq!(answer.text().unwrap(), "");
    let plain = visit.client.head(&url).send().unwrap();
    assert_eq!(
        (plain.status().as_u16(), header(&plain, "content-range")),
        (200, "0-1/*")
    );
}
