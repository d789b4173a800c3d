//! Owns the rows of accounts as they were: what each is now, walked back through the audit log.

use crate::health::Moment;
use crate::health::to_timestamp;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, StreamedRow, stream_with};
use crate::playbooks::past::timeline::Timeline;
use pgrx::Uuid;
use std::collections::HashMap;

/// The columns that are walked back, in the order of both queries.
const COLUMNS: usize = 6;

/// A column of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountColumn {
    Name,
    ExternalId,
    ParentId,
    CsmId,
    Status,
    CrmAttributes,
}

/// An account's row over time.
pub struct AccountPast {
    /// When the account was made, as its row says.
    pub created_at: Moment,
    /// Since when the row is recorded.
    pub recorded_since: Moment,
    columns: [Timeline<Option<String>>; COLUMNS],
}

impl AccountPast {
    /// A column at a moment, as text; before it was recorded, as it was first.
    pub fn column(&self, column: AccountColumn, at: Moment) -> Option<String> {
        self.columns[column as usize]
            .at(at.max(self.recorded_since))
            .clone()
    }

    /// When any column changed, in no order.
    pub fn changes(&self) -> impl Iterator<Item = Moment> + '_ {
        self.columns.iter().flat_map(Timeline::changes)
    }
}

/// The rows of these accounts since a moment; of `crm_attributes` only where it is asked for. Accounts that are gone are left
/// out. Inside a system section.
pub fn read_account_rows(
    tenant: Uuid,
    accounts: &[Uuid],
    since: Moment,
    with_attributes: bool,
) -> Result<HashMap<Uuid, AccountPast>, Fault> {
    let mut rows = HashMap::new();
    stream_with(
        Sight::Transaction,
        include_str!("../sql/account_rows.sql"),
        &[
            Argument::new(tenant),
            Argument::new(accounts.to_vec()),
            Argument::new(with_attributes),
        ],
        &mut |row| {
            let texts = row.value::<Vec<Option<String>>>(2).unwrap_or_default();
            let mut texts = texts.into_iter();
            let created_at = row.value::<i64>(1).unwrap_or_default();
            let past = AccountPast {
                created_at,
                recorded_since: created_at,
                columns: std::array::from_fn(|_| Timeline::unchanged(texts.next().flatten())),
            };
            rows.extend(row.uuid(0).map(|id| (id, past)));
        },
    )?;
    let ids = accounts.iter().map(ToString::to_string);
    stream_with(
        Sight::Transaction,
        include_str!("../sql/account_changes.sql"),
        &[
            Argument::new(tenant),
            Argument::new(ids.collect::<Vec<_>>()),
            Argument::new(to_timestamp(since)?),
            Argument::new(with_attributes),
        ],
        &mut |row| walk_back(&mut rows, row),
    )?;
    Ok(rows)
}

/// Takes in a change: when it was made, and the columns that it replaced.
fn walk_back(rows: &mut HashMap<Uuid, AccountPast>, row: &StreamedRow<'_>) {
    let past = row.uuid(0).and_then(|id| rows.get_mut(&id));
    let (Some(past), Some(at)) = (past, row.value::<i64>(1)) else {
        return;
    };
    if row.value(2) == Some(true) {
        past.recorded_since = at;
        return;
    }
    let pairs = row.value::<Vec<Option<String>>>(3).unwrap_or_default();
    for (column, pair) in past.columns.iter_mut().zip(pairs.chunks(2)) {
        if let [Some(is_replaced), before] = pair
            && is_replaced == "true"
        {
            column.replaced(at, before.clone());
        }
    }
}
