//! `POST /rest/v1/rpc/{function}`: a JSON object of named arguments in, the function's result as JSON out.

use crate::arguments;
use crate::body::{self, Body};
use crate::catalogue::{Catalogue, Function, Shape, quoted};
use crate::error::ApiError;
use crate::session::Session;
use crate::transaction::{self, Call, GATE};
use crate::{Gateway, answer};
use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use serde_json::value::RawValue;
use std::collections::HashMap;

type Named<'a> = HashMap<String, &'a RawValue>;

pub(crate) fn router() -> Router<Gateway> {
    Router::new().route("/{function}", post(call))
}

async fn call(
    State(gateway): State<Gateway>,
    session: Session,
    function: Result<Path<String>, PathRejection>,
    body: Body,
) -> Result<Response, ApiError> {
    let (shape, call) = match planned(&gateway, function, body).await {
        Ok(planned) => planned,
        // somebody without a session learns nothing about what there is
        Err(refused) => {
            return transaction::check(&gateway, &session)
                .await
                .and(Err(refused));
        }
    };
    let result = transaction::run(&gateway, &session, call).await?;
    Ok(match shape {
        Shape::Void => answer::nothing(),
        _ => answer::json(result),
    })
}

async fn planned(
    gateway: &Gateway,
    function: Result<Path<String>, PathRejection>,
    body: Body,
) -> Result<(Shape, Call), ApiError> {
    let Path(name) = function.map_err(|_| unknown(""))?;
    let bytes = body::bytes(body)?;
    let given: Named = match bytes.trim_ascii() {
        b"" => Named::new(),
        json => body::parse(json, "an object of named arguments")?,
    };
    gateway
        .catalogue
        .attempt(&gateway.pool, |catalogue| plan(catalogue, &name, &given))
        .await
}

fn unknown(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42883",
        message: format!("There is no function {name}."),
    }
}

/// The function of that name that takes these arguments, and the statement that calls it.
fn plan(catalogue: &Catalogue, name: &str, given: &Named) -> Result<(Shape, Call), ApiError> {
    let functions = catalogue.functions(name);
    let first = functions.first().ok_or_else(|| unknown(name))?;
    let fitting = functions
        .iter()
        .find(|function| fits(function, given).is_ok());
    let function = match fitting {
        Some(function) => function,
        None => fits(first, given).map(|()| first)?,
    };
    Ok((function.shape, written(function, given)?))
}

/// Every argument given is known, and every one needed is given.
fn fits(function: &Function, given: &Named) -> Result<(), ApiError> {
    let known = |name: &str| {
        function
            .arguments
            .iter()
            .any(|argument| argument.name == name)
    };
    let mut strange: Vec<&String> = given.keys().filter(|name| !known(name)).collect();
    strange.sort();
    if let Some(name) = strange.first() {
        return Err(ApiError::invalid(
            format!("{} has no argument {name}.", function.name),
            name,
        ));
    }
    let missing = function
        .arguments
        .iter()
        .find(|a| a.required && !given.contains_key(&a.name));
    match missing {
        Some(argument) => {
            let name = &argument.name;
            Err(ApiError::invalid(
                format!("{} needs the argument {name}.", function.name),
                name,
            ))
        }
        None => Ok(()),
    }
}

fn written(function: &Function, given: &Named) -> Result<Call, ApiError> {
    let mut params = Vec::new();
    let mut named = Vec::new();
    for argument in &function.arguments {
        if let Some(value) = given.get(&argument.name) {
            params.push(arguments::text(argument, value)?);
            let (name, place) = (quoted(&argument.name), params.len());
            named.push(format!(
                "{name} => ${place}::pg_catalog.text::{}",
                argument.sql_type
            ));
        }
    }
    let invoked = format!("cs.{}({})", quoted(&function.name), named.join(", "));
    Ok(Call {
        sql: selected(function, &invoked),
        params,
        read_only: function.read_only,
        keep: true,
    })
}

/// PostgreSQL builds the JSON; what comes back is one text.
fn selected(function: &Function, invoked: &str) -> String {
    let list = |item: &str| {
        format!(
            "select coalesce(pg_catalog.json_agg({item}), '[]')::pg_catalog.text from {invoked} as _item {GATE}"
        )
    };
    match (function.shape, function.many, &function.only_column) {
        (Shape::Void, ..) => format!("select null::pg_catalog.text from {invoked} as _item {GATE}"),
        (Shape::Value, true, Some(column)) => {
            let key = column.replace('\'', "''");
            list(&format!(
                "pg_catalog.json_build_object(E'{}', _item)",
                key.replace('\\', "\\\\")
            ))
        }
        (_, true, _) => list("_item"),
        (_, false, _) => format!("select pg_catalog.to_json({invoked})::pg_catalog.text {GATE}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Argument, Kind};

    fn argument(name: &str, sql_type: &str, kind: Kind, required: bool) -> Argument {
        Argument {
            name: name.to_owned(),
            sql_type: sql_type.to_owned(),
            kind,
            required,
        }
    }

    fn function(shape: Shape, many: bool, only_column: Option<&str>) -> Function {
        Function {
            name: "f\"x".to_owned(),
            read_only: true,
            many,
            shape,
            only_column: only_column.map(str::to_owned),
            arguments: vec![
                argument("id", "pg_catalog.uuid", Kind::Value, true),
                argument("patch", "pg_catalog.jsonb", Kind::Json, false),
                argument("ids", "pg_catalog._uuid", Kind::Array, false),
            ],
        }
    }

    fn refused(given: &str) -> (String, String) {
        let given: Named = serde_json::from_str(given).unwrap();
        match fits(&function(Shape::Value, false, None), &given).unwrap_err() {
            ApiError::Invalid { message, field } => (message, field.unwrap()),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn statement_names_arguments_and_casts_them() {
        let given: Named = serde_json::from_str(r#"{"ids": ["a"], "id": "b"}"#).unwrap();
        let call = written(&function(Shape::Value, false, None), &given).unwrap();
        assert_eq!(
            call.sql,
            "select pg_catalog.to_json(cs.\"f\"\"x\"(\"id\" => $1::pg_catalog.text::pg_catalog.uuid, \
             \"ids\" => $2::pg_catalog.text::pg_catalog._uuid))::pg_catalog.text where current_user = 'cs_member'"
        );
        assert_eq!(
            call.params,
            [Some("b".to_owned()), Some("{\"a\"}".to_owned())]
        );
    }

    #[test]
    fn results_have_their_shape() {
        let sql = |shape, many, column| selected(&function(shape, many, column), "cs.f()");
        assert!(
            sql(Shape::Void, false, None).starts_with("select null::pg_catalog.text from cs.f()")
        );
        assert!(sql(Shape::Row, false, None).contains("to_json(cs.f())"));
        assert!(sql(Shape::Row, true, None).contains("json_agg(_item)"));
        assert!(sql(Shape::Value, true, None).contains("json_agg(_item)"));
        assert!(
            sql(Shape::Value, true, Some("it's")).contains("json_build_object(E'it''s', _item)")
        );
    }

    #[test]
    fn strange_and_missing_arguments_are_named() {
        assert_eq!(refused(r#"{"id": 1, "x\"); drop": 2}"#).1, "x\"); drop");
        assert_eq!(refused(r#"{"patch": {}}"#).1, "id");
        assert_eq!(refused("{}").0, "f\"x needs the argument id.");
    }

    #[test]
    fn defaulted_arguments_may_be_absent() {
        let given: Named = serde_json::from_str(r#"{"id": 1}"#).unwrap();
        assert!(fits(&function(Shape::Value, false, None), &given).is_ok());
    }
}
