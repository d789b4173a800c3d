//! Owns time as the formulas see it: the window, the weeks before it, the last four weeks, all in the tenant's zone. Pure.
//!
//! A moment is what PostgreSQL keeps: microseconds since 2000.

/// Microseconds since 2000, as PostgreSQL keeps them.
pub type Moment = i64;

/// 24 hours.
pub const DAY: i64 = 86_400_000_000;
/// Length of the window in days.
pub const WINDOW_DAYS: f64 = 30.0;
/// Weeks of the baseline.
pub const BLOCKS: usize = 12;
/// How far back the formulas look for all but tickets, in calendar days.
pub const DEPTH_DAYS: usize = 30 + 7 * BLOCKS;

/// Where a moment lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the window.
    Window,
    /// In this week of the baseline, 0 the latest.
    Block(usize),
    /// Before all of it, or after the reference.
    Outside,
}

/// The boundaries that hang on a reference moment.
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

    /// The moment everything is seen from.
    pub fn reference(&self) -> Moment {
        self.ago(0)
    }

    /// This many calendar days before the reference.
    pub fn ago(&self, days: usize) -> Moment {
        self.ago.get(days).copied().unwrap_or(Moment::MIN)
    }

    /// The window begins just after this.
    pub fn window_start(&self) -> Moment {
        self.ago(30)
    }

    /// A week of the baseline begins just after this.
    pub fn block_start(&self, block: usize) -> Moment {
        self.ago(30 + 7 * (block + 1))
    }

    /// Where a moment lies: window, week of the baseline, or neither.
    pub fn place(&self, at: Moment) -> Place {
        if at > self.reference() {
            return Place::Outside;
        }
        if at > self.window_start() {
            return Place::Window;
        }
        (0..BLOCKS)
            .find(|block| at > self.block_start(*block))
            .map_or(Place::Outside, Place::Block)
    }

    /// Which of the last four weeks, 0 the latest.
    pub fn week(&self, at: Moment) -> Option<usize> {
        if at > self.reference() {
            return None;
        }
        (0..4).find(|week| at > self.ago(7 * (week + 1)))
    }

    /// Whether a moment is within so many calendar days before the reference.
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
        first_seen.map_or(7.0, |first| self.days_since(first).clamp(7.0, WINDOW_DAYS))
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
        assert_eq!(clock.place(NOON + 1), Place::Outside);
        assert_eq!(clock.place(NOON), Place::Window);
        assert_eq!(clock.place(NOON - 30 * DAY + 1), Place::Window);
        assert_eq!(clock.place(NOON - 30 * DAY), Place::Block(0));
        assert_eq!(clock.place(NOON - 37 * DAY + 1), Place::Block(0));
        assert_eq!(clock.place(NOON - 37 * DAY), Place::Block(1));
        assert_eq!(clock.place(NOON - 114 * DAY + 1), Place::Block(11));
        assert_eq!(clock.place(NOON - 114 * DAY), Place::Outside);
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
