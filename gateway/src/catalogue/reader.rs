//! Owns the reading of the catalogue: JSON documents that the database builds from its own tables.

use super::Catalogue;
use super::schema::{
    Argument, Column, DataType, Function, Relation, ResultShape, TypeKind, row_key,
};
use crate::database::pool::ConnectionPool;
use crate::http::error::ApiError;
use crate::shares::Purpose;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::Row;

const TYPES: &str = include_str!("sql/types.sql");
const FUNCTIONS: &str = include_str!("sql/functions.sql");
const RELATIONS: &str = include_str!("sql/relations.sql");

pub(super) async fn read_catalogue(pool: &ConnectionPool) -> Result<Catalogue, ApiError> {
    let lease = pool.lease(Purpose::LogIn).await?;
    let read = tokio::try_join!(
        lease.query_typed(TYPES, &[]),
        lease.query_typed(FUNCTIONS, &[]),
        lease.query_typed(RELATIONS, &[])
    );
    lease.give_back();
    let (types, functions, relations) = read.map_err(|error| ApiError::from_gateway_sql(&error))?;
    collect(
        parse_documents(&types)?,
        parse_documents(&functions)?,
        parse_documents(&relations)?,
    )
}

#[derive(Deserialize)]
struct TypeDocument {
    oid: u32,
    sql: String,
    name: String,
    base: String,
    kind: TypeKind,
    element: Option<u32>,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct ColumnDocument {
    name: String,
    r#type: u32,
    nullable: bool,
    comment: Option<String>,
}

#[derive(Deserialize)]
struct ArgumentDocument {
    name: String,
    r#type: u32,
    required: bool,
    default: Option<String>,
}

#[derive(Deserialize)]
struct FunctionDocument {
    name: String,
    comment: Option<String>,
    read_only: bool,
    many: bool,
    shape: ResultShape,
    returns: u32,
    columns: Option<Vec<ColumnDocument>>,
    arguments: Option<Vec<ArgumentDocument>>,
}

#[derive(Deserialize)]
struct RelationDocument {
    name: String,
    comment: Option<String>,
    key: Vec<String>,
    columns: Vec<ColumnDocument>,
}

fn parse_documents<T: DeserializeOwned>(rows: &[Row]) -> Result<Vec<T>, ApiError> {
    let unreadable =
        |why: String| ApiError::Internal(format!("the catalogue cannot be read: {why}"));
    rows.iter()
        .map(|row| {
            let text: &str = row.try_get(0).map_err(|why| unreadable(why.to_string()))?;
            serde_json::from_str(text).map_err(|why| unreadable(why.to_string()))
        })
        .collect()
}

/// Functions and views with a column or argument of an unknown type are left out.
fn collect(
    types: Vec<TypeDocument>,
    functions: Vec<FunctionDocument>,
    relations: Vec<RelationDocument>,
) -> Result<Catalogue, ApiError> {
    let types = TypesByOid::from(types);
    let mut catalogue = Catalogue::default();
    for read in functions {
        if let Some(function) = types.function(read) {
            let same_name = catalogue.functions.entry(function.name.clone());
            same_name.or_default().push(function);
        }
    }
    for read in relations {
        if let Some(columns) = types.columns(read.columns) {
            let relation = Relation {
                name: read.name,
                comment: read.comment,
                key: row_key(read.key, &columns),
                columns,
            };
            catalogue.relations.insert(relation.name.clone(), relation);
        }
    }
    Ok(catalogue)
}

struct TypesByOid(HashMap<u32, Arc<DataType>>);

impl TypesByOid {
    /// Elements come first, since arrays refer to them.
    fn from(mut read: Vec<TypeDocument>) -> Self {
        read.sort_by_key(|read| read.element.is_some());
        let mut types: HashMap<u32, Arc<DataType>> = HashMap::new();
        for one in read {
            let data_type = DataType {
                sql: one.sql,
                name: one.name,
                base: one.base,
                kind: one.kind,
                element: one.element.and_then(|oid| types.get(&oid).cloned()),
                labels: one.labels,
            };
            types.insert(one.oid, Arc::new(data_type));
        }
        Self(types)
    }

    fn columns(&self, read: Vec<ColumnDocument>) -> Option<Vec<Column>> {
        let column = |read: ColumnDocument| {
            Some(Column {
                data_type: self.0.get(&read.r#type)?.clone(),
                name: read.name,
                nullable: read.nullable,
                comment: read.comment,
            })
        };
        read.into_iter().map(column).collect()
    }

    fn arguments(&self, read: Vec<ArgumentDocument>) -> Option<Vec<Argument>> {
        let argument = |read: ArgumentDocument| {
            Some(Argument {
                data_type: self.0.get(&read.r#type)?.clone(),
                name: read.name,
                required: read.required,
                default: read.default,
            })
        };
        read.into_iter().map(argument).collect()
    }

    fn function(&self, read: FunctionDocument) -> Option<Function> {
        let returns = self.0.get(&read.returns).cloned();
        let columns = match (read.shape, &returns) {
            (ResultShape::Value, Some(data_type)) => vec![Column {
                name: read.name.clone(),
                data_type: data_type.clone(),
                nullable: true,
                comment: None,
            }],
            _ => self.columns(read.columns.unwrap_or_default())?,
        };
        Some(Function {
            arguments: self.arguments(read.arguments.unwrap_or_default())?,
            name: read.name,
            comment: read.comment,
            read_only: read.read_only,
            many: read.many,
            shape: read.shape,
            returns,
            columns,
        })
    }
}
