//! Owns when the moments of a timetable come in a time zone, and which of those that have come are still to be kept. Pure.
//!
//! A timetable is read on the wall clock. What the clock shows twice comes once, at the first of the two; what it never shows,
//! since it was set forward, comes as much later as the clock was set.

use crate::health::{DAY, LocalTime, Moment, Zone};
use crate::playbooks::definition::Cron;
use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeDelta};
use std::iter::successors;

/// A worker that is later than this, since the server was down, say, makes up for what it missed once, not each time.
const LATE: Moment = DAY / 288;
/// What was missed for longer is not made up for.
const LOST: Moment = DAY;
/// Clocks are not set forward by more, but where a whole day is left out.
const SET_FORWARD: Moment = DAY / 8;
/// Seconds from 1970 to 2000.
const EPOCH_2000: i64 = 946_684_800;

/// The first moment after this one.
pub fn next_moment(cron: &Cron, zone: &dyn Zone, since: Moment) -> Option<Moment> {
    let mut next = None::<Moment>;
    let mut wall = wall_clock(zone.to_local(since).saturating_sub(SET_FORWARD))?;
    while let Some(shown) = cron.next_after(wall) {
        let local = local_time(shown);
        // What the clock shows later comes later, but for what it never shows.
        if next.is_some_and(|next| local > zone.to_local(next)) {
            break;
        }
        let at = zone.first_instant(local);
        if at > since && next.is_none_or(|next| at < next) {
            next = Some(at);
        }
        wall = shown;
    }
    next
}

/// The moment to be kept now, where `next` was the one to wait for. The moments of the last minutes are kept one by one; of those
/// that were missed for longer the last is kept, if it is less than a day old.
pub fn due_moment(cron: &Cron, zone: &dyn Zone, next: Moment, now: Moment) -> Option<Moment> {
    let earliest = now.saturating_sub(LOST);
    let first = match next > earliest {
        true => Some(next),
        false => next_moment(cron, zone, earliest),
    };
    let mut missed = None;
    for at in successors(first, |at| next_moment(cron, zone, *at)) {
        if at > now {
            break;
        }
        if at > now.saturating_sub(LATE) {
            return Some(at);
        }
        missed = Some(at);
    }
    missed
}

/// Whether a moment that was begun with is too long ago to go on with it.
pub const fn is_lost(moment: Moment, now: Moment) -> bool {
    now.saturating_sub(moment) >= LOST
}

/// As a run keeps it: RFC 3339, UTC.
pub fn utc_text(moment: Moment) -> Option<String> {
    let shown = wall_clock(moment)?;
    Some(shown.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn wall_clock(local: LocalTime) -> Option<NaiveDateTime> {
    let epoch = DateTime::from_timestamp(EPOCH_2000, 0)?.naive_utc();
    epoch.checked_add_signed(TimeDelta::microseconds(local))
}

fn local_time(wall: NaiveDateTime) -> LocalTime {
    wall.and_utc()
        .timestamp_micros()
        .saturating_sub(EPOCH_2000 * 1_000_000)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    const HOUR: Moment = DAY / 24;
    const MINUTE: Moment = HOUR / 60;

    /// UTC until the first second of day 100, whose clocks then jump by this much; a fold where it is negative.
    struct Jump(Moment);

    impl Zone for Jump {
        fn to_local(&self, at: Moment) -> LocalTime {
            if at < 100 * DAY { at } else { at + self.0 }
        }
        // As PostgreSQL does: what is never shown by the offset before, what is shown twice by the one after.
        fn to_moment(&self, local: LocalTime) -> Moment {
            let is_before =
                local < 100 * DAY + self.0.min(0) || (self.0 > 0 && local < 100 * DAY + self.0);
            if is_before { local } else { local - self.0 }
        }
    }

    fn moments(cron: &str, zone: &Jump, since: Moment, until: Moment) -> Vec<Moment> {
        let cron = Cron::parse(cron).unwrap();
        let all = successors(Some(since), |at| next_moment(&cron, zone, *at));
        all.skip(1).take_while(|at| *at <= until).collect()
    }

    #[test]
    fn wall_clocks_and_local_times_are_the_same() {
        for local in [0, 9_000 * DAY + 5 * MINUTE, -3 * DAY] {
            assert_eq!(local_time(wall_clock(local).unwrap()), local);
        }
        assert_eq!(utc_text(0).unwrap(), "2000-01-01T00:00:00Z");
    }

    #[test]
    fn a_midnight_that_does_not_exist_comes_when_the_day_begins() {
        let days = moments("0 0 * * *", &Jump(HOUR), 98 * DAY, 102 * DAY);
        assert_eq!(
            days,
            [99 * DAY, 100 * DAY, 101 * DAY - HOUR, 102 * DAY - HOUR]
        );
        let half_past = moments("30 0 * * *", &Jump(HOUR), 99 * DAY + HOUR, 101 * DAY);
        assert_eq!(
            half_past,
            [100 * DAY + 30 * MINUTE, 101 * DAY - 30 * MINUTE]
        );
    }

    #[test]
    fn a_midnight_that_comes_twice_is_kept_once() {
        // At the end of day 99 the clock goes back an hour: 23:00 comes twice, and so does what is between.
        let days = moments("0 23 * * *", &Jump(-HOUR), 98 * DAY, 101 * DAY);
        assert_eq!(days, [99 * DAY - HOUR, 100 * DAY - HOUR, 101 * DAY]);
        let days = moments("0 0 * * *", &Jump(-HOUR), 98 * DAY, 101 * DAY + HOUR);
        assert_eq!(days, [99 * DAY, 100 * DAY + HOUR, 101 * DAY + HOUR]);
    }

    #[test]
    fn every_quarter_of_an_hour_comes_once_whatever_the_clock_does() {
        for jump in [HOUR, -HOUR, 2 * HOUR, DAY] {
            let found = moments("*/15 * * * *", &Jump(jump), 99 * DAY, 101 * DAY);
            assert!(found.is_sorted_by(|one, other| one < other), "{jump}");
            let shown = found.iter().map(|at| Jump(jump).to_local(*at));
            let mut shown = shown.collect::<Vec<_>>();
            assert!(
                shown.iter().all(|local| local % (15 * MINUTE) == 0),
                "{jump}"
            );
            shown.dedup();
            assert_eq!(shown.len(), found.len(), "{jump}");
            let expected = 2 * 96 - usize::try_from((-jump).max(0) / (15 * MINUTE)).unwrap();
            assert_eq!(found.len(), expected, "{jump}");
        }
    }

    #[test]
    fn what_is_late_is_made_up_for_once_and_what_is_lost_never() {
        let due = |cron: &str, next: Moment, now: Moment| {
            due_moment(&Cron::parse(cron).unwrap(), &Jump(0), next, now)
        };
        let nine = 50 * DAY + 9 * HOUR;
        assert_eq!(due("0 9 * * *", nine, nine - 1), None);
        assert_eq!(due("0 9 * * *", nine, nine), Some(nine));
        assert_eq!(due("0 9 * * *", nine, nine + 3 * HOUR), Some(nine));
        assert_eq!(due("0 9 * * *", nine, nine + DAY - 1), Some(nine));
        assert_eq!(due("0 9 * * *", nine, nine + DAY), Some(nine + DAY));
        assert_eq!(
            due("0 9 * * *", nine, nine + 30 * DAY + HOUR),
            Some(nine + 30 * DAY)
        );
        assert_eq!(due("0 9 1 1 *", nine, nine + 2 * DAY), None);
        // Every minute of the last ones, but only the last of hours.
        assert_eq!(due("* * * * *", nine, nine + 2 * MINUTE), Some(nine));
        assert_eq!(
            due("0 * * * *", nine, nine + 150 * MINUTE),
            Some(nine + 2 * HOUR)
        );
        assert_eq!(
            due("* * * * *", nine, nine + HOUR),
            Some(nine + 56 * MINUTE)
        );
    }
}
