//! What may be called and read, as the database itself tells it. Names in statements come from here, never from a
//! request. Read when first needed, when something unknown is asked for, and when it has grown old.

use crate::error::ApiError;
use crate::pool;
use deadpool_postgres::Pool;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio_postgres::{Error, Row};

const FUNCTIONS: &str = include_str!("sql/functions.sql");
const RELATIONS: &str = include_str!("sql/relations.sql");
/// Unknown names make the catalogue be read again no more often than this.
const FRESH: Duration = Duration::from_secs(2);
/// And it is read again at the latest after this: an upgrade may have changed what stands behind a known name.
const STALE: Duration = Duration::from_secs(60);

/// How a JSON value becomes the text of an argument.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Value,
    Json,
    Array,
    ArrayOfJson,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    /// Ready for a cast: schema and name, quoted.
    pub(crate) sql_type: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    Void,
    Value,
    Row,
}

#[derive(Debug, Clone)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) read_only: bool,
    pub(crate) many: bool,
    pub(crate) shape: Shape,
    pub(crate) only_column: Option<String>,
    pub(crate) arguments: Vec<Argument>,
}

#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

#[derive(Default)]
pub(crate) struct Catalogue {
    functions: HashMap<String, Vec<Function>>,
    relations: HashMap<String, Relation>,
}

impl Catalogue {
    /// All functions of that name; they differ in their arguments.
    pub(crate) fn functions(&self, name: &str) -> &[Function] {
        self.functions.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.get(name)
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
    let (functions, relations) = tokio::join!(
        lease.query_typed(FUNCTIONS, &[]),
        lease.query_typed(RELATIONS, &[])
    );
    lease.give_back();
    let both = functions.and_then(|functions| collect(&functions, &relations?));
    both.map_err(|error| ApiError::of_ours(&error))
}

fn collect(functions: &[Row], relations: &[Row]) -> Result<Catalogue, Error> {
    let mut catalogue = Catalogue::default();
    for row in functions {
        let function = function(row)?;
        catalogue
            .functions
            .entry(function.name.clone())
            .or_default()
            .push(function);
    }
    for row in relations {
        let relation = Relation {
            name: row.try_get("name")?,
            columns: row.try_get("columns")?,
        };
        catalogue.relations.insert(relation.name.clone(), relation);
    }
    Ok(catalogue)
}

fn function(row: &Row) -> Result<Function, Error> {
    Ok(Function {
        name: row.try_get("name")?,
        read_only: row.try_get("read_only")?,
        many: row.try_get("many")?,
        shape: match row.try_get("result")? {
            "void" => Shape::Void,
            "row" => Shape::Row,
            _ => Shape::Value,
        },
        only_column: row.try_get("only_column")?,
        arguments: arguments(row)?,
    })
}

/// Those with a default are the last ones.
fn arguments(row: &Row) -> Result<Vec<Argument>, Error> {
    let names: Vec<String> = row.try_get("names")?;
    let types: Vec<String> = row.try_get("types")?;
    let kinds: Vec<&str> = row.try_get("kinds")?;
    let defaults = usize::try_from(row.try_get::<_, i32>("defaults")?).unwrap_or(0);
    let required = names.len().saturating_sub(defaults);
    let parts = names.into_iter().zip(types).zip(kinds).enumerate();
    Ok(parts
        .map(|(place, ((name, sql_type), kind))| Argument {
            name,
            sql_type,
            kind: match kind {
                "json" => Kind::Json,
                "array" => Kind::Array,
                "array of json" => Kind::ArrayOfJson,
                _ => Kind::Value,
            },
            required: place < required,
        })
        .collect())
}

/// A name as SQL reads it literally.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
