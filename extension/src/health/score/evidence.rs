//! Owns what is known of an account: sums and marks that its rows leave, whatever their order. Pure.
//! It grows with what an account has (people, features, tickets), never with the number of rows.

use super::clock::{BLOCKS, Clock, Moment, Place};
use super::metric::{KINDS, MetricKind, Stamp, UsageRow};
use super::quantity::Quantity;
use super::tickets::Tickets;
use std::collections::{BTreeMap, HashSet};

/// One clock per kind: a feed that is out is seen from its last row.
pub type Clocks = [Clock; 4];

/// Usage of one kind.
#[derive(Debug, Clone, Default)]
pub struct Metric {
    /// Whether there was ever a row.
    pub is_observed: bool,
    /// The last row with a quantity.
    pub last: Option<Moment>,
    /// Sum over the window.
    pub window: Quantity,
    /// Rows in the window.
    pub rows: u32,
    /// Sums over the weeks of the baseline, the latest first.
    pub blocks: [Quantity; BLOCKS],
    /// Rows in them.
    pub block_rows: u32,
}

/// Who signed in.
#[derive(Debug, Clone, Default)]
pub struct Visits {
    /// A bit per local calendar day of the window.
    pub days: u64,
    /// People of the window.
    pub users: HashSet<u64>,
    /// The latest count of people, where rows carry one.
    pub active_users: Option<(Stamp, f64)>,
}

/// Bits of [`Evidence::features`]: the last four weeks, the window, 90 days.
pub mod used {
    /// Bits of the four weeks.
    pub const WEEKS: u8 = 0b1111;
    /// Used in the window.
    pub const WINDOW: u8 = 1 << 4;
    /// Used within 90 days.
    pub const QUARTER: u8 = 1 << 5;
}

/// All that the formulas ask of an account.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The first row of any kind.
    pub first_seen: Option<Moment>,
    /// Sums by kind.
    pub metrics: [Metric; 4],
    /// Who signed in.
    pub visits: Visits,
    /// When each feature was used, as bits.
    pub features: BTreeMap<u32, u8>,
    /// A bit per week, of the last four, in which features were used, named or not.
    pub feature_weeks: u8,
    /// Tickets.
    pub tickets: Tickets,
    /// The latest seats a row tells, for accounts whose own attributes tell none.
    pub seats: Option<(Stamp, f64)>,
}

impl Evidence {
    /// Notes that the account has a row of a kind, the first one at this moment.
    pub fn begins(&mut self, kind: MetricKind, first: Moment) {
        self.metrics[kind.index()].is_observed = true;
        self.first_seen = Some(self.first_seen.map_or(first, |known| known.min(first)));
    }

    /// Takes one row in. Rows after the clock's reference are not known yet.
    pub fn add(&mut self, row: &UsageRow<'_>, clocks: &Clocks) {
        let clock = &clocks[row.kind.index()];
        let at = row.stamp.0;
        if at > clock.reference() {
            return;
        }
        self.begins(row.kind, at);
        if let Some(seats) = row.about.seats {
            keep_latest(&mut self.seats, row.stamp, seats);
        }
        let place = clock.place(at);
        let metric = &mut self.metrics[row.kind.index()];
        match place {
            Place::Window => {
                metric.window += row.value;
                metric.rows += 1;
            }
            Place::Block(block) => {
                metric.blocks[block] += row.value;
                metric.block_rows += 1;
            }
            Place::Outside => {}
        }
        if row.kind == MetricKind::SupportTickets {
            return self.tickets.add(row, place);
        }
        if place == Place::Window
            && row.kind == MetricKind::Logins
            && let Some(people) = row.about.active_users
        {
            keep_latest(&mut self.visits.active_users, row.stamp, people);
        }
        if row.value.is_some() {
            metric.last = metric.last.max(Some(at));
            match row.kind {
                MetricKind::Logins if place == Place::Window => {
                    self.visits.days |= 1 << clock.day(at).min(63);
                    self.visits.users.extend(row.about.user);
                }
                MetricKind::FeatureUsage => self.use_feature(row.about.feature, at, place, clock),
                _ => {}
            }
        }
    }

    fn use_feature(&mut self, feature: Option<u32>, at: Moment, place: Place, clock: &Clock) {
        let week = clock.week(at).map_or(0, |week| 1 << week);
        self.feature_weeks |= week;
        let Some(feature) = feature else { return };
        let mut bits = week;
        if place == Place::Window {
            bits |= used::WINDOW;
        }
        if clock.within(90, at) {
            bits |= used::QUARTER;
        }
        if bits != 0 {
            *self.features.entry(feature).or_default() |= bits;
        }
    }

    /// Usage of a kind.
    pub const fn of(&self, kind: MetricKind) -> &Metric {
        &self.metrics[kind.index()]
    }

    /// No usage in the window.
    pub fn is_silent(&self) -> bool {
        KINDS[..3]
            .iter()
            .all(|kind| !self.of(*kind).window.is_some())
    }

    /// Feature usage per login in the window; `None` without logins.
    pub fn depth(&self) -> Option<f64> {
        let logins = self.of(MetricKind::Logins).window;
        logins
            .is_some()
            .then(|| self.of(MetricKind::FeatureUsage).window.as_f64() / logins.as_f64())
    }
}

fn keep_latest(known: &mut Option<(Stamp, f64)>, stamp: Stamp, value: f64) {
    if known.is_none_or(|(latest, _)| stamp > latest) {
        *known = Some((stamp, value));
    }
}
