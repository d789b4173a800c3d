//! Owns what evidence is asked for, and the accounts it is asked for.

use crate::health::score::clock::{DAY, Moment};
use crate::health::score::evidence::Evidence;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// Which evidence to gather.
pub struct EvidenceRequest<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// Its accounts to gather evidence of; `None` is all.
    pub only: Option<&'a [Uuid]>,
    /// The moment everything is measured from.
    pub as_of: Moment,
    /// Rows after this are not known yet: `as_of`, or earlier to leave out what has arrived since.
    pub known_until: Moment,
    /// What is usual is what was usual at this moment.
    pub norms_at: Moment,
}

impl<'a> EvidenceRequest<'a> {
    /// All that is known of accounts at a moment.
    pub const fn as_of(tenant: Uuid, only: Option<&'a [Uuid]>, as_of: Moment) -> Self {
        Self {
            tenant,
            only,
            as_of,
            known_until: as_of,
            norms_at: as_of,
        }
    }
}

/// A query of accounts of a tenant, `account`: of all, or of those in `$2`.
#[derive(Debug, Clone, Copy)]
pub struct AccountQuery {
    /// Of all.
    pub all: &'static str,
    /// Of some.
    pub some: &'static str,
}

/// The query in a file that ends with its conditions.
macro_rules! account_query {
    ($file:literal) => {
        $crate::health::engine::evidence_request::AccountQuery {
            all: include_str!($file),
            some: concat!(include_str!($file), "    and account.id = any ($2)\n"),
        }
    };
}
pub(super) use account_query;

impl AccountQuery {
    /// The query of these accounts, and when it is planned; `None` is all.
    pub const fn of(self, only: Option<&[Uuid]>) -> (Planning, &'static str) {
        match only {
            None => (Planning::EachTime, self.all),
            Some(some) => (Planning::of_rows(some.len()), self.some),
        }
    }
}

const ACCOUNTS: AccountQuery = account_query!("sql/accounts.sql");

/// An account with its evidence.
pub struct AccountEvidence {
    /// Its id.
    pub id: Uuid,
    /// Since when there has been such an account.
    pub created_at: Moment,
    /// Seats by its own attributes.
    pub seats: Option<f64>,
    /// What its usage rows add up to.
    pub evidence: Evidence,
}

/// Moments for which every calendar step of the formulas stays within what PostgreSQL can hold.
const YEARS: std::ops::Range<Moment> = -1_999 * 366 * DAY..7_999 * 365 * DAY;

/// Refuses moments too far away to count days back from: 22023.
pub fn require_calendar_year(as_of: Moment) -> Result<(), Fault> {
    match YEARS.contains(&as_of) {
        true => Ok(()),
        false => Err(Fault::invalid(
            "as_of",
            "health is computed for moments between the years 1 and 9999",
        )),
    }
}

/// The accounts asked for, by id, without evidence.
pub fn read_accounts(request: &EvidenceRequest<'_>) -> Result<Vec<AccountEvidence>, Fault> {
    let (planning, query) = ACCOUNTS.of(request.only);
    let mut accounts = planned::read(
        planning,
        query,
        &[
            request.tenant.into(),
            request.only.map(<[Uuid]>::to_vec).into(),
        ],
        |row| {
            Ok(AccountEvidence {
                id: row.need("id")?,
                created_at: row
                    .need::<TimestampWithTimeZone>("created_at")?
                    .into_inner(),
                seats: row.maybe::<f64>("seats")?.filter(|seats| *seats > 0.0),
                evidence: Evidence::default(),
            })
        },
    )?;
    accounts.sort_unstable_by_key(|it| *it.id.as_bytes());
    Ok(accounts)
}

/// The position of each account in the list, by its id.
pub fn positions_by_id(accounts: &[AccountEvidence]) -> HashMap<Uuid, usize> {
    let numbered = accounts.iter().enumerate();
    numbered.map(|(position, it)| (it.id, position)).collect()
}
