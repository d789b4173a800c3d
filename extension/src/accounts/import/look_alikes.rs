//! Owns what a rehearsal points out: new accounts whose ids or names look like those of others, in the tenant or in the import.

use super::known_accounts::KnownAccounts;
use super::row::ImportRow;
use crate::accounts::column::AccountColumn;
use crate::pg::fault::Fault;
use crate::pg::sql;
use cs_text::look_alike_key;
use pgrx::Uuid;
use serde::Serialize;
use std::collections::HashMap;

/// How many are pointed out.
const LISTED: usize = 100;

/// A new account that looks like another.
#[derive(Serialize)]
pub struct LookAlike {
    /// The row's place in the array, from 0.
    index: usize,
    /// What looks alike: `external_id` or `name`.
    field: &'static str,
    /// The value of the other account.
    like: String,
}

/// Looks at the rows of new accounts.
pub fn find(
    tenant: Uuid,
    known: &KnownAccounts,
    rows: &[ImportRow],
) -> Result<Vec<LookAlike>, Fault> {
    let is_new = |row: &&ImportRow| !known.locked.contains_key(&row.external_id);
    let new = rows.iter().filter(is_new).collect::<Vec<_>>();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let there = sql::read(
        "select external_id, name from cs.accounts where tenant_id = $1 order by id",
        &[tenant.into()],
        |row| {
            let external_id = row.maybe::<String>("external_id")?;
            Ok((external_id, row.need::<String>("name")?))
        },
    )?;
    let ids = there.iter().filter_map(|(id, _)| id.as_deref());
    let names = there.iter().map(|(_, name)| name.as_str());
    let mut found = Vec::new();
    point_out(
        "external_id",
        ids,
        &new,
        |it| Some(it.external_id.as_str()),
        &mut found,
    );
    point_out(
        "name",
        names,
        &new,
        |it| it.patch.value(AccountColumn::Name),
        &mut found,
    );
    found.sort_by_key(|it| it.index);
    found.truncate(LISTED);
    Ok(found)
}

/// Each value that looks like one that was there, or like that of an earlier row.
fn point_out<'a>(
    field: &'static str,
    there: impl Iterator<Item = &'a str>,
    rows: &[&'a ImportRow],
    value: impl Fn(&'a ImportRow) -> Option<&'a str>,
    found: &mut Vec<LookAlike>,
) {
    let mut first: HashMap<String, &str> = HashMap::new();
    for other in there {
        first.entry(look_alike_key(other)).or_insert(other);
    }
    for row in rows {
        let Some(value) = value(row) else { continue };
        match first.get(&look_alike_key(value)) {
            Some(other) => found.push(LookAlike {
                index: row.index,
                field,
                like: (*other).to_owned(),
            }),
            None => {
                first.insert(look_alike_key(value), value);
            }
        }
    }
}
