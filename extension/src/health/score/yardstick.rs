//! Owns what an account is measured by: clocks, targets, and what is usual among the tenant's accounts. Pure.

use super::clock::{BLOCKS, Clock, WEEK_DAYS, WINDOW_DAYS, length};
use super::evidence::{Clocks, Evidence, used};
use super::formula::median;
use super::metric::MetricKind;
use std::collections::{HashMap, HashSet};

/// Whole weeks before the window that a baseline needs.
const LEAST_BLOCKS: usize = 4;
/// A feature belongs to the catalogue when at least one in this many accounts uses it.
const CATALOGUE_SHARE: usize = 10;

/// What all accounts of a tenant are measured by.
#[derive(Debug)]
pub struct Yardstick {
    /// A clock per kind.
    pub clocks: Clocks,
    /// Kinds whose feed is out.
    pub is_out: [bool; 4],
    /// Quantities per 30 days that give 100: logins, feature usage, API calls.
    pub targets: [f64; 3],
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
    /// Whether the tenant has ever sent tickets.
    pub has_tickets: bool,
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
        let counting = self.clock(kind).counting_blocks(evidence.first_seen);
        let mut sums = blocks.get(..counting)?.to_vec();
        (counting >= LEAST_BLOCKS)
            .then(|| median(&mut sums))
            .flatten()
    }
}

/// The features that enough of the tenant's accounts have used recently.
pub fn find_catalogue<'a>(
    evidences: impl Iterator<Item = &'a Evidence>,
    accounts: usize,
) -> HashSet<u32> {
    let mut users = HashMap::<u32, usize>::new();
    for evidence in evidences {
        for (feature, bits) in &evidence.features {
            *users.entry(*feature).or_default() += usize::from(bits & used::CATALOGUE != 0);
        }
    }
    let is_common = |users: usize| users > 0 && users * CATALOGUE_SHARE >= accounts;
    users
        .into_iter()
        .filter(|(_, users)| is_common(*users))
        .map(|(feature, _)| feature)
        .collect()
}

/// The median of feature usage per login, over accounts with logins.
pub fn median_depth<'a>(evidences: impl Iterator<Item = &'a Evidence>) -> Option<f64> {
    median(&mut evidences.filter_map(Evidence::depth).collect::<Vec<_>>())
}
