//! Calls: which function is called, how its arguments are written, what its result is.

use super::*;
use crate::catalogue::schema::{TypeKind, fixtures};

fn argument(name: &str, sql_type: &str, kind: TypeKind, required: bool) -> Argument {
    Argument {
        name: name.to_owned(),
        data_type: fixtures::data_type(sql_type, kind),
        required,
        default: None,
    }
}

fn function(shape: ResultShape, many: bool) -> Function {
    Function {
        name: "f\"x".to_owned(),
        comment: None,
        read_only: true,
        many,
        shape,
        returns: None,
        columns: match shape {
            ResultShape::Value => vec![fixtures::column("f\"x", "int4", TypeKind::Number)],
            _ => vec![
                fixtures::column("id", "uuid", TypeKind::Value),
                fixtures::column("level", "int4", TypeKind::Number),
            ],
        },
        arguments: vec![
            argument("id", "uuid", TypeKind::Value, true),
            argument("patch", "jsonb", TypeKind::Jsonb, false),
            argument("ids", "_uuid", TypeKind::Array, false),
        ],
    }
}

fn planned(
    function: Function,
    body: Option<&str>,
    query: &[(&str, &str)],
) -> Result<CallPlan, ApiError> {
    let headers = HeaderMap::new();
    let query: Pairs = query
        .iter()
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect();
    let request = CallRequest {
        name: "f\"x",
        given: match body {
            Some(body) => GivenArguments::Body(serde_json::from_str(body).unwrap()),
            None => GivenArguments::Query,
        },
        as_written: None,
        query: &query,
        options: rows::response_options(&Method::GET, &headers),
        headers: &headers,
        max_rows: 100,
    };
    plan_call(&Catalogue::from_functions(vec![function]), &request)
}

fn sql(plan: CallPlan) -> (String, Vec<Option<String>>) {
    let (sql, params) = match plan {
        CallPlan::Value(_, call) => (call.sql, call.params),
        CallPlan::Rows(row_query) => (row_query.sql, row_query.params),
    };
    (sql.replace("pg_catalog.", ""), params)
}

fn field(result: Result<CallPlan, ApiError>) -> String {
    match result.err().unwrap() {
        ApiError::Invalid {
            field: Some(field), ..
        } => field,
        other => panic!("{other}"),
    }
}

#[test]
fn statement_names_arguments_and_casts_them() {
    let body = r#"{"ids": ["a"], "id": "b", "patch": null}"#;
    let (sql, params) = sql(planned(function(ResultShape::Value, false), Some(body), &[]).unwrap());
    assert_eq!(
        sql,
        "select to_json(cs.\"f\"\"x\"(\"id\" => $1::text::uuid, \"patch\" => $2::text::jsonb, \"ids\" => \
         $3::text::_uuid))::text where current_user = 'cs_member'"
    );
    assert_eq!(
        params,
        [Some("b".to_owned()), None, Some("{\"a\"}".to_owned())]
    );
}

#[test]
fn rows_are_chosen_as_those_of_views() {
    let query = [("id", "b"), ("level", "gt.1"), ("order", "level")];
    let (sql, params) = sql(planned(function(ResultShape::Row, true), None, &query).unwrap());
    assert_eq!(
        sql,
        "select to_json(_item.*)::text from (select _source.\"id\" as \"id\", _source.\"level\" as \"level\" \
         from cs.\"f\"\"x\"(\"id\" => $1::text::uuid) as _source where current_user = 'cs_member' and \
         (_source.\"level\" > $2::text::int4) order by _source.\"level\", _source.\"id\" \
         limit $3::text::int8) as _item"
    );
    let params: Vec<_> = params.into_iter().flatten().collect();
    assert_eq!(params, ["b", "1", "100"]);
}

#[test]
fn many_values_are_returned_as_they_are() {
    let plan = planned(
        function(ResultShape::Value, true),
        Some(r#"{"id": 1}"#),
        &[],
    )
    .unwrap();
    let (sql, _) = sql(plan);
    assert!(
        sql.starts_with("select to_json(_item.\"f\"\"x\")::text from"),
        "{sql}"
    );
    assert!(sql.contains("as _source(\"f\"\"x\") where"), "{sql}");
}

#[test]
fn unexpected_and_missing_arguments_are_named() {
    let one = || function(ResultShape::Value, false);
    assert_eq!(
        field(planned(one(), Some(r#"{"id": 1, "x\"); drop": 2}"#), &[])),
        "x\"); drop"
    );
    assert_eq!(field(planned(one(), Some("{}"), &[])), "id");
    assert_eq!(
        field(planned(one(), None, &[("id", "1"), ("limit", "1")])),
        "limit"
    );
    assert_eq!(
        field(planned(one(), None, &[("id", "1"), ("id", "2")])),
        "id"
    );
    assert_eq!(
        field(planned(one(), Some(r#"{"id": 1}"#), &[("limit", "1")])),
        "limit"
    );
    assert!(planned(one(), Some(r#"{"id": 1}"#), &[]).is_ok());
}

#[test]
fn what_changes_something_cannot_be_called_by_get() {
    let mut writes = function(ResultShape::Value, false);
    writes.read_only = false;
    let refused = planned(writes, None, &[("id", "1")]).err().unwrap();
    assert_eq!(refused.status(), 405);
}
