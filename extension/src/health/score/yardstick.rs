//! Owns what an account is measured by: clocks, targets, and what is usual among the tenant's accounts. Pure.

use super::clock::{BLOCKS, Clock, WEEK_DAYS, WINDOW_DAYS, length};
use super::evidence::{Clocks, Evidence, used};
use super::formula::median;
use super::metric::MetricKind;
use std::collections::{HashMap, HashSet};

/// Whole weeks before the window that a baseline needs.
const LEAST_BLOCKS: usize = 4;
/// A feature belongs to the catalogue when at least one in this many accounts that use features uses it.
const CATALOGUE_SHARE: usize = 10;

/// What all accounts of a tenant are measured by.
#[derive(Debug)]
pub struct Yardstick {
    /// A clock per kind.
    pub clocks: Clocks,
    /// The clock of what is not about one kind: no feed's outage stops it.
    pub account_clock: Clock,
    /// Kinds whose feed is out.
    pub is_out: [bool; 4],
    /// Quantities per 30 days that give 100: logins, feature usage, API calls.
    pub targets: [f64; 3],
    /// Whether the tenant has ever sent tickets.
    pub has_tickets: bool,
    /// What is usual.
    pub norms: Norms,
}

/// What is usual among the tenant's accounts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Norms {
    /// Features an account could use.
    pub catalogue: HashSet<u32>,
    /// Median of feature usage per login.
    pub depth: Option<f64>,
}

/// Why there is no [`Yardstick::baseline`].
pub fn short_history() -> String {
    format!("under {LEAST_BLOCKS} weeks of history before the window")
}

impl Yardstick {
    /// The clock of a kind.
    pub const fn clock(&self, kind: MetricKind) -> &Clock {
        &self.clocks[kind.index()]
    }

    /// The share of a full window that an account has been there for.
    pub fn share(&self, kind: MetricKind, evidence: &Evidence) -> f64 {
        self.clock(kind).effective_days(evidence.first_seen) / length(WINDOW_DAYS)
    }

    /// A sum over the window as a weekly rate.
    pub fn weekly(&self, kind: MetricKind, evidence: &Evidence, sum: f64) -> f64 {
        sum / (self.clock(kind).effective_days(evidence.first_seen) / length(WEEK_DAYS))
    }

    /// The usual weekly sum: the median of the weeks that count, if there are enough.
    pub fn baseline(
        &self,
        kind: MetricKind,
        evidence: &Evidence,
        blocks: &[f64; BLOCKS],
    ) -> Option<f64> {
        let counting = self.counting_blocks(kind, evidence);
        let mut sums = blocks.get(..counting)?.to_vec();
        (counting >= LEAST_BLOCKS)
            .then(|| median(&mut sums))
            .flatten()
    }

    /// How many weeks of the baseline count.
    pub fn counting_blocks(&self, kind: MetricKind, evidence: &Evidence) -> usize {
        self.clock(kind).counting_blocks(evidence.first_seen)
    }

    /// Days of history, whatever the feeds did.
    pub fn history_days(&self, evidence: &Evidence) -> f64 {
        let first = evidence.first_seen;
        first.map_or(0.0, |first| self.account_clock.days_since(first))
    }
}

/// The features that enough of the accounts that use any have used recently, and someone of late; and how many accounts
/// use any.
pub fn find_catalogue<'a>(evidences: impl Iterator<Item = &'a Evidence>) -> (HashSet<u32>, usize) {
    let mut users = HashMap::<u32, (usize, bool)>::new();
    let mut accounts = 0;
    for evidence in evidences {
        let mut uses_any = false;
        for (feature, bits) in &evidence.features {
            if bits & used::CATALOGUE != 0 {
                let (users, is_alive) = users.entry(*feature).or_default();
                *users += 1;
                *is_alive |= bits & used::ALIVE != 0;
                uses_any = true;
            }
        }
        accounts += usize::from(uses_any);
    }
    let is_common = |users: usize| users * CATALOGUE_SHARE >= accounts;
    let catalogue = users
        .into_iter()
        .filter(|(_, (users, is_alive))| *is_alive && is_common(*users))
        .map(|(feature, _)| feature)
        .collect();
    (catalogue, accounts)
}

/// The median of feature usage per login, over accounts with logins.
pub fn median_depth<'a>(evidences: impl Iterator<Item = &'a Evidence>) -> Option<f64> {
    median(&mut evidences.filter_map(Evidence::depth).collect::<Vec<_>>())
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    /// An account that used these features, some of them of late.
    fn user(features: &[(u32, bool)]) -> Evidence {
        let bits = |alive: bool| used::CATALOGUE | if alive { used::ALIVE } else { 0 };
        Evidence {
            features: features
                .iter()
                .map(|(it, alive)| (*it, bits(*alive)))
                .collect(),
            ..Evidence::default()
        }
    }

    #[test]
    fn the_catalogue_is_of_those_who_use_anything_and_of_what_is_alive() {
        let mut accounts = (0..10).map(|_| user(&[(1, true)])).collect::<Vec<_>>();
        accounts[0] = user(&[(1, true), (2, true), (3, false)]);
        // Two hundred lost or empty accounts change nothing.
        accounts.extend((0..200).map(|_| Evidence::default()));
        let (catalogue, users) = find_catalogue(accounts.iter());
        assert_eq!((catalogue, users), (HashSet::from([1, 2]), 10));
        accounts.push(user(&[(1, true)]));
        // One of eleven is under a tenth.
        assert_eq!(find_catalogue(accounts.iter()), (HashSet::from([1]), 11));
        assert_eq!(find_catalogue([].iter()), (HashSet::new(), 0));
    }
}
