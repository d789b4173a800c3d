//! Owns what the database has to say about rows before any is written: who the CSMs are, which attributes are new, and which accounts
//! are new without a name.

use super::known_accounts::KnownAccounts;
use super::row::ImportRow;
use crate::accounts::column::AccountColumn;
use crate::custom_fields::attributes;
use crate::people::{find_members, no_such_member};
use crate::pg::fault::Fault;
use crate::pg::rejected_rows::Rejected;
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::HashSet;

/// Takes away the rows in which the check finds a fault.
fn reject(
    rows: &mut Vec<ImportRow>,
    rejected: &mut Vec<Rejected>,
    check: impl Fn(&mut ImportRow) -> Vec<Rejected>,
) {
    rows.retain_mut(|row| {
        let faults = check(row);
        let is_good = faults.is_empty();
        rejected.extend(faults);
        is_good
    });
}

/// Replaces each CSM's e-mail address by the member's id; rejects rows whose CSM is not an active member.
pub fn resolve_csms(
    tenant: Uuid,
    rows: &mut Vec<ImportRow>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    let given: HashSet<&str> = rows
        .iter()
        .filter_map(|row| row.patch.value(AccountColumn::Csm))
        .collect();
    let found = find_members(tenant, &given.into_iter().collect::<Vec<_>>())?;
    reject(rows, rejected, |row| {
        let Some(given) = row.patch.value(AccountColumn::Csm) else {
            return Vec::new();
        };
        match found.active(given) {
            Some(id) => {
                row.patch.set(AccountColumn::Csm, Some(id.to_string()));
                Vec::new()
            }
            None => {
                let fault = no_such_member("csm");
                vec![Rejected::new(row.index, "csm", fault.message().to_owned())]
            }
        }
    });
    Ok(())
}

/// Rejects rows with attributes that no account and no custom field of the tenant has.
pub fn reject_new_fields(
    tenant: Uuid,
    rows: &mut Vec<ImportRow>,
    rejected: &mut Vec<Rejected>,
) -> Result<(), Fault> {
    if rows.iter().all(|row| row.attribute_keys().is_empty()) {
        return Ok(());
    }
    let known = sql::read(
        include_str!("sql/known_keys.sql"),
        &[tenant.into()],
        |row| row.need::<String>("key"),
    )?;
    let known: HashSet<String> = known.into_iter().collect();
    reject(rows, rejected, |row| {
        let keys = row.attribute_keys().into_iter();
        keys.filter(|key| !known.contains(key))
            .map(|key| {
                let reason =
                    "is not a field yet: make it a custom field, or pass new_fields => true";
                Rejected::new(row.index, attributes::path(&key), reason)
            })
            .collect()
    });
    Ok(())
}

/// Rejects rows of accounts that are not there yet and get no name.
pub fn reject_nameless(
    known: &KnownAccounts,
    rows: &mut Vec<ImportRow>,
    rejected: &mut Vec<Rejected>,
) {
    reject(rows, rejected, |row| {
        let has_name =
            known.locked.contains_key(&row.external_id) || row.patch.changes(AccountColumn::Name);
        let reason = "is missing, and the account is new";
        let fault = (!has_name).then(|| Rejected::new(row.index, "name", reason));
        fault.into_iter().collect()
    });
}
