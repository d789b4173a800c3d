//! Owns what is known of the accounts of an import before any is written: those the rows are about, locked, the parents they name, and
//! where all of them stand in the tree.

use super::row::ImportRow;
use super::tree_plan::{KnownTree, Place};
use crate::accounts::column::AccountColumn;
use crate::accounts::write_accounts::{LockedAccount, lock_accounts};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::{HashMap, HashSet};

/// What is known.
pub struct KnownAccounts {
    /// The accounts that the rows are about, by their external ids.
    pub locked: HashMap<String, LockedAccount>,
    /// Where they and their parents stand.
    pub tree: KnownTree,
}

/// Finds the accounts of the rows, and locks those that the rows are about.
pub fn find_known_accounts(tenant: Uuid, rows: &[ImportRow]) -> Result<KnownAccounts, Fault> {
    let own: HashSet<&str> = rows.iter().map(|row| row.external_id.as_str()).collect();
    let parents = rows
        .iter()
        .filter_map(|row| row.parent.as_ref()?.as_deref());
    let named = own.iter().copied().chain(parents).collect::<Vec<_>>();
    let ids = sql::write(
        "select external_id, id from cs.accounts where tenant_id = $1 and external_id = any ($2)",
        &[tenant.into(), named.into()],
        |row| Ok((row.need::<String>("external_id")?, row.need::<Uuid>("id")?)),
    )?;
    let about = ids.iter().filter(|(it, _)| own.contains(it.as_str()));
    let about = about.map(|(_, id)| *id).collect::<Vec<_>>();
    let locked = lock_accounts(tenant, &about)?.into_iter();
    let locked = locked
        .filter_map(|it| Some((it.values[AccountColumn::ExternalId].clone()?, it)))
        .collect();
    let mut known = KnownAccounts {
        locked,
        tree: KnownTree {
            ids: ids.into_iter().collect(),
            places: HashMap::new(),
        },
    };
    if rows.iter().any(|row| row.parent.is_some()) {
        known.tree.places = find_places(tenant, &known, rows)?;
    }
    Ok(known)
}

impl KnownAccounts {
    /// Whether a row gives an account that is there another parent.
    pub fn is_moved_by(&self, row: &ImportRow) -> bool {
        let (Some(current), Some(parent)) = (self.locked.get(&row.external_id), &row.parent) else {
            return false;
        };
        let parent = parent.as_ref().map(|it| self.tree.ids.get(it));
        match parent {
            None => current.values[AccountColumn::Parent].is_some(),
            Some(parent) => parent.map(Uuid::to_string) != current.values[AccountColumn::Parent],
        }
    }
}

/// How deep a subtree is counts for its move also where the caller does not see all of it; nothing else of it is told.
fn find_places(
    tenant: Uuid,
    known: &KnownAccounts,
    rows: &[ImportRow],
) -> Result<HashMap<Uuid, Place>, Fault> {
    let moved = rows.iter().filter(|row| known.is_moved_by(row));
    let moved = moved.filter_map(|row| Some(known.locked.get(&row.external_id)?.id));
    let moved = moved.collect::<Vec<_>>();
    let named = known.tree.ids.values().copied().collect::<Vec<_>>();
    let _section = System::enter();
    let places = sql::write(
        include_str!("sql/places.sql"),
        &[tenant.into(), moved.into(), named.into()],
        |row| {
            let place = Place {
                parent: row.maybe("parent_id")?,
                level: row.need("hierarchy_level")?,
                is_carried: row.need("is_carried")?,
            };
            Ok((row.need::<Uuid>("id")?, place))
        },
    )?;
    Ok(places.into_iter().collect())
}
