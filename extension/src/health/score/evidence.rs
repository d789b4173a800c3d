//! Owns what is known of an account: the sums and marks that its rows leave, in whatever order they come. Pure.
//! It grows with what an account has (people, features, tickets), never with the number of rows.

use super::clock::{
    ALIVE_DAYS, BLOCKS, CATALOGUE_DAYS, Clock, ClockRange, LATEST_WEEKS, Moment, RECENT_WEEKS,
};
use super::metric::{KINDS, MetricKind, Stamp, UsageRow};
use super::quantity::Quantity;
use super::tickets::Tickets;
use super::zone::LocalDay;
use std::collections::{BTreeMap, HashSet};

/// One clock per kind: a feed that is out is measured from its last row.
pub type Clocks = [Clock; 4];

/// Usage of one kind.
#[derive(Debug, Clone, Default)]
pub struct UsageSums {
    /// The first row.
    pub first: Option<Moment>,
    /// The last row with a quantity.
    pub last: Option<Moment>,
    /// The local day since which the account has not used this kind any more and so is not measured by it, although it once did.
    pub unused_since: Option<LocalDay>,
    /// Sum over the window.
    pub window: Quantity,
    /// Rows in the window.
    pub rows: u32,
    /// Sums over the weeks of the baseline, the latest first.
    pub blocks: [Quantity; BLOCKS],
    /// Rows in them.
    pub block_rows: [u32; BLOCKS],
    /// Sums over whole weeks of local days, the latest first; those that are missing are 0.
    pub weeks: Vec<Quantity>,
}

/// Who signed in.
#[derive(Debug, Clone, Default)]
pub struct Visits {
    /// A bit per local day of the window.
    pub days: u64,
    /// People of the window.
    pub users: HashSet<u64>,
    /// Rows of the window that name them.
    pub user_rows: u32,
    /// The latest count of people, where rows carry one.
    pub active_users: Option<(Stamp, f64)>,
}

/// Bits of [`Evidence::features`]: the latest weeks, the window, the days of the catalogue.
pub mod used {
    use super::LATEST_WEEKS;

    /// Bits of the latest weeks.
    pub const WEEKS: u8 = (1 << LATEST_WEEKS) - 1;
    /// Used in the window.
    pub const WINDOW: u8 = 1 << LATEST_WEEKS;
    /// Used recently enough for the catalogue.
    pub const CATALOGUE: u8 = WINDOW << 1;
    /// Used recently enough to be alive.
    pub const ALIVE: u8 = CATALOGUE << 1;
}

/// All that the formulas need to know of an account.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The first row of any kind.
    pub first_seen: Option<Moment>,
    /// Sums by kind.
    pub metrics: [UsageSums; 4],
    /// Who signed in.
    pub visits: Visits,
    /// When each feature was used, as bits.
    pub features: BTreeMap<u32, u8>,
    /// A bit per week, of the latest ones, in which features were used, named or not.
    pub feature_weeks: u8,
    /// Rows of these weeks.
    pub feature_week_rows: u32,
    /// Tickets.
    pub tickets: Tickets,
    /// The latest number of seats in a row, for accounts whose own attributes have none.
    pub seats: Option<(Stamp, f64)>,
}

impl UsageSums {
    /// Whether there was ever a row.
    pub const fn is_observed(&self) -> bool {
        self.first.is_some()
    }

    /// Whether the account is measured by it: it was observed, and is still used or missed.
    pub const fn is_measured(&self) -> bool {
        self.is_observed() && self.unused_since.is_none()
    }

    /// Rows of the window and of the latest weeks of the baseline.
    pub fn rows_since(&self, blocks: usize) -> u32 {
        self.rows + self.block_rows[..blocks.min(BLOCKS)].iter().sum::<u32>()
    }

    /// Adds to the sum of a whole week.
    pub fn add_to_week(&mut self, week: usize, value: Quantity) {
        if self.weeks.len() <= week {
            self.weeks.resize(week + 1, Quantity::default());
        }
        self.weeks[week] += value;
    }

    /// Since when it has been silent: its last use, or its first row where it was never used.
    pub fn silent_since(&self) -> Option<Moment> {
        self.last.or(self.first)
    }
}

impl Evidence {
    /// Notes that the account has a row of a kind, the first one at this moment.
    pub fn note_first_row(&mut self, kind: MetricKind, first: Moment) {
        let earliest = |known: Option<Moment>| Some(known.map_or(first, |known| known.min(first)));
        let metric = &mut self.metrics[kind.index()];
        metric.first = earliest(metric.first);
        self.first_seen = earliest(self.first_seen);
    }

    /// Rows of the window that say what is usual.
    pub fn rows_of_norms(&self) -> u64 {
        let kinds = [MetricKind::FeatureUsage, MetricKind::Logins];
        kinds
            .map(|kind| u64::from(self.metrics[kind.index()].rows))
            .iter()
            .sum()
    }

    /// Notes a number of seats that a row tells.
    pub fn note_seats(&mut self, stamp: Stamp, seats: f64) {
        keep_latest(&mut self.seats, stamp, seats);
    }

    /// Takes one row in. Rows after the clock's moment are not known yet.
    pub fn add_row(&mut self, row: &UsageRow<'_>, clocks: &Clocks) {
        let clock = &clocks[row.kind.index()];
        let at = row.stamp.0;
        if at > clock.moment() {
            return;
        }
        self.note_first_row(row.kind, at);
        if let Some(seats) = row.metadata.seats {
            self.note_seats(row.stamp, seats);
        }
        let range = clock.range_of(at);
        let metric = &mut self.metrics[row.kind.index()];
        match range {
            ClockRange::Window => {
                metric.window += row.value;
                metric.rows += 1;
            }
            ClockRange::Block(block) => {
                metric.blocks[block] += row.value;
                metric.block_rows[block] += 1;
            }
            ClockRange::Outside => {}
        }
        if row.kind == MetricKind::SupportTickets {
            return self.tickets.add_row(row, range);
        }
        if range == ClockRange::Window
            && row.kind == MetricKind::Logins
            && let Some(people) = row.metadata.active_users
        {
            keep_latest(&mut self.visits.active_users, row.stamp, people);
        }
        if row.value.is_some() {
            self.use_kind(row, range, clock);
        }
    }

    /// Notes use: a row with a quantity.
    fn use_kind(&mut self, row: &UsageRow<'_>, range: ClockRange, clock: &Clock) {
        let at = row.stamp.0;
        let metric = &mut self.metrics[row.kind.index()];
        metric.last = metric.last.max(Some(at));
        // Earlier weeks are read as sums.
        if let Some(week) = clock.whole_week(at).filter(|week| *week < RECENT_WEEKS) {
            metric.add_to_week(week, row.value);
        }
        match row.kind {
            MetricKind::Logins if range == ClockRange::Window => {
                self.visits.days |= 1 << clock.day(at).min(63);
                self.visits.users.extend(row.metadata.user);
                self.visits.user_rows += u32::from(row.metadata.user.is_some());
            }
            MetricKind::FeatureUsage => self.use_feature(row.metadata.feature, at, range, clock),
            _ => {}
        }
    }

    fn use_feature(&mut self, feature: Option<u32>, at: Moment, range: ClockRange, clock: &Clock) {
        let week = clock.week(at).map_or(0, |week| 1 << week);
        self.feature_weeks |= week;
        self.feature_week_rows += u32::from(week != 0);
        let Some(feature) = feature else { return };
        let mut bits = week;
        if range == ClockRange::Window {
            bits |= used::WINDOW;
        }
        if clock.within(CATALOGUE_DAYS, at) {
            bits |= used::CATALOGUE;
        }
        if clock.within(ALIVE_DAYS, at) {
            bits |= used::ALIVE;
        }
        if bits != 0 {
            *self.features.entry(feature).or_default() |= bits;
        }
    }

    /// Usage of a kind.
    pub const fn of(&self, kind: MetricKind) -> &UsageSums {
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

    /// People of the window: those that rows name, else the latest count; `None` where logins say nothing of people.
    #[expect(
        clippy::cast_precision_loss,
        reason = "people are fewer than a double can count"
    )]
    pub fn people(&self) -> Option<f64> {
        if !self.visits.users.is_empty() {
            return Some(self.visits.users.len() as f64);
        }
        match self.visits.active_users {
            Some((_, people)) => Some(people),
            None => (!self.of(MetricKind::Logins).window.is_some()).then_some(0.0),
        }
    }
}

fn keep_latest(known: &mut Option<(Stamp, f64)>, stamp: Stamp, value: f64) {
    if known.is_none_or(|(latest, _)| stamp > latest) {
        *known = Some((stamp, value));
    }
}
