//! Owns which days count: the one place that turns calendar time into counted time. Days on which customers are not
//! expected to use the product, and days of a feed's outage that has ended, are left out. Pure.
//!
//! A moment on a day that is left out is the end of the last day before it that counts.

use super::time::{DAY, Moment};
use super::zone::{LocalDay, Zone};

/// Days of a time zone, without those that are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// In order, neither overlapping nor adjoining.
    skips: Vec<Skip>,
}

/// Days in a row that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skip {
    /// The first of them.
    pub first: LocalDay,
    /// The first day after them.
    pub next: LocalDay,
    start: Moment,
    end: Moment,
}

impl Skip {
    /// How many days there are.
    pub const fn days(&self) -> i64 {
        self.next - self.first
    }
}

impl Calendar {
    /// Without these days, each range from its first day to before its second.
    pub fn without(
        zone: &dyn Zone,
        ranges: impl IntoIterator<Item = (LocalDay, LocalDay)>,
    ) -> Self {
        let mut ranges = ranges.into_iter().collect::<Vec<_>>();
        ranges.retain(|(first, next)| first < next);
        ranges.sort_unstable();
        let mut merged = Vec::<(LocalDay, LocalDay)>::new();
        for (first, next) in ranges {
            match merged.last_mut() {
                Some(last) if first <= last.1 => last.1 = last.1.max(next),
                _ => merged.push((first, next)),
            }
        }
        let skip = |(first, next)| Skip {
            first,
            next,
            start: zone.day_start(first),
            end: zone.day_start(next),
        };
        Self {
            skips: merged.into_iter().map(skip).collect(),
        }
    }

    /// The days that are left out, as ranges to make another calendar from.
    pub fn ranges(&self) -> impl Iterator<Item = (LocalDay, LocalDay)> + '_ {
        self.skips.iter().map(|skip| (skip.first, skip.next))
    }

    /// What is left out between two moments.
    pub fn skips_between(&self, from: Moment, to: Moment) -> impl Iterator<Item = &Skip> {
        self.skips
            .iter()
            .filter(move |skip| skip.end > from && skip.start <= to)
    }

    /// A moment as it counts: one on a day that is left out is the end of the last day before it that counts.
    pub fn count(&self, at: Moment) -> Moment {
        if self.skips.is_empty() {
            return at;
        }
        let begun = self.skips.partition_point(|skip| skip.start <= at);
        match begun.checked_sub(1).and_then(|last| self.skips.get(last)) {
            Some(skip) if at < skip.end => skip.start,
            _ => at,
        }
    }

    /// The last moment that counts as this one does.
    pub fn last_instant(&self, at: Moment) -> Moment {
        let at = self.count(at);
        let skip = self.skips.iter().find(|skip| skip.start == at);
        skip.map_or(at, |skip| skip.end - 1)
    }

    /// The time between two moments that counts, in microseconds; negative where the second is the earlier one.
    pub fn elapsed(&self, from: Moment, to: Moment) -> i64 {
        let (from, to) = (self.count(from), self.count(to));
        if to < from {
            return self.elapsed(to, from).saturating_neg();
        }
        let within = |skip: &&Skip| skip.start >= from && skip.end <= to;
        let left_out = self.skips.iter().filter(within);
        let left_out = left_out.map(|skip| skip.end - skip.start).sum();
        to.saturating_sub(from).saturating_sub(left_out)
    }

    /// The moment when this much time has passed since another one.
    pub fn after(&self, from: Moment, time: i64) -> Moment {
        let mut at = self.count(from).saturating_add(time);
        let from = self.count(from);
        for skip in self.skips.iter().filter(|skip| skip.start >= from) {
            if skip.start < at {
                at = at.saturating_add(skip.end - skip.start);
            }
        }
        at
    }

    /// The day that a moment counts for.
    pub fn day_of(&self, zone: &dyn Zone, at: Moment) -> LocalDay {
        let at = self.count(at);
        match self.skips.iter().find(|skip| skip.start == at) {
            Some(skip) => skip.first - 1,
            None => zone.day_of(at),
        }
    }

    /// This many days before a day, both of which count.
    pub fn step_back(&self, day: LocalDay, days: usize) -> LocalDay {
        let mut target = day.saturating_sub(i64::try_from(days).unwrap_or(i64::MAX));
        for skip in self.skips.iter().rev().filter(|skip| skip.next <= day) {
            if skip.next <= target {
                break;
            }
            target = target.saturating_sub(skip.days());
        }
        target
    }

    /// This many days before a moment, at the same local time.
    pub fn days_before(&self, zone: &dyn Zone, at: Moment, days: usize) -> Moment {
        let at = self.count(at);
        if days == 0 {
            return at;
        }
        let target = |day| self.step_back(day, days);
        match self.skips.iter().find(|skip| skip.start == at) {
            // The end of a day.
            Some(skip) => zone.day_start(target(skip.first - 1) + 1),
            None => {
                let local = zone.to_local(at);
                let day = local.div_euclid(DAY);
                zone.to_moment(local - (day - target(day)) * DAY)
            }
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::zone::plain_tests::Utc;
    use proptest::prelude::*;

    const HOUR: i64 = DAY / 24;

    /// Without days 10 to 12, told in adjoining pieces, and day 20.
    fn calendar() -> Calendar {
        Calendar::without(&Utc, [(20, 21), (11, 13), (10, 11), (12, 13), (15, 15)])
    }

    #[test]
    fn adjoining_days_are_one() {
        assert_eq!(
            calendar().ranges().collect::<Vec<_>>(),
            [(10, 13), (20, 21)]
        );
    }

    #[test]
    fn a_day_left_out_is_the_end_of_the_one_before() {
        let calendar = calendar();
        for (at, counts) in [
            (9 * DAY + 5, 9 * DAY + 5),
            (10 * DAY, 10 * DAY),
            (11 * DAY + HOUR, 10 * DAY),
            (13 * DAY - 1, 10 * DAY),
            (13 * DAY, 13 * DAY),
        ] {
            assert_eq!(calendar.count(at), counts, "{at}");
        }
        assert_eq!(calendar.last_instant(11 * DAY), 13 * DAY - 1);
        assert_eq!(calendar.last_instant(9 * DAY), 9 * DAY);
        assert_eq!(calendar.day_of(&Utc, 11 * DAY), 9);
        assert_eq!(calendar.day_of(&Utc, 13 * DAY), 13);
    }

    #[test]
    fn time_that_is_left_out_does_not_pass() {
        let calendar = calendar();
        assert_eq!(calendar.elapsed(9 * DAY, 13 * DAY + HOUR), DAY + HOUR);
        assert_eq!(calendar.elapsed(11 * DAY, 12 * DAY), 0);
        assert_eq!(calendar.elapsed(11 * DAY, 13 * DAY + 1), 1);
        assert_eq!(calendar.elapsed(13 * DAY, 9 * DAY), -DAY);
        assert_eq!(calendar.after(9 * DAY, DAY + HOUR), 13 * DAY + HOUR);
        assert_eq!(calendar.after(9 * DAY + HOUR, 9 * DAY), 22 * DAY + HOUR);
    }

    #[test]
    fn days_before_are_those_that_count() {
        let calendar = calendar();
        let before = |at, days| calendar.days_before(&Utc, at, days);
        assert_eq!(before(13 * DAY + HOUR, 1), 9 * DAY + HOUR);
        assert_eq!(before(13 * DAY + HOUR, 3), 7 * DAY + HOUR);
        assert_eq!(before(21 * DAY + HOUR, 1), 19 * DAY + HOUR);
        assert_eq!(before(21 * DAY + HOUR, 8), 9 * DAY + HOUR);
        // A moment on a day that is left out is the end of day 9; before that comes the end of day 8, that of day 7.
        assert_eq!(before(11 * DAY + HOUR, 1), 9 * DAY);
        assert_eq!(before(11 * DAY + HOUR, 2), 8 * DAY);
        assert_eq!(before(20 * DAY + HOUR, 6), 14 * DAY);
        assert_eq!(before(20 * DAY + HOUR, 7), 10 * DAY);
        assert_eq!(before(20 * DAY + HOUR, 0), 20 * DAY);
    }

    proptest! {
        #[test]
        fn what_passes_is_what_days_are_gone_back(at in 0_i64..40 * DAY, days in 0_usize..20) {
            let calendar = calendar();
            let before = calendar.days_before(&Utc, at, days);
            let gone = i64::try_from(days).unwrap() * DAY;
            prop_assert_eq!(calendar.elapsed(before, at), gone);
            prop_assert_eq!(calendar.elapsed(calendar.after(before, gone), at), 0);
        }

        #[test]
        fn counting_keeps_the_order(one in 0_i64..40 * DAY, other in 0_i64..40 * DAY) {
            let calendar = calendar();
            prop_assert!(one > other || calendar.count(one) <= calendar.count(other));
            prop_assert_eq!(calendar.count(calendar.count(one)), calendar.count(one));
        }
    }
}
