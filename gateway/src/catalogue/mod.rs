//! What may be called and read, as the database itself tells it. Names in statements come from here, never from a
//! request. Read when first needed, when something unknown is asked for, and when it has grown old.

mod reader;
pub(crate) mod schema;

use crate::http::error::ApiError;
use deadpool_postgres::Pool;
use schema::{Function, Relation};
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

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
            catalogue: Arc::new(reader::read(pool).await?),
            at: Instant::now(),
        };
        let catalogue = reading.catalogue.clone();
        *self.reading.write().unwrap_or_else(PoisonError::into_inner) = Some(reading);
        Ok(catalogue)
    }
}

/// A name as SQL reads it literally.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
