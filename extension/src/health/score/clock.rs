//! Owns time as the formulas see it: the window, the weeks before it, the last four weeks, all in the tenant's zone and
//! in days that count. Pure.

use super::calendar::Calendar;
pub use super::time::{DAY, Moment, days};
use super::zone::{LocalDay, Zone};

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
/// How far back a feature counts as one of the tenant's ...
pub const CATALOGUE_DAYS: usize = 90;
/// ... and how recently someone must have used it.
pub const ALIVE_DAYS: usize = 30;
/// Whole weeks that are compared with the best quarter: 13 that end now, and those that end up to 51 weeks earlier.
pub const WEEKS: usize = QUARTER_WEEKS + 51;
/// Weeks of a quarter.
pub const QUARTER_WEEKS: usize = 13;
/// Whole weeks that lie within [`DEPTH_DAYS`], whatever the time of day.
pub const RECENT_WEEKS: usize = (DEPTH_DAYS - 1) / WEEK_DAYS;

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

/// The boundaries that depend on a moment, in days that count.
#[derive(Debug, Clone)]
pub struct Clock {
    calendar: Calendar,
    moment: Moment,
    /// `ago[n]`: n days before the reference, which is `ago[0]`.
    ago: Vec<Moment>,
    /// First instants of days, latest first, until one is not after the window's start.
    midnights: Vec<Moment>,
    /// The first day of each whole week that ends with the reference's own day, and its first instant; latest first.
    weeks: Vec<(LocalDay, Moment)>,
}

impl Clock {
    /// What is measured from a moment.
    pub fn new(zone: &dyn Zone, calendar: Calendar, moment: Moment) -> Self {
        let today = calendar.day_of(zone, moment);
        let day = |days| calendar.step_back(today, days);
        let start = |days| zone.day_start(day(days));
        let first = |week| WEEK_DAYS * (week + 1) - 1;
        Self {
            ago: (0..=DEPTH_DAYS)
                .map(|days| calendar.days_before(zone, moment, days))
                .collect(),
            midnights: (0..=WINDOW_DAYS + 1).map(start).collect(),
            weeks: (0..WEEKS)
                .map(|week| (day(first(week)), start(first(week))))
                .collect(),
            moment,
            calendar,
        }
    }

    /// Which days count.
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The moment itself; nothing after it is known.
    pub const fn moment(&self) -> Moment {
        self.moment
    }

    /// This many days before the reference, which is the moment as it counts.
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

    /// The latest weeks of the baseline and the window begin just after this.
    pub fn blocks_start(&self, blocks: usize) -> Moment {
        self.ago(WINDOW_DAYS + WEEK_DAYS * blocks)
    }

    /// Where a moment lies: window, week of the baseline, or neither.
    pub fn range_of(&self, at: Moment) -> ClockRange {
        if at > self.moment {
            return ClockRange::Outside;
        }
        let at = self.calendar.count(at);
        if at > self.window_start() {
            return ClockRange::Window;
        }
        (0..BLOCKS)
            .find(|block| at > self.block_start(*block))
            .map_or(ClockRange::Outside, ClockRange::Block)
    }

    /// Which of the latest weeks, 0 the last one.
    pub fn week(&self, at: Moment) -> Option<usize> {
        if at > self.moment {
            return None;
        }
        let at = self.calendar.count(at);
        (0..LATEST_WEEKS).find(|week| at > self.ago(WEEK_DAYS * (week + 1)))
    }

    /// Whether a moment is within this many days before the reference.
    pub fn within(&self, days: usize, at: Moment) -> bool {
        at <= self.moment && self.calendar.count(at) > self.ago(days)
    }

    /// Number of the local day, 0 the reference's own, for moments of the window.
    pub fn day(&self, at: Moment) -> usize {
        let at = self.calendar.count(at);
        self.midnights
            .iter()
            .position(|midnight| at >= *midnight)
            .unwrap_or(self.midnights.len())
    }

    /// Which whole week of local days, 0 the one that ends with the reference's own day, for known moments that are not
    /// too long ago.
    pub fn whole_week(&self, at: Moment) -> Option<usize> {
        let at = self.calendar.count(at);
        let week = self.weeks.partition_point(|(_, start)| *start > at);
        (week < self.weeks.len()).then_some(week)
    }

    /// The first days of the whole weeks, and their first instants; latest first.
    pub fn weeks(&self) -> &[(LocalDay, Moment)] {
        &self.weeks
    }

    /// Fractional days of 24 hours from a moment to the reference.
    pub fn days_since(&self, at: Moment) -> f64 {
        days(self.calendar.elapsed(at, self.moment))
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
            let first = self.calendar.count(first);
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

#[cfg(test)]
pub mod plain_tests {
    use super::*;
    use crate::health::score::zone::plain_tests::Utc;

    /// Noon of a day in a zone without summer time.
    pub const NOON: Moment = 9_000 * DAY + DAY / 2;

    /// A clock in that zone.
    pub fn clock(reference: Moment) -> Clock {
        Clock::new(&Utc, Calendar::default(), reference)
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

    #[test]
    fn whole_weeks_end_with_the_references_own_day() {
        let clock = clock(NOON);
        assert_eq!(clock.whole_week(NOON), Some(0));
        assert_eq!(clock.whole_week(NOON - 6 * DAY - DAY / 2), Some(0));
        assert_eq!(clock.whole_week(NOON - 6 * DAY - DAY / 2 - 1), Some(1));
        assert_eq!(clock.whole_week(NOON - 447 * DAY), Some(63));
        assert_eq!(clock.whole_week(NOON - 448 * DAY), None);
    }

    #[test]
    fn days_that_do_not_count_are_left_out_of_all_of_it() {
        // Ten days that ended five days ago.
        let today = NOON.div_euclid(DAY);
        let calendar = Calendar::without(&Utc, [(today - 14, today - 4)]);
        let clock = Clock::new(&Utc, calendar, NOON);
        assert_eq!(clock.window_start(), NOON - 40 * DAY);
        assert_eq!(clock.range_of(NOON - 40 * DAY + 1), ClockRange::Window);
        assert_eq!(clock.days_since(NOON - 20 * DAY), 10.0);
        assert_eq!(clock.days_since(NOON - 9 * DAY), 4.5);
        // What happened meanwhile counts for the day before.
        assert_eq!(clock.day(NOON - 4 * DAY), 4);
        assert_eq!(clock.day(NOON - 9 * DAY), 5);
        assert_eq!(clock.day(NOON - 15 * DAY), 5);
        assert_eq!(clock.whole_week(NOON - 9 * DAY), Some(0));
        assert_eq!(clock.whole_week(NOON - 17 * DAY), Some(1));
    }

    #[test]
    fn a_moment_on_a_day_that_does_not_count_is_the_end_of_the_last_one_that_does() {
        let today = NOON.div_euclid(DAY);
        let calendar = Calendar::without(&Utc, [(today - 2, today + 5)]);
        let clock = Clock::new(&Utc, calendar, NOON);
        let midnight = NOON - DAY / 2;
        assert_eq!(clock.ago(0), midnight - 2 * DAY);
        assert_eq!(clock.window_start(), midnight - 32 * DAY);
        assert_eq!(clock.day(NOON), 0);
        assert_eq!(clock.day(NOON - 3 * DAY), 0);
        assert_eq!(clock.range_of(NOON), ClockRange::Window);
        assert_eq!(clock.range_of(NOON + 1), ClockRange::Outside);
        assert_eq!(clock.days_since(midnight - 3 * DAY), 1.0);
        assert_eq!(clock.whole_week(NOON), Some(0));
        assert_eq!(clock.whole_week(midnight - 9 * DAY), Some(0));
        assert_eq!(clock.whole_week(midnight - 9 * DAY - 1), Some(1));
    }
}
