//! Owns the writing of an import's rows. Which of them are good does not depend on their order, nor a good one on a bad one: faults
//! that a row has by itself are found first, then those of the tree, and what is left is written together.

use super::known_accounts::KnownAccounts;
use super::row::ImportRow;
use super::tree_plan::{has_faults, is_too_deep_meanwhile, reject_misplaced};
use crate::accounts::column::AccountColumn;
use crate::accounts::patch::AccountValues;
use crate::accounts::write_accounts::{
    AccountUpdate, insert_accounts, update_accounts, write_in_parts,
};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use crate::pg::subtransaction::{Failure, kept_unless_refused, rehearsed};
use pgrx::Uuid;
use std::collections::{HashMap, HashSet};

/// What became of rows that are all good.
pub struct WrittenRows {
    /// New accounts.
    pub inserted: usize,
    /// Accounts that changed.
    pub updated: usize,
    /// Accounts that were already as their rows say.
    pub unchanged: usize,
    /// The accounts of the rows, and of the parents they name, by their external ids.
    pub ids: HashMap<String, Uuid>,
}

/// Takes the rows at fault out, and writes the others.
pub fn write_rows(
    tenant: Uuid,
    known: &KnownAccounts,
    rows: &mut Vec<ImportRow>,
    rejected: &mut Vec<Rejected>,
) -> Result<WrittenRows, Fault> {
    // In one order, whichever they came in: of two imports that make the same accounts one waits, and never both.
    rows.sort_by(|one, other| one.external_id.cmp(&other.external_id));
    let writer = ImportWriter { tenant, known };
    // Most imports have no fault, and are written at once.
    if !has_faults(&known.tree, rows)
        && let Ok(written) = kept_unless_refused(|| writer.write_all(rows))
    {
        return Ok(written);
    }
    let refused = rehearsed(|| Ok(writer.find_refused(rows)));
    let at_fault = indexes(&refused);
    rows.retain(|row| !at_fault.contains(&row.index));
    rejected.extend(refused);
    reject_misplaced(&known.tree, rows, rejected);
    writer.write_all(rows)
}

struct ImportWriter<'a> {
    tenant: Uuid,
    known: &'a KnownAccounts,
}

impl ImportWriter<'_> {
    fn is_new(&self, row: &ImportRow) -> bool {
        !self.known.locked.contains_key(&row.external_id)
    }

    /// Writes rows that are all good: new accounts level by level, each after its parent, then what changes in one statement.
    fn write_all(&self, rows: &[ImportRow]) -> Result<WrittenRows, Fault> {
        let (new, existing): (Vec<_>, Vec<_>) = rows.iter().partition(|row| self.is_new(row));
        if is_too_deep_meanwhile(&self.known.tree, rows) {
            self.detach(&existing)?;
        }
        let mut ids = self.known.tree.ids.clone();
        let inserted = new.len();
        self.insert_levels(new, &mut ids)?;
        let updated = self.update(&existing, &ids)?;
        Ok(WrittenRows {
            inserted,
            updated,
            unchanged: existing.len() - updated,
            ids,
        })
    }

    /// Those that move stand at a root until all that is new is there.
    fn detach(&self, existing: &[&ImportRow]) -> Result<(), Fault> {
        let moved = existing.iter().filter(|row| self.known.is_moved_by(row));
        let updates = moved.filter_map(|row| {
            let current = self.known.locked.get(&row.external_id)?;
            let mut values = current.values.clone();
            values[AccountColumn::Parent] = None;
            let id = current.id;
            Some(AccountUpdate { id, values })
        });
        let updates = updates.collect::<Vec<_>>();
        let updates = updates.iter().collect::<Vec<_>>();
        update_accounts(self.tenant, &updates, &[AccountColumn::Parent]).map(drop)
    }

    fn insert_levels(
        &self,
        mut waiting: Vec<&ImportRow>,
        ids: &mut HashMap<String, Uuid>,
    ) -> Result<(), Fault> {
        while !waiting.is_empty() {
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|row| knows_parent(row, ids));
            if ready.is_empty() {
                return Err(Fault::internal("the rows of an import are not a tree"));
            }
            let values = ready
                .iter()
                .map(|row| values_after(row, &AccountValues::default(), ids));
            let values = values.collect::<Vec<_>>();
            let made = insert_accounts(self.tenant, &values.iter().collect::<Vec<_>>())?;
            if made.len() < ready.len() {
                return Err(Fault::invalid("external_id", ADDED_BY_OTHERS));
            }
            ids.extend(made);
            waiting = later;
        }
        Ok(())
    }

    /// Returns how many accounts this changed.
    fn update(&self, existing: &[&ImportRow], ids: &HashMap<String, Uuid>) -> Result<usize, Fault> {
        let updates = self.updates(existing, ids);
        let updates = updates.iter().map(|(_, it)| it).collect::<Vec<_>>();
        update_accounts(self.tenant, &updates, &columns_of(existing)).map(|it| it.len())
    }

    fn updates(
        &self,
        existing: &[&ImportRow],
        ids: &HashMap<String, Uuid>,
    ) -> Vec<(usize, AccountUpdate)> {
        let update = |row: &&ImportRow| {
            let current = self.known.locked.get(&row.external_id)?;
            let (id, values) = (current.id, values_after(row, &current.values, ids));
            Some((row.index, AccountUpdate { id, values }))
        };
        existing.iter().filter_map(update).collect()
    }

    /// What the database refuses of each row by itself, its parent left out.
    fn find_refused(&self, rows: &[ImportRow]) -> Vec<Rejected> {
        let alone = rows.iter().map(|row| ImportRow {
            parent: None,
            ..row.clone()
        });
        let alone = alone.collect::<Vec<_>>();
        let (new, existing): (Vec<_>, Vec<_>) = alone.iter().partition(|row| self.is_new(row));
        let mut refused = Vec::new();
        let ids = HashMap::new();
        let new = new.into_iter().map(|row| {
            let values = values_after(row, &AccountValues::default(), &ids);
            (row.index, values)
        });
        let new = new.collect::<Vec<_>>();
        let made = write_in_parts(
            &new.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, AccountValues)]| {
                let values = part.iter().map(|(_, values)| values).collect::<Vec<_>>();
                insert_accounts(self.tenant, &values)
            },
            &mut |(index, _), failure| refused.push(refused_row(*index, &failure)),
        );
        let made: HashSet<String> = made.into_iter().map(|(it, _)| it).collect();
        let explained = indexes(&refused);
        for (index, values) in &new {
            let external_id = values[AccountColumn::ExternalId].as_ref();
            let is_made = external_id.is_some_and(|it| made.contains(it));
            if !is_made && !explained.contains(index) {
                refused.push(Rejected::new(*index, "external_id", ADDED_BY_OTHERS));
            }
        }
        let updates = self.updates(&existing, &ids);
        let columns = columns_of(&existing);
        write_in_parts(
            &updates.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, AccountUpdate)]| {
                let part = part.iter().map(|(_, update)| update).collect::<Vec<_>>();
                update_accounts(self.tenant, &part, &columns)
            },
            &mut |(index, _), failure| refused.push(refused_row(*index, &failure)),
        );
        refused
    }
}

const ADDED_BY_OTHERS: &str = "was added by someone else just now: import the row again";

fn indexes(rejected: &[Rejected]) -> HashSet<usize> {
    rejected.iter().map(|it| it.index).collect()
}

fn knows_parent(row: &ImportRow, ids: &HashMap<String, Uuid>) -> bool {
    let parent = row.parent.as_ref().and_then(Option::as_ref);
    parent.is_none_or(|it| ids.contains_key(it))
}

/// The columns that any of the rows changes.
fn columns_of(rows: &[&ImportRow]) -> Vec<AccountColumn> {
    let columns = AccountColumn::ALL.into_iter();
    let changed = columns.filter(|column| rows.iter().any(|row| row.changes(*column)));
    changed.collect()
}

/// The values an account has after a row, its parent found.
fn values_after(
    row: &ImportRow,
    current: &AccountValues,
    ids: &HashMap<String, Uuid>,
) -> AccountValues {
    let mut values = row.patch.apply_to(current);
    values[AccountColumn::ExternalId] = Some(row.external_id.clone());
    if let Some(parent) = &row.parent {
        let id = parent.as_ref().and_then(|it| ids.get(it));
        values[AccountColumn::Parent] = id.map(Uuid::to_string);
    }
    values
}

/// Why the database refused a row, named by the key it is about.
fn refused_row(index: usize, failure: &Failure) -> Rejected {
    let field = match failure.field().as_deref() {
        Some("parent_id") => "parent_external_id".to_owned(),
        Some("csm_id") => "csm".to_owned(),
        Some(field) => field.to_owned(),
        None => "rows".to_owned(),
    };
    Rejected::new(index, field, failure.message.clone())
}
