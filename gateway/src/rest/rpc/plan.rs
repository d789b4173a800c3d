//! Which function a request means, how its arguments are written, and the statement that calls it.

use crate::catalogue::schema::{Argument, Function, ResultShape};
use crate::catalogue::{Catalogue, quote_identifier};
use crate::database::transaction::{Call, ROLE_GUARD};
use crate::http::error::ApiError;
use crate::rest::arguments;
use crate::rest::grammar::QueryRequest;
use crate::rest::query_string::Pairs;
use crate::rest::rows;
use crate::rest::rows::format::{self, Format};
use crate::rest::rows::row_query::{ResponseOptions, RowQuery, RowSource};
use axum::http::{HeaderMap, Method};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What a request says about a call, not yet held against a function.
pub(super) struct CallRequest<'a> {
    pub(super) name: &'a str,
    pub(super) given: GivenArguments<'a>,
    /// Parameters that are no arguments.
    pub(super) query: &'a Pairs,
    pub(super) manner: Result<ResponseOptions, ApiError>,
    pub(super) headers: &'a HeaderMap,
    pub(super) most: u64,
}

pub(super) enum GivenArguments<'a> {
    Body(BTreeMap<String, &'a RawValue>),
    Query,
}

/// What is to be done: one value, or rows.
pub(super) enum CallPlan {
    Value(ResultShape, Call),
    Rows(RowQuery),
}

pub(super) fn unknown(name: &str) -> ApiError {
    ApiError::NotFound {
        code: "42883",
        message: format!("There is no function {name}."),
    }
}

/// The function of that name that takes these arguments, and the statement that calls it.
pub(super) fn plan(catalogue: &Catalogue, asked: &CallRequest<'_>) -> Result<CallPlan, ApiError> {
    let functions = catalogue.functions(asked.name);
    let first = functions.first().ok_or_else(|| unknown(asked.name))?;
    let names = asked.names(functions);
    let function = functions
        .iter()
        .find(|function| fits(function, &names).is_ok());
    let function = match function {
        Some(function) => function,
        // of several, the first says what is wrong
        None => {
            return Err(fits(first, &names)
                .err()
                .unwrap_or_else(|| unknown(asked.name)));
        }
    };
    if matches!(asked.given, GivenArguments::Query) && !function.read_only {
        return Err(ApiError::WrongMethod);
    }
    let mut params = Vec::new();
    let invoked = asked.invoked(function, &mut params)?;
    match function.many {
        true => asked.rows(function, invoked, params).map(CallPlan::Rows),
        false => asked.value(function, &invoked, params),
    }
}

fn fits(function: &Function, given: &[&str]) -> Result<(), ApiError> {
    let known = |name: &str| function.arguments.iter().any(|a| a.name == name);
    if let Some(strange) = given.iter().find(|name| !known(name)) {
        return Err(ApiError::invalid(
            format!("{} has no argument {strange}.", function.name),
            strange,
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
    /// The names of the arguments given. In a query, a parameter that any function of the name has an argument for is
    /// that argument, even where it is a word of the grammar.
    fn names(&self, functions: &[Function]) -> Vec<&str> {
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

    /// The call, with a place for each value.
    fn invoked(
        &self,
        function: &Function,
        params: &mut Vec<Option<String>>,
    ) -> Result<String, ApiError> {
        let mut named = Vec::new();
        for argument in &function.arguments {
            let value = match &self.given {
                GivenArguments::Body(given) => match given.get(&argument.name) {
                    Some(value) => arguments::text(argument, value)?,
                    None => continue,
                },
                GivenArguments::Query => match self.of_query(argument)? {
                    Some(text) => Some(text),
                    None => continue,
                },
            };
            params.push(value);
            let (name, place, cast) = (
                quote_identifier(&argument.name),
                params.len(),
                &argument.data_type.sql,
            );
            named.push(format!("{name} => ${place}::pg_catalog.text::{cast}"));
        }
        Ok(format!(
            "cs.{}({})",
            quote_identifier(&function.name),
            named.join(", ")
        ))
    }

    fn of_query(&self, argument: &Argument) -> Result<Option<String>, ApiError> {
        let name = &argument.name;
        let mut values = self.query.iter().filter(|(key, _)| key == name);
        let value = values.next().map(|(_, value)| value.clone());
        if values.next().is_some() {
            return Err(ApiError::invalid(
                format!("{name}: it is given twice."),
                name,
            ));
        }
        match value {
            Some(text) if text.contains('\0') => {
                let why = format!("{name}: it must not contain the character NUL.");
                Err(ApiError::invalid(why, name))
            }
            other => Ok(other),
        }
    }

    fn manner(&self) -> Result<ResponseOptions, ApiError> {
        match &self.manner {
            Ok(manner) => Ok(*manner),
            Err(_) => rows::manner(&Method::GET, self.headers),
        }
    }

    fn rows(
        &self,
        function: &Function,
        invoked: String,
        params: Vec<Option<String>>,
    ) -> Result<RowQuery, ApiError> {
        let manner = self.manner()?;
        let bare = function.shape == ResultShape::Value;
        let alias = match (bare, function.columns.as_slice()) {
            (true, [value]) => format!("_source({})", quote_identifier(&value.name)),
            _ => "_source".to_owned(),
        };
        let is_argument = |key: &str| {
            matches!(self.given, GivenArguments::Query)
                && function.arguments.iter().any(|a| a.name == key)
        };
        let wish = QueryRequest::parse(self.query.iter().filter(|(key, _)| !is_argument(key)))?;
        let origin = RowSource {
            sql: format!("{invoked} as {alias}"),
            params,
            columns: &function.columns,
            bare,
            read_only: function.read_only,
        };
        let reading = RowQuery::plan(origin, &wish, manner, self.most)?;
        Ok(reading.said(self.query))
    }

    /// PostgreSQL builds the JSON; what comes back is one text.
    fn value(
        &self,
        function: &Function,
        invoked: &str,
        params: Vec<Option<String>>,
    ) -> Result<CallPlan, ApiError> {
        if let (GivenArguments::Body(_), Some((key, _))) = (&self.given, self.query.first()) {
            return Err(ApiError::invalid(
                format!(
                    "{key}: {} gives one value, which has no rows to choose from.",
                    function.name
                ),
                key,
            ));
        }
        if function.shape != ResultShape::Void {
            format::format(self.headers, &[Format::Json, Format::Object])?;
        }
        let sql = match function.shape {
            ResultShape::Void => {
                format!("select null::pg_catalog.text from {invoked} as _item {ROLE_GUARD}")
            }
            _ => format!("select pg_catalog.to_json({invoked})::pg_catalog.text {ROLE_GUARD}"),
        };
        let call = Call {
            sql,
            params,
            read_only: function.read_only,
            keep_prepared: true,
        };
        Ok(CallPlan::Value(function.shape, call))
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
