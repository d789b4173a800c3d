//! Owns time as the formulas see it: the window, the weeks before it, the last four weeks, all in the tenant's zone.
//! Pure.
//!
//! A moment is what PostgreSQL keeps: microseconds since 2000.

/// Microseconds since 2000, as PostgreSQL keeps them.
pub type Moment = i64;

/// 24 hours.
pub const DAY: i64 = 86_400_000_000;
/// Days of a week.
pub const WEEK_DAYS: usize = 7;
/// Length of the window in days.
pub const WINDOW_DAYS: usize = 30;
/// Weeks of the baseline.
pub const BLOCKS: usize = 12;
/// How far back the formulas look for all but tickets, in calendar days.
pub const DEPTH_DAYS: usize = WINDOW_DAYS + WEEK_DAYS * BLOCKS;
/// The latest weeks, which show what is done week after week.
pub const LATEST_WEEKS: usize = 4;
/// How far back a feature counts as one of the tenant's, in calendar days.
pub const CATALOGUE_DAYS: usize = 90;

/// Where a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockRange {
    /// In the window.
    Window,
    /// In this week of the baseline, 0 the latest.
    Block(usize),
    /// Before all of it, or after the reference.
    Outside,
}

/// The boundaries that depend on a reference moment.
#[derive(Debug, Clone)]
pub struct Clock {
    /// `ago[n]`: n calendar days before the reference, which is `ago[0]`.
    ago: Vec<Moment>,
    /// Local midnights, latest first, until one is not after the window's start.
    midnights: Vec<Moment>,
}

impl Clock {
    /// From boundaries in the tenant's zone: `ago` for 0 to [`DEPTH_DAYS`] days, `midnights` latest first.
    pub const fn new(ago: Vec<Moment>, midnights: Vec<Moment>) -> Self {
        Self { ago, midnights }
    }

    /// The moment everything is measured from.
    pub fn reference(&self) -> Moment {
        self.ago(0)
    }

    /// This many calendar days before the reference.
    pub fn ago(&self, days: usize) -> Moment {
        self.ago.get(days).copied().unwrap_or(Moment::MIN)
    }

    /// The window begins just after this.
    pub fn window_start(&self) -> Moment {
        self.ago(WINDOW_DAYS)
    }

    /// A week of the baseline begins just after this.
    pub fn block_start(&self, block: usize) -> Moment {
        self.ago(WINDOW_DAYS + WEEK_DAYS * (block + 1))
    }

    /// Where a moment lies: window, week of the baseline, or neither.
    pub fn range_of(&self, at: Moment) -> ClockRange {
        if at > self.reference() {
            return ClockRange::Outside;
        }
        if at > self.window_start() {
            return ClockRange::Window;
        }
        (0..BLOCKS)
            .find(|block| at > self.block_start(*block))
            .map_or(ClockRange::Outside, ClockRange::Block)
    }

    /// Which of the latest weeks, 0 the last one.
    pub fn week(&self, at: Moment) -> Option<usize> {
        if at > self.reference() {
            return None;
        }
        (0..LATEST_WEEKS).find(|week| at > self.ago(WEEK_DAYS * (week + 1)))
    }

    /// Whether a moment is within this many calendar days before the reference.
    pub fn within(&self, days: usize, at: Moment) -> bool {
        at > self.ago(days) && at <= self.reference()
    }

    /// Number of the local calendar day, 0 the reference's own, for moments of the window.
    pub fn day(&self, at: Moment) -> usize {
        self.midnights
            .iter()
            .position(|midnight| at >= *midnight)
            .unwrap_or(self.midnights.len())
    }

    /// The local midnight before the reference.
    pub fn midnight(&self) -> Moment {
        self.midnights.first().copied().unwrap_or(Moment::MIN)
    }

    /// Fractional days of 24 hours from a moment to the reference.
    pub fn days_since(&self, at: Moment) -> f64 {
        days_between(at, self.reference())
    }

    /// The window's effective length in days: a new customer is measured by what was possible.
    pub fn effective_days(&self, first_seen: Option<Moment>) -> f64 {
        let least = length(WEEK_DAYS);
        first_seen.map_or(least, |first| {
            self.days_since(first).clamp(least, length(WINDOW_DAYS))
        })
    }

    /// How many weeks of the baseline lie after the first row; the latest ones count.
    pub fn counting_blocks(&self, first_seen: Option<Moment>) -> usize {
        first_seen.map_or(0, |first| {
            (0..BLOCKS)
                .take_while(|block| self.block_start(*block) >= first)
                .count()
        })
    }
}

/// A number of days, weeks or features, for the formulas, which divide.
#[expect(
    clippy::cast_precision_loss,
    reason = "all of them are fewer than a double can count"
)]
pub const fn length(count: usize) -> f64 {
    count as f64
}

/// Fractional days of 24 hours between two moments.
#[expect(
    clippy::cast_precision_loss,
    reason = "a microsecond in some centuries is nothing"
)]
pub fn days_between(from: Moment, to: Moment) -> f64 {
    to.saturating_sub(from) as f64 / DAY as f64
}

#[cfg(test)]
pub mod plain_tests {
    use super::*;

    /// Noon of a day in a zone without summer time.
    pub const NOON: Moment = 9_000 * DAY + DAY / 2;

    /// A clock in that zone.
    pub fn clock(reference: Moment) -> Clock {
        let day = |n: usize| i64::try_from(n).unwrap() * DAY;
        let midnight = reference - reference.rem_euclid(DAY);
        Clock::new(
            (0..=DEPTH_DAYS).map(|n| reference - day(n)).collect(),
            (0..=30).map(|n| midnight - day(n)).collect(),
        )
    }

    #[test]
    fn a_window_holds_its_end_and_not_its_beginning() {
        let clock = clock(NOON);
        assert_eq!(clock.range_of(NOON + 1), ClockRange::Outside);
        assert_eq!(clock.range_of(NOON), ClockRange::Window);
        assert_eq!(clock.range_of(NOON - 30 * DAY + 1), ClockRange::Window);
        assert_eq!(clock.range_of(NOON - 30 * DAY), ClockRange::Block(0));
        assert_eq!(clock.range_of(NOON - 37 * DAY + 1), ClockRange::Block(0));
        assert_eq!(clock.range_of(NOON - 37 * DAY), ClockRange::Block(1));
        assert_eq!(clock.range_of(NOON - 114 * DAY + 1), ClockRange::Block(11));
        assert_eq!(clock.range_of(NOON - 114 * DAY), ClockRange::Outside);
    }

    #[test]
    fn weeks_count_back_from_the_reference() {
        let clock = clock(NOON);
        assert_eq!(clock.week(NOON + 1), None);
        assert_eq!(clock.week(NOON), Some(0));
        assert_eq!(clock.week(NOON - 7 * DAY), Some(1));
        assert_eq!(clock.week(NOON - 28 * DAY + 1), Some(3));
        assert_eq!(clock.week(NOON - 28 * DAY), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let clock = clock(NOON);
        assert_eq!(clock.day(NOON), 0);
        assert_eq!(clock.day(NOON - DAY / 2), 0);
        assert_eq!(clock.day(NOON - DAY / 2 - 1), 1);
        assert_eq!(clock.day(NOON - 30 * DAY + 1), 30);
    }

    #[test]
    fn a_new_account_has_a_shorter_window_and_no_baseline() {
        let clock = clock(NOON);
        assert_eq!(clock.effective_days(None), 7.0);
        assert_eq!(clock.effective_days(Some(NOON - 5 * DAY)), 7.0);
        assert_eq!(clock.effective_days(Some(NOON - 12 * DAY)), 12.0);
        assert_eq!(clock.effective_days(Some(NOON - 90 * DAY)), 30.0);
        assert_eq!(clock.counting_blocks(None), 0);
        assert_eq!(clock.counting_blocks(Some(NOON - 36 * DAY)), 0);
        assert_eq!(clock.counting_blocks(Some(NOON - 37 * DAY)), 1);
        assert_eq!(clock.counting_blocks(Some(NOON - 58 * DAY)), 4);
        assert_eq!(clock.counting_blocks(Some(NOON - 900 * DAY)), 12);
    }
}
