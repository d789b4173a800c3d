//! The grammar of `order=`: `column[.asc|.desc][.nullsfirst|.nullslast]`, several separated by commas.

use crate::catalogue::quoted;
use crate::error::ApiError;

/// The columns to order by, written as SQL.
#[derive(Debug, PartialEq)]
pub(crate) struct Order(Vec<String>);

impl Order {
    /// No word of the request gets into it: columns are those of the view, the rest is ours.
    pub(crate) fn parse(text: &str, columns: &[String]) -> Result<Self, ApiError> {
        text.split(',')
            .map(|term| one(term.trim(), columns))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn terms(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn sql(&self) -> String {
        if self.0.is_empty() {
            String::new()
        } else {
            format!(" order by {}", self.0.join(", "))
        }
    }
}

fn one(term: &str, columns: &[String]) -> Result<String, ApiError> {
    let mut words = term.split('.');
    let name = words.next().unwrap_or_default();
    let Some(column) = columns.iter().find(|column| *column == name) else {
        return Err(ApiError::invalid(
            format!("There is no column {name} to order by."),
            "order",
        ));
    };
    let mut rest: Vec<&str> = words.collect();
    let mut sql = quoted(column);
    for choices in [
        [("asc", " asc"), ("desc", " desc")],
        [("nullsfirst", " nulls first"), ("nullslast", " nulls last")],
    ] {
        if let Some((_, written)) = choices.iter().find(|(word, _)| rest.first() == Some(word)) {
            sql.push_str(written);
            rest.remove(0);
        }
    }
    match rest.first() {
        Some(word) => Err(ApiError::invalid(
            format!("{word} is no direction to order {name} by."),
            "order",
        )),
        None => Ok(sql),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, String> {
        let columns = ["name".to_owned(), "arr".to_owned(), "odd\"one".to_owned()];
        Order::parse(text, &columns)
            .map(|order| order.sql())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn directions_and_nulls_are_written_out() {
        assert_eq!(parsed("name").unwrap(), " order by \"name\"");
        assert_eq!(
            parsed("arr.desc.nullslast,name.asc").unwrap(),
            " order by \"arr\" desc nulls last, \"name\" asc"
        );
        assert_eq!(
            parsed("arr.nullsfirst, name").unwrap(),
            " order by \"arr\" nulls first, \"name\""
        );
        assert_eq!(parsed("odd\"one").unwrap(), " order by \"odd\"\"one\"");
        assert_eq!(Order::none().sql(), "");
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "nam",
            "name;drop",
            "name,",
            "name.up",
            "name.desc.asc",
            "name.nullsfirst.desc",
            "name.",
            "1",
        ] {
            assert!(parsed(text).is_err(), "{text}");
        }
    }
}
