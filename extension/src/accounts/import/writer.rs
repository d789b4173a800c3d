//! Owns the writing of an import's rows: new accounts level by level, each after its parent, then the changes of known
//! ones.

use super::row::ImportRow;
use crate::accounts::column::AccountColumn;
use crate::accounts::patch::AccountValues;
use crate::accounts::write_accounts::{self, AccountUpdate, LockedAccount};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use crate::pg::sql;
use crate::pg::subtransaction::Failure;
use pgrx::Uuid;
use std::collections::{HashMap, HashSet};

/// What came of the rows.
#[derive(Default)]
pub struct ImportOutcome {
    /// How many rows there were.
    pub rows: usize,
    /// New accounts.
    pub inserted: usize,
    /// Accounts that changed.
    pub updated: usize,
    /// Accounts that were already as their rows say.
    pub unchanged: usize,
    /// What was wrong with the others.
    pub rejected: Vec<Rejected>,
}

/// Writes the rows, and adds to the outcome what came of them. Refusals of single rows are part of it.
pub fn write_rows(
    tenant: Uuid,
    rows: Vec<ImportRow>,
    outcome: &mut ImportOutcome,
) -> Result<(), Fault> {
    let (ids, locked) = find_accounts(tenant, &rows)?;
    let mut writer = ImportWriter {
        tenant,
        ids,
        outcome,
    };
    let (existing, new): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| locked.contains_key(&row.external_id));
    writer.insert_all(new);
    writer.update_all(&existing, &locked);
    Ok(())
}

type IdsByExternalId = HashMap<String, Uuid>;
type LockedByExternalId = HashMap<String, LockedAccount>;

/// The accounts that rows are about or name as parents, and, locked, those they are about.
fn find_accounts(
    tenant: Uuid,
    rows: &[ImportRow],
) -> Result<(IdsByExternalId, LockedByExternalId), Fault> {
    let own: HashSet<&str> = rows.iter().map(|row| row.external_id.as_str()).collect();
    let parents = rows
        .iter()
        .filter_map(|row| row.parent.as_ref()?.as_deref());
    let named = own.iter().copied().chain(parents).collect::<Vec<_>>();
    let found = sql::write(
        "select external_id, id from cs.accounts where tenant_id = $1 and external_id = any ($2)",
        &[tenant.into(), named.into()],
        |row| Ok((row.need::<String>("external_id")?, row.need::<Uuid>("id")?)),
    )?;
    let about = found.iter().filter(|(it, _)| own.contains(it.as_str()));
    let about = about.map(|(_, id)| *id).collect::<Vec<_>>();
    let locked = write_accounts::lock_accounts(tenant, &about)?.into_iter();
    let locked = locked.filter_map(|it| Some((it.values[AccountColumn::ExternalId].clone()?, it)));
    let locked = locked.collect();
    Ok((found.into_iter().collect(), locked))
}

struct ImportWriter<'a> {
    tenant: Uuid,
    /// Every account known so far, by external id.
    ids: IdsByExternalId,
    outcome: &'a mut ImportOutcome,
}

impl ImportWriter<'_> {
    fn reject(&mut self, index: usize, field: &'static str, reason: &'static str) {
        self.outcome
            .rejected
            .push(Rejected::new(index, field, reason));
    }

    /// Whether a row's parent is known, where it names one.
    fn knows_parent(&self, row: &ImportRow) -> bool {
        match &row.parent {
            Some(Some(parent)) => self.ids.contains_key(parent),
            _ => true,
        }
    }

    /// Writes new accounts level by level, so that each finds its parent.
    fn insert_all(&mut self, rows: Vec<ImportRow>) {
        let mut waiting = Vec::new();
        for row in rows {
            match row.patch.changes(AccountColumn::Name) {
                true => waiting.push(row),
                false => self.reject(row.index, "name", "is missing, and the account is new"),
            }
        }
        // In one order, whichever they came in: of two imports that make the same accounts one waits, and never both.
        waiting.sort_by(|one, other| one.external_id.cmp(&other.external_id));
        while !waiting.is_empty() {
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|row| self.knows_parent(row));
            if ready.is_empty() {
                for row in &later {
                    self.reject(row.index, "parent_external_id", UNKNOWN_PARENT);
                }
                return;
            }
            self.insert_level(&ready);
            waiting = later;
        }
    }

    fn insert_level(&mut self, rows: &[ImportRow]) {
        let new = rows
            .iter()
            .map(|row| (row.index, self.values_after(row, &AccountValues::default())))
            .collect::<Vec<_>>();
        let mut refused = Vec::new();
        let made: IdsByExternalId = write_accounts::write_in_parts(
            &new.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, AccountValues)]| {
                let values = part.iter().map(|(_, values)| values).collect::<Vec<_>>();
                write_accounts::insert_accounts(self.tenant, &values)
            },
            &mut |(index, _): &(usize, AccountValues), failure| {
                refused.push(refused_row(*index, &failure));
            },
        )
        .into_iter()
        .collect();
        let explained: HashSet<usize> = refused.iter().map(|it| it.index).collect();
        for row in rows {
            if !made.contains_key(&row.external_id) && !explained.contains(&row.index) {
                let reason = "was added by someone else just now: import the row again";
                self.reject(row.index, "external_id", reason);
            }
        }
        self.outcome.inserted += made.len();
        self.outcome.rejected.extend(refused);
        self.ids.extend(made);
    }

    fn update_all(&mut self, rows: &[ImportRow], locked: &LockedByExternalId) {
        let mut updates = Vec::new();
        for row in rows {
            match locked.get(&row.external_id) {
                Some(current) if self.knows_parent(row) => {
                    let values = self.values_after(row, &current.values);
                    let id = current.id;
                    updates.push((row.index, AccountUpdate { id, values }));
                }
                _ => self.reject(row.index, "parent_external_id", UNKNOWN_PARENT),
            }
        }
        let columns = AccountColumn::ALL
            .into_iter()
            .filter(|column| rows.iter().any(|row| row.changes(*column)))
            .collect::<Vec<_>>();
        let mut refused = Vec::new();
        let updated = write_accounts::write_in_parts(
            &updates.iter().collect::<Vec<_>>(),
            &|part: &[&(usize, AccountUpdate)]| {
                let part = part.iter().map(|(_, update)| update).collect::<Vec<_>>();
                write_accounts::update_accounts(self.tenant, &part, &columns)
            },
            &mut |(index, _): &(usize, AccountUpdate), failure| {
                refused.push(refused_row(*index, &failure));
            },
        );
        self.outcome.updated += updated.len();
        self.outcome.unchanged += updates.len() - updated.len() - refused.len();
        self.outcome.rejected.extend(refused);
    }

    /// The values an account has after a row, its parent found.
    fn values_after(&self, row: &ImportRow, current: &AccountValues) -> AccountValues {
        let mut values = row.patch.apply_to(current);
        values[AccountColumn::ExternalId] = Some(row.external_id.clone());
        if let Some(parent) = &row.parent {
            let id = parent.as_ref().and_then(|it| self.ids.get(it));
            values[AccountColumn::Parent] = id.map(Uuid::to_string);
        }
        values
    }
}

const UNKNOWN_PARENT: &str = "must be an account of this tenant, or a good row of this import whose parents do not form a circle";

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
