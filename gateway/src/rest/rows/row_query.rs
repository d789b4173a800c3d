//! From a wish, and what it is about, to the statements that read rows.

use super::expression::{BoundParams, ExpressionBuilder};
use super::format::Format;
use super::window::Window;
use crate::catalogue::quote_identifier;
use crate::catalogue::schema::Column;
use crate::database::transaction::ROLE_GUARD;
use crate::http::error::ApiError;
use crate::rest::grammar::QueryRequest;
use crate::rest::grammar::select::SelectItem;

/// What is read in one part.
pub(crate) const FETCH_ROWS: u64 = 1000;

/// What rows come from: a view, or a call of a function.
#[derive(Debug)]
pub(crate) struct RowSource<'a> {
    /// As it stands after `from`, under the name `_source`.
    pub(crate) sql: String,
    /// The values that this has places for.
    pub(crate) params: Vec<Option<String>>,
    pub(crate) columns: &'a [Column],
    /// A function's values are given as they are, not as objects.
    pub(crate) bare: bool,
    pub(crate) read_only: bool,
}

/// How the client wants its rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseOptions {
    pub(crate) format: Format,
    pub(crate) range: Option<(u64, Option<u64>)>,
    /// All rows are to be counted.
    pub(crate) count: bool,
    /// Only what the answer would be headed with.
    pub(crate) head: bool,
}

/// Statements and what their answer will look like.
#[derive(Debug)]
pub(crate) struct RowQuery {
    pub(crate) sql: String,
    pub(crate) params: Vec<Option<String>>,
    /// Counts all rows, with as many of the same values as it has places for.
    pub(crate) count: Option<(String, usize)>,
    /// The columns' names in the answer.
    pub(crate) names: Vec<String>,
    pub(crate) window: Window,
    pub(crate) manner: ResponseOptions,
    pub(crate) read_only: bool,
    /// What the client wrote, by parameter: for naming the one that the database complains of.
    pub(crate) said: Vec<(String, String)>,
}

impl RowQuery {
    pub(crate) fn plan(
        origin: RowSource<'_>,
        wish: &QueryRequest,
        manner: ResponseOptions,
        most: u64,
    ) -> Result<Self, ApiError> {
        let (read_only, bare) = (origin.read_only, origin.bare && wish.select.is_none());
        // nobody reads on after the second row of what should be one
        let mut window = Window::of(wish, manner.range, manner.format, most)?;
        if manner.format == Format::Object {
            window.limit = window.limit.map(|limit| limit.min(2));
        }
        let mut source = ExpressionBuilder {
            columns: origin.columns,
            params: BoundParams(origin.params),
        };
        let filtered = format!(
            "from {} {ROLE_GUARD}{}",
            origin.sql,
            filters(&mut source, wish)?
        );
        // a function that changes something is called once
        let count = (read_only && (manner.count || manner.head)).then(|| {
            let sql = format!("select pg_catalog.count(*) {filtered}");
            (sql, source.params.0.len())
        });
        let items = items(&mut source, wish)?;
        let list: Vec<_> = items
            .iter()
            .map(|(sql, name)| format!("{sql} as {}", quote_identifier(name)))
            .collect();
        let order = order(&mut source, wish)?;
        let limit = limits(&mut source.params, window);
        let inner = format!("select {} {filtered}{order}{limit}", list.join(", "));
        let names: Vec<String> = items.into_iter().map(|(_, name)| name).collect();
        Ok(Self {
            sql: outer(&inner, &names, manner.format, bare),
            params: source.params.0,
            count,
            names,
            window,
            manner,
            read_only,
            said: vec![],
        })
    }

    /// So many rows that they are read in parts, each of which has the whole time of a statement.
    pub(crate) fn is_long(&self) -> bool {
        self.read_only && self.window.limit.is_none_or(|limit| limit > FETCH_ROWS)
    }

    /// Remembers what the client wrote.
    pub(crate) fn said<'a>(mut self, said: impl IntoIterator<Item = &'a (String, String)>) -> Self {
        self.said.extend(said.into_iter().cloned());
        self
    }
}

fn filters(source: &mut ExpressionBuilder<'_>, wish: &QueryRequest) -> Result<String, ApiError> {
    let mut sql = String::new();
    for (key, condition) in &wish.conditions {
        let written = source.condition(condition);
        let written = written.map_err(|why| ApiError::invalid(format!("{key}: {why}."), key))?;
        sql.push_str(" and ");
        sql.push_str(&written);
    }
    Ok(sql)
}

/// Each column of the answer: its SQL and its name.
fn items(
    source: &mut ExpressionBuilder<'_>,
    wish: &QueryRequest,
) -> Result<Vec<(String, String)>, ApiError> {
    let told = |why: String| ApiError::invalid(format!("select: {why}."), "select");
    let mut items: Vec<(String, String)> = Vec::new();
    for item in wish.select.as_deref().unwrap_or(&[SelectItem::Star]) {
        match item {
            SelectItem::Star => items.extend(source.columns.iter().map(|column| {
                let sql = format!("_source.{}", quote_identifier(&column.name));
                (sql, column.name.clone())
            })),
            SelectItem::Column { name, path, cast } => {
                let place = source.place(path).map_err(told)?;
                let cast = cast.map_or_else(String::new, |cast| format!("::{cast}"));
                let name = name.as_deref().unwrap_or(path.result_name());
                items.push((format!("{}{cast}", place.sql), name.to_owned()));
            }
        }
    }
    for (place, (_, name)) in items.iter().enumerate() {
        if items.iter().take(place).any(|(_, before)| before == name) {
            return Err(told(format!("{name} is there twice; write other:{name}")));
        }
    }
    Ok(items)
}

fn order(source: &mut ExpressionBuilder<'_>, wish: &QueryRequest) -> Result<String, ApiError> {
    let told = |why: String| ApiError::invalid(format!("order: {why}."), "order");
    let mut terms = Vec::new();
    for term in &wish.order {
        let place = source.place(&term.path).map_err(told)?;
        terms.push(format!("{}{}{}", place.sql, term.direction, term.nulls));
    }
    Ok(match terms.is_empty() {
        true => String::new(),
        false => format!(" order by {}", terms.join(", ")),
    })
}

fn limits(params: &mut BoundParams, window: Window) -> String {
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

/// JSON is built by PostgreSQL; cells of CSV are its texts.
fn outer(inner: &str, names: &[String], format: Format, bare: bool) -> String {
    let list = match (format, names) {
        (Format::Csv, names) => {
            let cells = names
                .iter()
                .map(|name| format!("_item.{}::pg_catalog.text", quote_identifier(name)));
            cells.collect::<Vec<_>>().join(", ")
        }
        (_, [name]) if bare => format!(
            "pg_catalog.to_json(_item.{})::pg_catalog.text",
            quote_identifier(name)
        ),
        _ => "pg_catalog.to_json(_item.*)::pg_catalog.text".to_owned(),
    };
    format!("select {list} from ({inner}) as _item")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::schema::fixtures;

    const PLAIN: ResponseOptions = ResponseOptions {
        format: Format::Json,
        range: None,
        count: false,
        head: false,
    };

    fn planned(pairs: &[(&str, &str)], manner: ResponseOptions) -> Result<RowQuery, ApiError> {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        let columns = &fixtures::columns()[..3];
        let origin = RowSource {
            sql: "cs.\"v\" as _source".to_owned(),
            params: vec![],
            columns,
            bare: false,
            read_only: true,
        };
        RowQuery::plan(origin, &QueryRequest::parse(&pairs)?, manner, 100)
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
        let manner = ResponseOptions {
            count: true,
            ..PLAIN
        };
        let reading = planned(&pairs, manner).unwrap();
        assert_eq!(
            reading.sql.replace("pg_catalog.", ""),
            "select to_json(_item.*)::text from (select _source.\"id\" as \"id\", _source.\"name\"::text as \"label\" \
             from cs.\"v\" as _source where current_user = 'cs_member' and (_source.\"arr\" > $1::text::numeric) \
             order by _source.\"arr\" desc limit $2::text::int8 offset $3::text::int8) as _item"
        );
        let params: Vec<_> = reading.params.into_iter().flatten().collect();
        assert_eq!(params, ["5", "7", "3"]);
        let (count, places) = reading.count.unwrap();
        assert!(count.starts_with("select pg_catalog.count(*) from cs.\"v\" as _source where"));
        assert_eq!(places, 1);
    }

    #[test]
    fn without_select_all_columns_are_named() {
        let manner = ResponseOptions {
            format: Format::Csv,
            ..PLAIN
        };
        let reading = planned(&[], manner).unwrap();
        assert_eq!(reading.names, ["id", "name", "arr"]);
        assert!(
            reading
                .sql
                .contains("_item.\"arr\"::pg_catalog.text from (select _source.\"id\"")
        );
        assert!(!reading.sql.contains("limit"));
        assert!(reading.count.is_none());
    }

    #[test]
    fn names_are_given_once() {
        for select in ["name,name", "*,name", "x:name,x:arr"] {
            assert!(planned(&[("select", select)], PLAIN).is_err(), "{select}");
        }
        assert!(planned(&[("select", "*,other:name")], PLAIN).is_ok());
    }
}
