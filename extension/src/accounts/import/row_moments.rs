//! Owns the moments of which the rows of an import tell.

use super::known_accounts::KnownAccounts;
use super::row::ImportRow;
use crate::accounts::told_moment::{self, Told};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// The moment of each row that has one, by the row's place.
pub struct RowMoments(HashMap<usize, TimestampWithTimeZone>);

impl RowMoments {
    /// Reads them; rows of the future are rejected.
    pub fn read(
        tenant: Uuid,
        rows: &mut Vec<ImportRow>,
        rejected: &mut Vec<Rejected>,
    ) -> Result<Self, Fault> {
        let written = rows.iter().filter_map(|row| Some((row.index, row.as_of?)));
        let (places, written): (Vec<_>, Vec<_>) = written.unzip();
        let mut moments = HashMap::new();
        if !written.is_empty() {
            moments = places
                .into_iter()
                .zip(told_moment::of_texts(tenant, &written)?)
                .collect();
        }
        rows.retain(|row| {
            let reach = moments
                .get(&row.index)
                .map(|it| told_moment::check_reach(*it));
            match reach {
                Some(Err(reason)) => {
                    rejected.push(Rejected::new(row.index, "as_of", reason));
                    false
                }
                _ => true,
            }
        });
        Ok(Self(moments))
    }

    /// Takes out the rows that tell of a moment before what is known, and returns their places; `None` where no row has a moment.
    pub fn take_stale(
        &self,
        tenant: Uuid,
        known: &KnownAccounts,
        rows: &mut Vec<ImportRow>,
    ) -> Result<Option<Vec<usize>>, Fault> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let told = self.told(rows, |row| {
            known.locked.get(&row.external_id).map(|it| it.id)
        });
        let stale = told_moment::find_stale(tenant, &told)?;
        let mut places = Vec::new();
        rows.retain(|row| {
            let id = known.locked.get(&row.external_id).map(|it| it.id);
            let is_stale =
                self.0.contains_key(&row.index) && id.is_some_and(|it| stale.contains(&it));
            if is_stale {
                places.push(row.index);
            }
            !is_stale
        });
        Ok(Some(places))
    }

    /// Remembers the moments of rows that were written.
    pub fn remember(
        &self,
        tenant: Uuid,
        ids: &HashMap<String, Uuid>,
        rows: &[ImportRow],
    ) -> Result<(), Fault> {
        told_moment::remember(
            tenant,
            &self.told(rows, |row| ids.get(&row.external_id).copied()),
        )
    }

    fn told(&self, rows: &[ImportRow], id: impl Fn(&ImportRow) -> Option<Uuid>) -> Vec<Told> {
        let told = |row: &ImportRow| Some((id(row)?, *self.0.get(&row.index)?));
        rows.iter().filter_map(told).collect()
    }
}
