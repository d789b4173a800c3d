//! Owns the choice of the function that a request calls, the text of its arguments, and the statement. Pure.

use crate::catalogue::schema::{Argument, Function, ResultShape, row_key};
use crate::catalogue::{Catalogue, quote_identifier};
use crate::database::transaction::{Call, ROLE_GUARD};
use crate::http::error::ApiError;
use crate::rest::arguments;
use crate::rest::grammar::QueryRequest;
use crate::rest::plus_sign::lost_plus;
use crate::rest::query_string::Pairs;
use crate::rest::rows;
use crate::rest::rows::format::{self, Format};
use crate::rest::rows::row_query::{ResponseOptions, RowQuery, RowSource};
use axum::http::{HeaderMap, Method};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a request says about a call, not yet checked against a function.
pub(super) struct CallRequest<'a> {
    pub(super) name: &'a str,
    pub(super) given: GivenArguments<'a>,
    /// The query string; with `Query` it also holds the arguments.
    pub(super) query: &'a Pairs,
    pub(super) as_written: Option<&'a str>,
    pub(super) options: Result<ResponseOptions, ApiError>,
    pub(super) headers: &'a HeaderMap,
    pub(super) max_rows: u64,
}

pub(super) enum GivenArguments<'a> {
    Body(BTreeMap<String, &'a RawValue>),
    Query,
}

/// A call with one value, or one with rows.
pub(super) enum CallPlan {
    Value(ResultShape, Call),
    Rows(RowQuery),
}

pub(super) fn unknown_function(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42883",
        message: format!("There is no function {name}."),
    }
}

/// Finds the function of that name that takes these arguments, and builds the statement that calls it.
pub(super) fn plan_call(
    catalogue: &Catalogue,
    request: &CallRequest<'_>,
) -> Result<CallPlan, ApiError> {
    let functions = catalogue.functions(request.name);
    let first = functions
        .first()
        .ok_or_else(|| unknown_function(request.name))?;
    let names = request.argument_names(functions);
    let function = functions
        .iter()
        .find(|function| check_arguments(function, &names).is_ok());
    let function = match function {
        Some(function) => function,
        // if there are several, the error is about the first
        None => {
            return Err(check_arguments(first, &names)
                .err()
                .unwrap_or_else(|| unknown_function(request.name)));
        }
    };
    if matches!(request.given, GivenArguments::Query) && !function.read_only {
        return Err(ApiError::WrongMethod);
    }
    let mut params = Vec::new();
    let invocation = request.invocation(function, &mut params)?;
    match function.many {
        true => request
            .plan_rows(function, invocation, params)
            .map(CallPlan::Rows),
        false => request.plan_value(function, &invocation, params),
    }
}

fn check_arguments(function: &Function, given: &[&str]) -> Result<(), ApiError> {
    let known = |name: &str| function.arguments.iter().any(|a| a.name == name);
    if let Some(unexpected) = given.iter().find(|name| !known(name)) {
        return Err(ApiError::invalid(
            format!("{} has no argument {unexpected}.", function.name),
            unexpected,
        ));
    }
    let missing = |argument: &&Argument| argument.required && !given.contains(&&*argument.name);
    match function.arguments.iter().find(missing) {
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

impl CallRequest<'_> {
    /// The names of the arguments given. In a query, a parameter with the name of an argument is that argument, even if
    /// it is also a word of the grammar.
    fn argument_names(&self, functions: &[Function]) -> Vec<&str> {
        let known = |name: &str| {
            let mut all = functions.iter().flat_map(|function| &function.arguments);
            all.any(|argument| argument.name == name)
        };
        match &self.given {
            GivenArguments::Body(given) => given.keys().map(String::as_str).collect(),
            GivenArguments::Query => {
                let keys = self.query.iter().map(|(key, _)| key.as_str());
                let many = functions.iter().any(|function| function.many);
                // without rows there is nothing else that a parameter could be
                keys.filter(|key| known(key) || !many).collect()
            }
        }
    }

    /// The call, with a parameter for each value.
    fn invocation(
        &self,
        function: &Function,
        params: &mut Vec<Option<String>>,
    ) -> Result<String, ApiError> {
        let mut assignments = Vec::new();
        for argument in &function.arguments {
            let value = match &self.given {
                GivenArguments::Body(given) => match given.get(&argument.name) {
                    Some(value) => arguments::to_text(argument, value)?,
                    None => continue,
                },
                GivenArguments::Query => match self.argument_of_query(argument)? {
                    Some(text) => Some(text),
                    None => continue,
                },
            };
            params.push(value);
            let (name, number, cast) = (
                quote_identifier(&argument.name),
                params.len(),
                &argument.data_type.sql,
            );
            assignments.push(format!("{name} => ${number}::pg_catalog.text::{cast}"));
        }
        Ok(format!(
            "cs.{}({})",
            quote_identifier(&function.name),
            assignments.join(", ")
        ))
    }

    fn gives(&self, name: &str) -> bool {
        match &self.given {
            GivenArguments::Body(given) => given.contains_key(name),
            GivenArguments::Query => self.query.iter().any(|(key, _)| key == name),
        }
    }

    fn argument_of_query(&self, argument: &Argument) -> Result<Option<String>, ApiError> {
        let name = &argument.name;
        let mut values = self.query.iter().filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.clone());
        if values.next().is_some() {
            return Err(ApiError::invalid(
                format!("{name}: it is given twice."),
                name,
            ));
        }
        let lost = value
            .as_ref()
            .filter(|_| argument.data_type.is_time())
            .and_then(|text| lost_plus(text, self.as_written.unwrap_or_default()));
        if let Some(why) = lost {
            return Err(ApiError::invalid(format!("{name}: {why}."), name));
        }
        match value {
            Some(text) if text.contains('\0') => {
                let why = format!("{name}: it must not contain the NUL character.");
                Err(ApiError::invalid(why, name))
            }
            other => Ok(other),
        }
    }

    /// An error only counts if there are rows. It cannot be copied, so it is made again.
    fn row_options(&self) -> Result<ResponseOptions, ApiError> {
        match &self.options {
            Ok(options) => Ok(*options),
            Err(_) => rows::response_options(&Method::GET, self.headers),
        }
    }

    fn plan_rows(
        &self,
        function: &Function,
        invocation: String,
        params: Vec<Option<String>>,
    ) -> Result<RowQuery, ApiError> {
        let options = self.row_options()?;
        let bare_values = function.shape == ResultShape::Value;
        let alias = match (bare_values, function.columns.as_slice()) {
            (true, [value]) => format!("_source({})", quote_identifier(&value.name)),
            _ => "_source".to_owned(),
        };
        let is_argument = |key: &str| {
            matches!(self.given, GivenArguments::Query)
                && function.arguments.iter().any(|a| a.name == key)
        };
        let query_request =
            QueryRequest::parse(self.query.iter().filter(|(key, _)| !is_argument(key)))?
                .written_as(self.as_written);
        let given = function.arguments.iter().map(|argument| &argument.name);
        let given_in = given.filter(|name| self.gives(name)).cloned().collect();
        let source = RowSource {
            sql: format!("{invocation} as {alias}"),
            params,
            given_in,
            columns: &function.columns,
            key: row_key(vec![], &function.columns),
            is_ordered: true,
            bare_values,
            read_only: function.read_only,
        };
        RowQuery::plan(source, &query_request, options, self.max_rows)
    }

    /// PostgreSQL builds the JSON and returns it as one text.
    fn plan_value(
        &self,
        function: &Function,
        invocation: &str,
        params: Vec<Option<String>>,
    ) -> Result<CallPlan, ApiError> {
        if let (GivenArguments::Body(_), Some((key, _))) = (&self.given, self.query.first()) {
            return Err(ApiError::invalid(
                format!(
                    "{key}: {} returns one value, so there are no rows to choose from.",
                    function.name
                ),
                key,
            ));
        }
        if function.shape != ResultShape::Void {
            format::choose_format(self.headers, &[Format::Json, Format::Object])?;
        }
        let sql = match function.shape {
            ResultShape::Void => {
                format!("select null::pg_catalog.text from {invocation} as _item {ROLE_GUARD}")
            }
            _ => format!("select pg_catalog.to_json({invocation})::pg_catalog.text {ROLE_GUARD}"),
        };
        let call = Call {
            sql,
            params,
            read_only: function.read_only,
        };
        Ok(CallPlan::Value(function.shape, call))
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
