//! What may be called and read, as the database itself tells it. Names in statements come from here, never from a
//! request. Read when first needed, when something unknown is asked for, and when it has grown old.

use crate::error::ApiError;
use crate::pool;
use crate::schema::{Argument, Column, Function, Kind, Relation, Shape, Type};
use deadpool_postgres::Pool;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio_postgres::Row;

const TYPES: &str = include_str!("sql/types.sql");
const FUNCTIONS: &str = include_str!("sql/functions.sql");
const RELATIONS: &str = include_str!("sql/relations.sql");
/// Unknown names make the catalogue be read again no more often than this.
const FRESH: Duration = Duration::from_secs(2);
/// And it is read again at the latest after this: an upgrade may have changed what stands behind a known name.
const STALE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Catalogue {
    functions: BTreeMap<String, Vec<Function>>,
    relations: BTreeMap<String, Relation>,
}

#[cfg(test)]
impl Catalogue {
    pub(crate) fn of(functions: Vec<Function>) -> Self {
        let mut catalogue = Self::default();
        for function in functions {
            let same_name = catalogue.functions.entry(function.name.clone());
            same_name.or_default().push(function);
        }
        catalogue
    }
}

impl Catalogue {
    /// All functions of that name; they differ in their arguments.
    pub(crate) fn functions(&self, name: &str) -> &[Function] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.get(name)
    }

    pub(crate) fn all_functions(&self) -> impl Iterator<Item = (&str, &[Function])> {
        self.functions
            .iter()
            .map(|(name, of)| (name.as_str(), of.as_slice()))
    }

    pub(crate) fn all_relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }
}

#[derive(Clone)]
struct Reading {
    catalogue: Arc<Catalogue>,
    at: Instant,
}

/// Where the catalogue is kept between requests.
#[derive(Default)]
pub(crate) struct Shelf {
    reading: RwLock<Option<Reading>>,
    one_reader: Mutex<()>,
}

impl Shelf {
    /// Tries on what is known; where that fails, and it is not fresh, on what is read anew.
    pub(crate) async fn attempt<T>(
        &self,
        pool: &Pool,
        attempt: impl Fn(&Catalogue) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        if let Some(known) = self.known().filter(|known| known.at.elapsed() < STALE) {
            let first = attempt(&known.catalogue);
            if first.is_ok() || known.at.elapsed() < FRESH {
                return first;
            }
        }
        attempt(&*self.fresh(pool).await?)
    }

    /// For when the database says that something known is not so: the next attempt reads anew.
    pub(crate) fn forget(&self) {
        let mut reading = self.reading.write().unwrap_or_else(PoisonError::into_inner);
        if reading
            .as_ref()
            .is_some_and(|known| known.at.elapsed() >= FRESH)
        {
            *reading = None;
        }
    }

    fn known(&self) -> Option<Reading> {
        self.reading
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn fresh(&self, pool: &Pool) -> Result<Arc<Catalogue>, ApiError> {
        let _alone = self.one_reader.lock().await;
        if let Some(known) = self.known().filter(|known| known.at.elapsed() < FRESH) {
            return Ok(known.catalogue);
        }
        let reading = Reading {
            catalogue: Arc::new(read(pool).await?),
            at: Instant::now(),
        };
        let catalogue = reading.catalogue.clone();
        *self.reading.write().unwrap_or_else(PoisonError::into_inner) = Some(reading);
        Ok(catalogue)
    }
}

async fn read(pool: &Pool) -> Result<Catalogue, ApiError> {
    let lease = pool::lease(pool).await?;
    let read = tokio::try_join!(
        lease.query_typed(TYPES, &[]),
        lease.query_typed(FUNCTIONS, &[]),
        lease.query_typed(RELATIONS, &[])
    );
    lease.give_back();
    let (types, functions, relations) = read.map_err(|error| ApiError::of_ours(&error))?;
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

/// A name as SQL reads it literally.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
