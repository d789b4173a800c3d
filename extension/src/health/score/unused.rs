//! Owns when a kind of usage is no longer used: who moved from pages to API is no lost customer. Pure.

use super::clock::{DAY, Moment, WINDOW_DAYS, length};
use super::evidence::Evidence;
use super::feeds::Silence;
use super::metric::{KINDS, MetricKind};
use super::yardstick::Yardstick;
use super::zone::Zone;

/// Days of silence after which a kind may be no longer used.
const SILENT_DAYS: i64 = 84;
/// Nothing is said of uses from before the year 1900, from which days cannot always be counted.
const EARLIEST: Moment = -100 * 366 * DAY;

/// A kind of usage of an account that has been silent for long enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongSilence {
    /// The kind.
    pub kind: MetricKind,
    /// The moment from which it is no longer used, if another kind was at its target then.
    pub at: Moment,
}

/// The kinds of usage that have been silent for long enough, of an account that has used another kind since.
pub fn find_long_silences(evidence: &Evidence, yardstick: &Yardstick) -> Vec<LongSilence> {
    let silent = |kind: MetricKind| {
        let clock = yardstick.clock(kind);
        let since = evidence.of(kind).silent_since()?;
        if since < EARLIEST {
            return None;
        }
        let at = clock.calendar().after(since, SILENT_DAYS * DAY);
        let is_over = clock.calendar().elapsed(since, clock.moment()) >= SILENT_DAYS * DAY;
        let mut others = other_kinds(kind);
        let goes_on = is_over && others.any(|other| can_replace(other, since, evidence, yardstick));
        goes_on.then_some(LongSilence { kind, at })
    };
    KINDS[..3].iter().filter_map(|kind| silent(*kind)).collect()
}

/// Only a use after a silence began can make another kind reach its target before it has lasted so long, unless that kind's
/// feed was out meanwhile.
fn can_replace(
    other: MetricKind,
    since: Moment,
    evidence: &Evidence,
    yardstick: &Yardstick,
) -> bool {
    let is_steady = !yardstick.is_out[other.index()]
        && yardstick.clock(other).calendar() == yardstick.account_clock.calendar();
    let last = evidence.of(other).last;
    last.is_some_and(|last| last > since || !is_steady)
}

/// The moment from which a kind was measured at another one: the last row where its feed, which is out now, was out by then.
pub fn measured_at(kind: MetricKind, at: Moment, yardstick: &Yardstick, zone: &dyn Zone) -> Moment {
    let last = yardstick.clock(kind).moment();
    let silence = Silence { last, next: None };
    let quiet = yardstick.account_clock.calendar();
    match yardstick.is_out[kind.index()] && silence.is_long(kind, quiet, zone, at) {
        true => last,
        false => at,
    }
}

/// The other kinds of usage.
pub fn other_kinds(kind: MetricKind) -> impl Iterator<Item = MetricKind> {
    KINDS[..3].iter().copied().filter(move |it| *it != kind)
}

/// Whether a sum over the 30 days before a moment was at the kind's target then.
pub fn is_at_target(
    kind: MetricKind,
    sum: f64,
    at: Moment,
    evidence: &Evidence,
    yardstick: &Yardstick,
) -> bool {
    let calendar = yardstick.clock(kind).calendar();
    let there_for = evidence
        .first_seen
        .map_or(0.0, |first| super::clock::days(calendar.elapsed(first, at)));
    let window = length(WINDOW_DAYS);
    sum >= yardstick.targets[kind.index()] * there_for.clamp(7.0, window) / window
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::clock::plain_tests::{NOON, clock};
    use crate::health::score::plain_tests::{plain, yardstick};
    use crate::health::score::zone::plain_tests::Utc;

    fn silences(rows: &[(MetricKind, i64, u32)]) -> Vec<LongSilence> {
        let yardstick = yardstick();
        let mut evidence = Evidence::default();
        for (kind, days, value) in rows {
            evidence.add_row(&plain(*kind, *days, *value), &yardstick.clocks);
        }
        find_long_silences(&evidence, &yardstick)
    }

    #[test]
    fn a_kind_is_silent_for_84_days_while_another_goes_on() {
        use MetricKind::{ApiCalls, FeatureUsage, Logins};
        let found = |days| silences(&[(Logins, days, 1), (ApiCalls, 1, 600)]);
        assert_eq!(found(83), []);
        let at = |days: i64| NOON - (days - 84) * DAY;
        assert_eq!(
            found(84),
            [LongSilence {
                kind: Logins,
                at: at(84)
            }]
        );
        assert_eq!(
            found(100),
            [LongSilence {
                kind: Logins,
                at: at(100)
            }]
        );
        // Nothing goes on.
        assert_eq!(silences(&[(Logins, 100, 1)]), []);
        // Calls ended before log-ins did: these may have taken their place, but not the other way round.
        assert_eq!(
            silences(&[(Logins, 100, 1), (ApiCalls, 101, 600)]),
            [LongSilence {
                kind: ApiCalls,
                at: at(101)
            }]
        );
        // Never more than nothing: silent since its first row; nothing does not bring it back.
        let zeros = [
            (FeatureUsage, 100, 0),
            (FeatureUsage, 1, 0),
            (ApiCalls, 1, 600),
        ];
        assert_eq!(
            silences(&zeros),
            [LongSilence {
                kind: FeatureUsage,
                at: at(100)
            }]
        );
        let back = [(Logins, 100, 1), (Logins, 2, 1), (ApiCalls, 1, 600)];
        assert_eq!(silences(&back), []);
    }

    #[test]
    fn a_target_is_scaled_for_those_who_have_just_come() {
        let yardstick = yardstick();
        let known_since = |days: i64| Evidence {
            first_seen: Some(NOON - days * DAY),
            ..Evidence::default()
        };
        let at_target = |sum, days| {
            is_at_target(
                MetricKind::ApiCalls,
                sum,
                NOON,
                &known_since(days),
                &yardstick,
            )
        };
        assert!(at_target(500.0, 90));
        assert!(!at_target(499.0, 90));
        assert!(at_target(250.0, 15));
    }

    #[test]
    fn a_kind_whose_feed_is_out_was_measured_from_its_last_row() {
        let mut yardstick = yardstick();
        assert_eq!(
            measured_at(MetricKind::Logins, NOON - 16 * DAY, &yardstick, &Utc),
            NOON - 16 * DAY
        );
        yardstick.clocks[0] = clock(NOON - 60 * DAY);
        yardstick.is_out[0] = true;
        let at = |days| measured_at(MetricKind::Logins, NOON - days * DAY, &yardstick, &Utc);
        assert_eq!(at(16), NOON - 60 * DAY);
        assert_eq!(at(57), NOON - 60 * DAY);
        // Not yet out.
        assert_eq!(at(58), NOON - 58 * DAY);
        assert_eq!(at(70), NOON - 70 * DAY);
    }
}
