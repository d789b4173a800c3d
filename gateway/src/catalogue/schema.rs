//! What the catalogue knows of types, columns, views and functions.

use serde::Deserialize;
use std::sync::Arc;

/// What can be done with a type. A domain is of the kind of the type below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Json,
    Jsonb,
    Array,
    Range,
    Enum,
    Bool,
    Text,
    Number,
    /// Another one that can be compared.
    Value,
    /// One that cannot.
    Opaque,
}

impl Kind {
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonb)
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct Type {
    /// Ready for a cast: schema and name, quoted.
    pub(crate) sql: String,
    /// As people write it.
    pub(crate) name: String,
    /// The unqualified name of the type itself, or of that below a domain.
    pub(crate) base: String,
    pub(crate) kind: Kind,
    /// Of an array.
    pub(crate) element: Option<Arc<Type>>,
    /// Of an enum.
    pub(crate) labels: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) data: Arc<Type>,
    pub(crate) nullable: bool,
    pub(crate) comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) data: Arc<Type>,
    pub(crate) required: bool,
    /// The default as SQL, for people to read.
    pub(crate) default: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Shape {
    Void,
    Value,
    Row,
}

#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) comment: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) many: bool,
    pub(crate) shape: Shape,
    /// Nothing where it is void.
    pub(crate) returns: Option<Arc<Type>>,
    /// Of its rows; of a function that gives many values the one that they are read as.
    pub(crate) columns: Vec<Column>,
    pub(crate) arguments: Vec<Argument>,
}

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) comment: Option<String>,
    pub(crate) columns: Vec<Column>,
}

#[cfg(test)]
pub(crate) mod made {
    //! Types and columns for tests.

    use super::*;

    pub(crate) fn data(name: &str, kind: Kind) -> Arc<Type> {
        let element = name.strip_prefix('_').map(|element| match element {
            "jsonb" => data(element, Kind::Jsonb),
            _ => data(element, Kind::Value),
        });
        Arc::new(Type {
            sql: format!("pg_catalog.{name}"),
            name: name.to_owned(),
            base: name.to_owned(),
            kind,
            element,
            labels: vec![],
        })
    }

    pub(crate) fn column(name: &str, sql: &str, kind: Kind) -> Column {
        Column {
            name: name.to_owned(),
            data: data(sql, kind),
            nullable: true,
            comment: None,
        }
    }

    pub(crate) fn columns() -> Vec<Column> {
        vec![
            column("id", "uuid", Kind::Value),
            column("name", "text", Kind::Text),
            column("arr", "numeric", Kind::Number),
            column("is_active", "bool", Kind::Bool),
            column("crm", "jsonb", Kind::Jsonb),
            column("raw", "json", Kind::Json),
            column("tags", "_text", Kind::Array),
            column("odd\"one", "int4", Kind::Number),
        ]
    }
}
