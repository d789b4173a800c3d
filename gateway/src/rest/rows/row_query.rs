//! Owns the way from a request, and the source of its rows, to the statements that read them. Pure.

use super::bound_params::BoundParams;
use super::expression::ExpressionBuilder;
use super::format::Format;
use super::page_order::order_sql;
use super::window::Window;
use crate::catalogue::quote_identifier;
use crate::catalogue::schema::Column;
use crate::database::statement_cache::MAX_TEXT_BYTES;
use crate::database::transaction::ROLE_GUARD;
use crate::http::error::ApiError;
use crate::rest::arguments::array_literal;
use crate::rest::grammar::QueryRequest;
use crate::rest::grammar::select::{MAX_NAME_BYTES, SelectItem};

/// How many rows are fetched from a cursor at a time.
pub(crate) const FETCH_ROWS: u64 = 1000;

/// Where rows come from: a view, or a call of a function.
#[derive(Debug)]
pub(crate) struct RowSource<'a> {
    /// What follows `from`, with the alias `_source`.
    pub(crate) sql: String,
    /// The values of its parameters.
    pub(crate) params: Vec<Option<String>>,
    /// The parameters of the query, or arguments, that these values were given in.
    pub(crate) given_in: Vec<String>,
    pub(crate) columns: &'a [Column],
    /// The columns by which rows are told apart.
    pub(crate) key: Vec<String>,
    /// Whether rows come in an order of their own: those of a function.
    pub(crate) is_ordered: bool,
    /// Whether values are returned as they are, not as objects: those of a function.
    pub(crate) bare_values: bool,
    pub(crate) read_only: bool,
}

/// How the client wants its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseOptions {
    pub(crate) format: Format,
    pub(crate) range: Option<(u64, Option<u64>)>,
    /// Whether all rows are to be counted.
    pub(crate) count: bool,
    /// Whether only the headers of the answer are wanted.
    pub(crate) headers_only: bool,
}

/// How the rows are read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum SourceOfRows {
    /// Only the headers of the answer are wanted.
    Nothing,
    Cursor,
    /// A statement that the connection keeps prepared.
    Kept,
    /// A statement that is sent once.
    Once,
}

/// The statements, and what their answer will look like.
#[derive(Debug)]
pub(crate) struct RowQuery {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    /// The statement that counts all rows, and how many of the params it takes.
    pub(crate) count: Option<(String, usize)>,
    /// The names of the columns in the answer.
    pub(crate) names: Vec<String>,
    pub(crate) window: Window,
    pub(crate) options: ResponseOptions,
    pub(crate) read_only: bool,
    /// Whether the statement is prepared once per connection and kept.
    pub(crate) keep_prepared: bool,
    /// What the first params were given in, so that a message can name it; None where anything can be read.
    given_in: Vec<Option<String>>,
}

impl RowQuery {
    pub(crate) fn plan(
        source: RowSource<'_>,
        request: &QueryRequest,
        options: ResponseOptions,
        max_rows: u64,
    ) -> Result<Self, ApiError> {
        let (read_only, bare_values) = (
            source.read_only,
            source.bare_values && request.select.is_none(),
        );
        // of what should be one row, two are enough to know that it is not
        let mut window = Window::new(request, options.range, options.format, max_rows)?;
        if options.format == Format::Object {
            window.limit = window.limit.map(|limit| limit.min(2));
        }
        let mut builder = ExpressionBuilder {
            columns: source.columns,
            params: BoundParams::of(source.params),
            as_written: &request.as_written,
        };
        let mut given_in = source.given_in;
        let filter_sql = filter_sql(&mut builder, request, &mut given_in)?;
        let filtered = format!("from {} {ROLE_GUARD}{filter_sql}", source.sql);
        // a function that changes something is called once
        let count = (read_only && (options.count || options.headers_only)).then(|| {
            let sql = format!("select pg_catalog.count(*) {filtered}");
            (sql, builder.params.values.len())
        });
        let items = select_list(&mut builder, request)?;
        let list: Vec<_> = items
            .iter()
            .map(|(sql, name)| format!("{sql} as {}", quote_identifier(name)))
            .collect();
        let in_pages = !source.is_ordered && (window.limit.is_some() || window.offset > 0);
        let order_sql = match in_pages || !request.order.is_empty() {
            true => order_sql(&mut builder, request, &source.key)?,
            false => String::new(),
        };
        let limit = limit_sql(&mut builder.params, window);
        let inner_sql = format!("select {} {filtered}{order_sql}{limit}", list.join(", "));
        let names: Vec<String> = items.into_iter().map(|(_, name)| name).collect();
        let sql = result_sql(&inner_sql, &names, options.format, bare_values);
        Ok(Self {
            keep_prepared: !request.has_own_names() && sql.len() <= MAX_TEXT_BYTES,
            sql,
            params: builder.params.values,
            count,
            names,
            window,
            options,
            read_only,
            given_in: given_in
                .into_iter()
                .zip(builder.params.are_text)
                .map(|(key, is_text)| Some(key).filter(|_| !is_text))
                .collect(),
        })
    }

    /// Whether there may be so many rows that they are fetched in parts, each with the full time of a statement.
    pub(crate) fn is_fetched_in_parts(&self) -> bool {
        self.read_only && self.window.limit.is_none_or(|limit| limit > FETCH_ROWS)
    }

    pub(crate) fn source_of_rows(&self) -> SourceOfRows {
        match self.options.headers_only {
            true => SourceOfRows::Nothing,
            false if self.is_fetched_in_parts() => SourceOfRows::Cursor,
            false if self.keep_prepared => SourceOfRows::Kept,
            false => SourceOfRows::Once,
        }
    }

    /// The parameter of the query that this value was given in: as such, or as one of a list.
    pub(crate) fn origin_of(&self, value: &str) -> Option<&str> {
        let listed = array_literal(&[value.to_owned()]);
        let listed = listed.trim_matches(['{', '}']);
        let given = || {
            let pairs = self.given_in.iter().zip(&self.params);
            pairs.filter_map(|(key, param)| key.as_deref().zip(param.as_deref()))
        };
        let alone = given().find(|(_, param)| *param == value);
        let found = alone.or_else(|| given().find(|(_, param)| param.contains(listed)));
        found.map(|(key, _)| key)
    }
}

fn filter_sql(
    builder: &mut ExpressionBuilder<'_>,
    request: &QueryRequest,
    given_in: &mut Vec<String>,
) -> Result<String, ApiError> {
    let mut sql = String::new();
    for (key, condition) in &request.conditions {
        let written = builder.condition_sql(condition);
        let written = written.map_err(|why| ApiError::invalid(format!("{key}: {why}."), key))?;
        given_in.resize(builder.params.values.len(), key.clone());
        sql.push_str(" and ");
        sql.push_str(&written);
    }
    Ok(sql)
}

/// Each column of the answer: its SQL and its name.
fn select_list(
    builder: &mut ExpressionBuilder<'_>,
    request: &QueryRequest,
) -> Result<Vec<(String, String)>, ApiError> {
    let refuse = |why: String| ApiError::invalid(format!("select: {why}."), "select");
    let mut items: Vec<(String, String)> = Vec::new();
    for item in request.select.as_deref().unwrap_or(&[SelectItem::Star]) {
        match item {
            SelectItem::Star => items.extend(builder.columns.iter().map(|column| {
                let sql = format!("_source.{}", quote_identifier(&column.name));
                (sql, column.name.clone())
            })),
            SelectItem::Column { name, path, cast } => {
                let expression = builder.resolve_path(path).map_err(refuse)?;
                let cast = cast.map_or_else(String::new, |cast| format!("::{cast}"));
                let name = name.as_deref().unwrap_or(path.result_name());
                items.push((format!("{}{cast}", expression.sql), name.to_owned()));
            }
        }
    }
    for (position, (_, name)) in items.iter().enumerate() {
        if name.len() > MAX_NAME_BYTES {
            let start = &name[..name.floor_char_boundary(MAX_NAME_BYTES)];
            return Err(refuse(format!(
                "{start}… is longer than the {MAX_NAME_BYTES} bytes that a name may have; write a name of your own before \
                 its path, as in short:crm_attributes->key"
            )));
        }
        if items
            .iter()
            .take(position)
            .any(|(_, before)| before == name)
        {
            return Err(refuse(format!(
                "{name} appears twice; write other_name:{name}"
            )));
        }
    }
    Ok(items)
}

fn limit_sql(params: &mut BoundParams, window: Window) -> String {
    let mut sql = String::new();
    if let Some(limit) = window.limit {
        let limit = params.bind(limit.to_string(), "pg_catalog.int8");
        sql.push_str(&format!(" limit {limit}"));
    }
    if window.offset > 0 {
        let offset = params.bind(window.offset.to_string(), "pg_catalog.int8");
        sql.push_str(&format!(" offset {offset}"));
    }
    sql
}

/// JSON is built by PostgreSQL; cells of CSV are its text output.
fn result_sql(inner_sql: &str, names: &[String], format: Format, bare_values: bool) -> String {
    let list = match (format, names) {
        (Format::Csv(_), names) => {
            let cells = names
                .iter()
                .map(|name| format!("_item.{}::pg_catalog.text", quote_identifier(name)));
            cells.collect::<Vec<_>>().join(", ")
        }
        (_, [name]) if bare_values => format!(
            "pg_catalog.to_json(_item.{})::pg_catalog.text",
            quote_identifier(name)
        ),
        _ => "pg_catalog.to_json(_item.*)::pg_catalog.text".to_owned(),
    };
    format!("select {list} from ({inner_sql}) as _item")
}

#[cfg(test)]
#[path = "row_query_tests.rs"]
mod tests;
