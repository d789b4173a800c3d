//! Owns local time as the formulas see it: moments, wall clocks and local days of a tenant's time zone. Pure.

use super::time::{DAY, Moment};
use crate::pg::written_time::WrittenTime;

/// Microseconds since 2000 on the wall clock.
pub type LocalTime = i64;
/// Local days since 2000-01-01.
pub type LocalDay = i64;

/// A time zone: how its wall clocks and moments translate into each other.
pub trait Zone {
    /// What the wall clock shows at a moment.
    fn to_local(&self, at: Moment) -> LocalTime;
    /// The moment at which the wall clock shows this; where it shows it never or twice, as PostgreSQL chooses.
    fn to_moment(&self, local: LocalTime) -> Moment;

    /// The local day that a moment is on.
    fn day_of(&self, at: Moment) -> LocalDay {
        self.to_local(at).div_euclid(DAY)
    }

    /// A day's first instant, also where the clock shows its midnight twice.
    fn day_start(&self, day: LocalDay) -> Moment {
        self.first_instant(day.saturating_mul(DAY))
    }

    /// What somebody wrote, where a time without a zone is this one's.
    fn moment_of(&self, written: WrittenTime) -> Moment {
        match written {
            WrittenTime::Moment(at) => at,
            WrittenTime::Local(local) => self.to_moment(local),
            WrittenTime::Day(midnight) => self.day_start(midnight.div_euclid(DAY)),
        }
    }

    /// The first instant at which the wall clock shows this; where it never does, the one that it would have been had the clock
    /// not been set forward just before.
    fn first_instant(&self, local: LocalTime) -> Moment {
        let shown = self.to_moment(local);
        SET_BACK
            .into_iter()
            .map(|by| shown.saturating_sub(by))
            .find(|earlier| self.to_local(*earlier) == local)
            .unwrap_or(shown)
    }
}

/// By how much clocks are set back.
const SET_BACK: [i64; 3] = [DAY / 12, DAY / 24, DAY / 48];

#[cfg(test)]
pub mod plain_tests {
    use super::*;

    /// UTC.
    pub struct Utc;

    impl Zone for Utc {
        fn to_local(&self, at: Moment) -> LocalTime {
            at
        }
        fn to_moment(&self, local: LocalTime) -> Moment {
            local
        }
    }

    /// A zone an hour behind UTC until the first second of day 100, whose clocks then show midnight for a second time.
    struct Fold;

    const HOUR: i64 = DAY / 24;

    impl Zone for Fold {
        fn to_local(&self, at: Moment) -> LocalTime {
            if at < 100 * DAY + HOUR { at } else { at - HOUR }
        }
        fn to_moment(&self, local: LocalTime) -> Moment {
            if local < 100 * DAY {
                local
            } else {
                local + HOUR
            }
        }
    }

    #[test]
    fn a_day_begins_at_its_first_instant() {
        assert_eq!(Utc.day_start(7), 7 * DAY);
        assert_eq!(Fold.to_moment(100 * DAY), 100 * DAY + HOUR);
        assert_eq!(Fold.day_start(100), 100 * DAY);
        assert_eq!(Fold.day_start(99), 99 * DAY);
        assert_eq!(Fold.day_start(101), 101 * DAY + HOUR);
        assert_eq!(Fold.day_of(100 * DAY + HOUR), 100);
    }
}
