//! Owns the catalogue: what may be called and read, as the database itself describes it. Names in statements come from
//! here, never from a request. It is read when first needed, when something unknown is requested, and when it is old.

mod documents;
mod reader;
pub(crate) mod schema;

use crate::database::pool::ConnectionPool;
use crate::http::error::ApiError;
use axum::body::Bytes;
use schema::{Function, Relation};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Unknown names cause the catalogue to be read again, but not more often than this.
const MIN_AGE: Duration = Duration::from_secs(2);
/// After this it is read again in any case: an upgrade may have changed what a known name means.
const MAX_AGE: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(crate) struct Catalogue {
    functions: BTreeMap<String, Vec<Function>>,
    relations: BTreeMap<String, Relation>,
    /// What describes it to callers; the same for all of them, so it is written once.
    document: OnceLock<Bytes>,
}

#[cfg(test)]
impl Catalogue {
    pub(crate) fn from_functions(functions: Vec<Function>) -> Self {
        let mut catalogue = Self::default();
        for function in functions {
            let same_name = catalogue.functions.entry(function.name.clone());
            same_name.or_default().push(function);
        }
        catalogue
    }
}

impl Catalogue {
    /// All functions of that name, which differ in their arguments.
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

    /// Its description, which `write` writes unless it has been written.
    pub(crate) fn document(&self, write: impl FnOnce(&Self) -> Vec<u8>) -> Bytes {
        self.document.get_or_init(|| write(self).into()).clone()
    }

    pub(crate) fn all_relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }
}

#[derive(Clone)]
struct CachedCatalogue {
    catalogue: Arc<Catalogue>,
    read_at: Instant,
}

/// Keeps the catalogue between requests.
#[derive(Default)]
pub(crate) struct CatalogueCache {
    cached: RwLock<Option<CachedCatalogue>>,
    reading: Mutex<()>,
}

impl CatalogueCache {
    /// Tries with the cached catalogue; if that fails, and it is not fresh, with one that is read again.
    pub(crate) async fn try_with<T>(
        &self,
        pool: &ConnectionPool,
        attempt: impl Fn(&Catalogue) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        if let Some(cached) = self
            .cached()
            .filter(|cached| cached.read_at.elapsed() < MAX_AGE)
        {
            let first = attempt(&cached.catalogue);
            if first.is_ok() || cached.read_at.elapsed() < MIN_AGE {
                return first;
            }
        }
        attempt(&*self.read_again(pool).await?)
    }

    /// For when the database contradicts the catalogue: the next attempt reads it again.
    pub(crate) fn invalidate(&self) {
        let mut cached = self.cached.write().unwrap_or_else(PoisonError::into_inner);
        if cached
            .as_ref()
            .is_some_and(|cached| cached.read_at.elapsed() >= MIN_AGE)
        {
            *cached = None;
        }
    }

    fn cached(&self) -> Option<CachedCatalogue> {
        self.cached
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn read_again(&self, pool: &ConnectionPool) -> Result<Arc<Catalogue>, ApiError> {
        let _only_reader = self.reading.lock().await;
        if let Some(cached) = self
            .cached()
            .filter(|cached| cached.read_at.elapsed() < MIN_AGE)
        {
            return Ok(cached.catalogue);
        }
        let cached = CachedCatalogue {
            catalogue: Arc::new(reader::read_catalogue(pool).await?),
            read_at: Instant::now(),
        };
        let catalogue = cached.catalogue.clone();
        *self.cached.write().unwrap_or_else(PoisonError::into_inner) = Some(cached);
        Ok(catalogue)
    }
}

/// A name in double quotes, which SQL takes literally.
pub(crate) fn quote_identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
