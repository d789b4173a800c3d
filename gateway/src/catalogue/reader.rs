//! Reading the catalogue: JSON documents that the database makes of its own tables.

use super::Catalogue;
use super::schema::{Argument, Column, Function, Kind, Relation, Shape, Type};
use crate::database::pool;
use crate::http::error::ApiError;
use deadpool_postgres::Pool;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_postgres::Row;

const TYPES: &str = include_str!("sql/types.sql");
const FUNCTIONS: &str = include_str!("sql/functions.sql");
const RELATIONS: &str = include_str!("sql/relations.sql");

pub(super) async fn read(pool: &Pool) -> Result<Catalogue, ApiError> {
    let lease = pool::lease(pool).await?;
    let read = tokio::try_join!(
        lease.query_typed(TYPES, &[]),
        lease.query_typed(FUNCTIONS, &[]),
        lease.query_typed(RELATIONS, &[])
    );
    lease.give_back();
    let (types, functions, relations) = read.map_err(|error| ApiError::from_gateway_sql(&error))?;
    collect(
        documents(&types)?,
        documents(&functions)?,
        documents(&relations)?,
    )
}

#[derive(Deserialize)]
struct ReadType {
    oid: u32,
    sql: String,
    name: String,
    base: String,
    kind: Kind,
    element: Option<u32>,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct ReadColumn {
    name: String,
    r#type: u32,
    nullable: bool,
    comment: Option<String>,
}

#[derive(Deserialize)]
struct ReadArgument {
    name: String,
    r#type: u32,
    required: bool,
    default: Option<String>,
}

#[derive(Deserialize)]
struct ReadFunction {
    name: String,
    comment: Option<String>,
    read_only: bool,
    many: bool,
    shape: Shape,
    returns: u32,
    columns: Option<Vec<ReadColumn>>,
    arguments: Option<Vec<ReadArgument>>,
}

#[derive(Deserialize)]
struct ReadRelation {
    name: String,
    comment: Option<String>,
    columns: Vec<ReadColumn>,
}

fn documents<T: DeserializeOwned>(rows: &[Row]) -> Result<Vec<T>, ApiError> {
    let odd = |why: String| ApiError::Internal(format!("the catalogue cannot be read: {why}"));
    rows.iter()
        .map(|row| {
            let text: &str = row.try_get(0).map_err(|why| odd(why.to_string()))?;
            serde_json::from_str(text).map_err(|why| odd(why.to_string()))
        })
        .collect()
}

/// What has a column of a type that nobody can name is left out.
fn collect(
    types: Vec<ReadType>,
    functions: Vec<ReadFunction>,
    relations: Vec<ReadRelation>,
) -> Result<Catalogue, ApiError> {
    let types = Types::from(types);
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
                columns,
            };
            catalogue.relations.insert(relation.name.clone(), relation);
        }
    }
    Ok(catalogue)
}

struct Types(HashMap<u32, Arc<Type>>);

impl Types {
    /// Elements first, for arrays refer to them.
    fn from(mut read: Vec<ReadType>) -> Self {
        read.sort_by_key(|read| read.element.is_some());
        let mut types: HashMap<u32, Arc<Type>> = HashMap::new();
        for one in read {
            let made = Type {
                sql: one.sql,
                name: one.name,
                base: one.base,
                kind: one.kind,
                element: one.element.and_then(|oid| types.get(&oid).cloned()),
                labels: one.labels,
            };
            types.insert(one.oid, Arc::new(made));
        }
        Self(types)
    }

    fn columns(&self, read: Vec<ReadColumn>) -> Option<Vec<Column>> {
        let column = |read: ReadColumn| {
            Some(Column {
                data: self.0.get(&read.r#type)?.clone(),
                name: read.name,
                nullable: read.nullable,
                comment: read.comment,
            })
        };
        read.into_iter().map(column).collect()
    }

    fn arguments(&self, read: Vec<ReadArgument>) -> Option<Vec<Argument>> {
        let argument = |read: ReadArgument| {
            Some(Argument {
                data: self.0.get(&read.r#type)?.clone(),
                name: read.name,
                required: read.required,
                default: read.default,
            })
        };
        read.into_iter().map(argument).collect()
    }

    fn function(&self, read: ReadFunction) -> Option<Function> {
        let returns = self.0.get(&read.returns).cloned();
        let columns = match (read.shape, &returns) {
            (Shape::Value, Some(data)) => vec![Column {
                name: read.name.clone(),
                data: data.clone(),
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
