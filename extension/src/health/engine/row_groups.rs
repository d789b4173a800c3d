//! Owns the order in which rows of many accounts are taken in. Rows lie as they came, one of every account and then the next of every
//! account. Taken in so, each would find the sums of its account gone from the processor's caches; so rows are collected for a
//! while, and taken in by groups of accounts. Pure.

use super::evidence_request::AccountEvidence;
use crate::health::score::clock::Moment;
use crate::health::score::evidence::Clocks;
use crate::health::score::metric::{MetricKind, UsageMetadata, UsageRow};
use crate::health::score::quantity::Quantity;

/// Accounts of a group: what is known of them fits into a cache.
const GROUP: usize = 256;
/// Rows that are collected, at most.
const MOST: usize = 1_000_000;

/// Rows that have not been taken in.
pub struct RowGroups {
    groups: Vec<Vec<CollectedRow>>,
    rows: usize,
}

/// What most rows say.
struct CollectedRow {
    value: Quantity,
    at: Moment,
    /// Whom or what it names: the person who signed in, the feature used.
    name: Option<u64>,
    place: u8,
    kind: MetricKind,
}

impl RowGroups {
    /// For this many accounts.
    pub fn new(accounts: usize) -> Self {
        let groups = 0..accounts.div_ceil(GROUP);
        Self {
            groups: groups.map(|_| Vec::new()).collect(),
            rows: 0,
        }
    }

    /// Adds a row of the account at a position. Rows that say more than most are taken in at once.
    pub fn add(
        &mut self,
        position: usize,
        row: &UsageRow<'_>,
        accounts: &mut [AccountEvidence],
        clocks: &Clocks,
    ) {
        let Some(collected) = CollectedRow::of(position % GROUP, row) else {
            return accounts[position].evidence.add_row(row, clocks);
        };
        self.groups[position / GROUP].push(collected);
        self.rows += 1;
        if self.rows == MOST {
            self.take_in(accounts, clocks);
        }
    }

    /// Takes in all that was collected.
    pub fn take_in(&mut self, accounts: &mut [AccountEvidence], clocks: &Clocks) {
        for (rows, accounts) in self.groups.iter_mut().zip(accounts.chunks_mut(GROUP)) {
            for row in rows.drain(..) {
                let evidence = &mut accounts[usize::from(row.place)].evidence;
                evidence.add_row(&row.restore(), clocks);
            }
        }
        self.rows = 0;
    }
}

impl CollectedRow {
    fn of(place: usize, row: &UsageRow<'_>) -> Option<Self> {
        let metadata = &row.metadata;
        // Which of two rows is the later matters to these.
        if metadata.seats.is_some() || metadata.active_users.is_some() {
            return None;
        }
        let name = match row.kind {
            MetricKind::Logins => metadata.user,
            MetricKind::FeatureUsage => metadata.feature.map(u64::from),
            MetricKind::ApiCalls => None,
            MetricKind::SupportTickets => return None,
        };
        Some(Self {
            value: row.value,
            at: row.stamp.0,
            name,
            place: u8::try_from(place).ok()?,
            kind: row.kind,
        })
    }

    fn restore(&self) -> UsageRow<'static> {
        let mut metadata = UsageMetadata::default();
        match self.kind {
            MetricKind::Logins => metadata.user = self.name,
            _ => metadata.feature = self.name.and_then(|it| u32::try_from(it).ok()),
        }
        UsageRow {
            kind: self.kind,
            stamp: (self.at, 0),
            value: self.value,
            metadata,
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::clock::DAY;
    use crate::health::score::clock::plain_tests::{NOON, clock};
    use crate::health::score::evidence::Evidence;
    use crate::health::score::metric::KINDS;
    use pgrx::Uuid;

    const ACCOUNTS: usize = 3 * GROUP + 7;

    fn row(number: usize) -> UsageRow<'static> {
        let kind = KINDS[number % 4];
        let named = u64::try_from(number % 5).ok().filter(|it| *it > 0);
        let is_ticket = kind == MetricKind::SupportTickets;
        UsageRow {
            kind,
            stamp: (
                NOON - DAY / 3 * i64::try_from(number % 400).unwrap(),
                number as u128,
            ),
            value: Quantity::whole(u32::try_from(number % 3).unwrap()),
            metadata: UsageMetadata {
                user: named.filter(|_| kind == MetricKind::Logins),
                feature: named
                    .filter(|_| kind == MetricKind::FeatureUsage)
                    .and_then(|it| u32::try_from(it).ok()),
                seats: (number.is_multiple_of(11)).then_some(7.0),
                active_users: (number.is_multiple_of(13)).then_some(3.0),
                ticket: named.filter(|_| is_ticket),
                severity: is_ticket.then_some("urgent"),
                ..UsageMetadata::default()
            },
        }
    }

    #[test]
    fn rows_taken_in_by_groups_leave_what_they_leave_one_by_one() {
        let clocks: Clocks = std::array::from_fn(|_| clock(NOON));
        let mut accounts = (0..ACCOUNTS)
            .map(|_| AccountEvidence {
                id: Uuid::from_bytes([0; 16]),
                created_at: 0,
                seats: None,
                evidence: Evidence::default(),
            })
            .collect::<Vec<_>>();
        let mut expected = vec![Evidence::default(); ACCOUNTS];
        let mut groups = RowGroups::new(ACCOUNTS);
        for number in 0..40_000 {
            let position = number * 7919 % ACCOUNTS;
            expected[position].add_row(&row(number), &clocks);
            groups.add(position, &row(number), &mut accounts, &clocks);
            if number == 20_000 {
                groups.take_in(&mut accounts, &clocks);
            }
        }
        groups.take_in(&mut accounts, &clocks);
        assert_eq!(groups.rows, 0);
        for (account, expected) in accounts.iter().zip(&expected) {
            // Sets and maps are shown in an order of their own.
            let shown = |it: &Evidence| {
                let mut text = format!("{it:?}").into_bytes();
                text.sort_unstable();
                text
            };
            assert_eq!(shown(&account.evidence), shown(expected));
        }
        assert!(expected.iter().all(|it| it.first_seen.is_some()));
    }
}
