//! Owns what the catalogue knows of types, columns, views and functions. Pure.

use serde::Deserialize;
use std::sync::Arc;

/// What can be done with a type. A domain has the kind of the type below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TypeKind {
    Json,
    Jsonb,
    Array,
    Range,
    Enum,
    Bool,
    Text,
    Number,
    /// Any other type whose values can be compared.
    Value,
    /// A type whose values cannot be compared.
    Opaque,
}

impl TypeKind {
    pub(crate) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonb)
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct DataType {
    /// Ready for a cast: schema and name, quoted.
    pub(crate) sql: String,
    /// As people write it.
    pub(crate) name: String,
    /// The unqualified name of the type itself, or of the type below a domain.
    pub(crate) base: String,
    pub(crate) kind: TypeKind,
    /// The type of the elements of an array.
    pub(crate) element: Option<Arc<DataType>>,
    /// The labels of an enum.
    pub(crate) labels: Vec<String>,
}

impl DataType {
    /// Whether its values may have an offset, or be taken for ones that have.
    pub(crate) fn is_time(&self) -> bool {
        matches!(
            self.base.as_str(),
            "timestamptz" | "timestamp" | "timetz" | "time" | "date"
        )
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) data_type: Arc<DataType>,
    pub(crate) nullable: bool,
    pub(crate) comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) data_type: Arc<DataType>,
    pub(crate) required: bool,
    /// The default as SQL, for people to read.
    pub(crate) default: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ResultShape {
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
    pub(crate) shape: ResultShape,
    /// None for void.
    pub(crate) returns: Option<Arc<DataType>>,
    /// The columns of its rows; for a function that returns many values, the one column they are read as.
    pub(crate) columns: Vec<Column>,
    pub(crate) arguments: Vec<Argument>,
}

/// What tells rows apart: the primary key, else an id, else all there is, ids first, which are mostly enough.
pub(crate) fn row_key(primary: Vec<String>, columns: &[Column]) -> Vec<String> {
    let has = |name: &String| columns.iter().any(|column| column.name == *name);
    if !primary.is_empty() && primary.iter().all(has) {
        return primary;
    }
    let is_id = |column: &&Column| column.data_type.base == "uuid";
    if let Some(id) = columns.iter().filter(is_id).find(|id| id.name == "id") {
        return vec![id.name.clone()];
    }
    let (ids, others): (Vec<_>, Vec<_>) = columns.iter().partition(is_id);
    let all = ids.into_iter().chain(others);
    all.map(|column| column.name.clone()).collect()
}

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) comment: Option<String>,
    pub(crate) columns: Vec<Column>,
    /// The columns by which its rows can be told apart.
    pub(crate) key: Vec<String>,
}

#[cfg(test)]
pub(crate) mod fixtures {
    //! Types and columns for tests.

    use super::*;

    pub(crate) fn data_type(name: &str, kind: TypeKind) -> Arc<DataType> {
        let element = name.strip_prefix('_').map(|element| match element {
            "jsonb" => data_type(element, TypeKind::Jsonb),
            _ => data_type(element, TypeKind::Value),
        });
        Arc::new(DataType {
            sql: format!("pg_catalog.{name}"),
            name: name.to_owned(),
            base: name.to_owned(),
            kind,
            element,
            labels: vec![],
        })
    }

    pub(crate) fn column(name: &str, sql: &str, kind: TypeKind) -> Column {
        Column {
            name: name.to_owned(),
            data_type: data_type(sql, kind),
            nullable: true,
            comment: None,
        }
    }

    #[test]
    fn rows_are_told_apart_by_key_or_id_or_all() {
        let key = |primary: &[&str], columns: &[Column]| {
            let primary = primary.iter().map(|name| (*name).to_owned()).collect();
            row_key(primary, columns).join(" ")
        };
        let all = columns();
        assert_eq!(key(&["arr", "id"], &all), "arr id");
        assert_eq!(key(&["hidden", "id"], &all), "id");
        assert_eq!(key(&[], &all), "id");
        assert_eq!(key(&[], &all[1..3]), "name arr");
        let ids = [
            column("id", "text", TypeKind::Text),
            column("a", "uuid", TypeKind::Value),
        ];
        assert_eq!(key(&[], &ids), "a id");
    }

    pub(crate) fn columns() -> Vec<Column> {
        vec![
            column("id", "uuid", TypeKind::Value),
            column("name", "text", TypeKind::Text),
            column("arr", "numeric", TypeKind::Number),
            column("is_active", "bool", TypeKind::Bool),
            column("crm", "jsonb", TypeKind::Jsonb),
            column("raw", "json", TypeKind::Json),
            column("tags", "_text", TypeKind::Array),
            column("odd\"one", "int4", TypeKind::Number),
        ]
    }
}
