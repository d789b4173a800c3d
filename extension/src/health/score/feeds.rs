//! Owns whether a tenant's feed is out, now or once: a sender that fell silent is not a customer that did. Pure.

use super::calendar::Calendar;
use super::clock::Moment;
use super::metric::MetricKind;
use super::zone::{LocalDay, Zone};

/// Days up to the last row that show how regularly rows came.
pub const REGULAR_SPAN: usize = 14;
/// Days of these that must have had rows.
const REGULAR_DAYS: i64 = 10;
/// Accounts that rows of these days must be of.
const REGULAR_ACCOUNTS: i64 = 3;

/// Days without any row of the tenant after which a feed may be out.
pub const fn patience_days(kind: MetricKind) -> usize {
    match kind {
        MetricKind::SupportTickets => 7,
        _ => 3,
    }
}

/// A time without any row of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// The last row before it.
    pub last: Moment,
    /// The next row, where one came.
    pub next: Option<Moment>,
}

/// How regularly rows came until a silence began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Regularity {
    /// Days with rows.
    pub days: i64,
    /// Accounts with rows.
    pub accounts: i64,
}

/// A Tenant Admin's word that a silence is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    /// When it was given.
    pub from: Moment,
    /// When it was taken back.
    pub until: Option<Moment>,
}

/// What is known of a tenant's feed at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// The tenant's last row of the kind; `None` if there never was one.
    pub last: Option<Moment>,
    /// Whether the feed is out.
    pub is_out: bool,
    /// The outages that have ended and were not accepted.
    pub outages: Vec<Silence>,
}

impl Silence {
    /// Whether it is, or was, long enough for an outage.
    pub fn is_long(
        &self,
        kind: MetricKind,
        quiet: &Calendar,
        zone: &dyn Zone,
        as_of: Moment,
    ) -> bool {
        let until = self.next.map_or(as_of, |next| next.saturating_sub(1));
        quiet.count(self.last) <= quiet.days_before(zone, until, patience_days(kind))
    }

    /// The days that show how regularly rows came until then: their first instants, the latest first.
    pub fn regular_days(&self, quiet: &Calendar, zone: &dyn Zone) -> Vec<Moment> {
        let last = quiet.day_of(zone, self.last);
        (0..REGULAR_SPAN)
            .map(|days| zone.day_start(quiet.step_back(last, days)))
            .collect()
    }

    /// The local days wholly between its two rows, from the first to before the second.
    pub fn days(&self, zone: &dyn Zone) -> Option<(LocalDay, LocalDay)> {
        let range = (zone.day_of(self.last) + 1, zone.day_of(self.next?));
        (range.0 < range.1).then_some(range)
    }

    /// Whether someone has accepted it: an acceptance counts from when it was given, and ends with the next row.
    pub fn is_accepted(&self, acceptances: &[Acceptance], as_of: Moment) -> bool {
        let end = self.next.map_or(as_of, |next| next.saturating_sub(1));
        acceptances.iter().any(|it| {
            (self.last..=end).contains(&it.from) && it.until.is_none_or(|until| until > end)
        })
    }
}

impl Regularity {
    /// Whether silence after it is the sender's.
    pub const fn is_regular(self) -> bool {
        self.days >= REGULAR_DAYS && self.accounts >= REGULAR_ACCOUNTS
    }
}

impl Feed {
    /// The moment that rows of this kind are measured from: the last row where the feed is out.
    pub fn moment(&self, as_of: Moment) -> Moment {
        self.last.filter(|_| self.is_out).unwrap_or(as_of)
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::clock::DAY;
    use crate::health::score::zone::plain_tests::Utc;

    const HOUR: i64 = DAY / 24;

    fn silence(last: Moment, next: Option<Moment>) -> Silence {
        Silence { last, next }
    }

    #[test]
    fn a_silence_is_long_after_three_days_and_of_tickets_after_seven() {
        let quiet = Calendar::default();
        let long = |kind, since: Moment, until| {
            let open = silence(since, None).is_long(kind, &quiet, &Utc, until);
            // One that ends an instant later was as long before it ended.
            let ended = silence(since, Some(until + 1)).is_long(kind, &quiet, &Utc, 900 * DAY);
            assert_eq!(open, ended);
            open
        };
        for (kind, days) in [(MetricKind::Logins, 3), (MetricKind::SupportTickets, 7)] {
            assert!(!long(kind, 100 * DAY + 1, (100 + days) * DAY));
            assert!(long(kind, 100 * DAY, (100 + days) * DAY));
        }
    }

    #[test]
    fn quiet_days_are_no_silence() {
        let quiet = Calendar::without(&Utc, [(101, 111)]);
        let long = |until| {
            silence(100 * DAY + HOUR, None).is_long(MetricKind::Logins, &quiet, &Utc, until)
        };
        assert!(!long(113 * DAY));
        assert!(!long(113 * DAY + HOUR - 1));
        assert!(long(113 * DAY + HOUR));
        let days = silence(111 * DAY + HOUR, None).regular_days(&quiet, &Utc);
        assert_eq!(days.len(), 14);
        assert_eq!(
            (days[0], days[1], days[13]),
            (111 * DAY, 100 * DAY, 88 * DAY)
        );
    }

    #[test]
    fn ten_days_of_fourteen_from_three_accounts_are_regular() {
        let regular = |days, accounts| Regularity { days, accounts }.is_regular();
        assert!(regular(10, 3));
        assert!(!regular(9, 3));
        assert!(!regular(10, 2));
    }

    #[test]
    fn the_days_wholly_between_two_rows_do_not_pass() {
        assert_eq!(
            silence(100 * DAY + HOUR, Some(105 * DAY)).days(&Utc),
            Some((101, 105))
        );
        assert_eq!(silence(100 * DAY, Some(101 * DAY)).days(&Utc), None);
        assert_eq!(silence(100 * DAY, None).days(&Utc), None);
    }

    #[test]
    fn an_acceptance_counts_from_when_it_was_given_until_it_is_taken_back_or_a_row_comes() {
        let accepted = |silence: Silence, from, until, as_of| {
            silence.is_accepted(&[Acceptance { from, until }], as_of)
        };
        let open = silence(100, None);
        assert!(!accepted(open, 200, None, 199));
        assert!(accepted(open, 200, None, 200));
        assert!(accepted(open, 200, Some(300), 299));
        assert!(!accepted(open, 200, Some(300), 300));
        // Given before the last row: it ended with that row.
        assert!(!accepted(open, 99, None, 900));
        let ended = silence(100, Some(250));
        assert!(accepted(ended, 200, None, 900));
        assert!(accepted(ended, 200, Some(300), 900));
        assert!(!accepted(ended, 200, Some(240), 900));
        assert!(!accepted(ended, 250, None, 900));
    }

    #[test]
    fn what_is_out_is_measured_from_its_last_row() {
        let feed = |is_out| Feed {
            last: Some(5),
            is_out,
            outages: Vec::new(),
        };
        assert_eq!(feed(true).moment(9), 5);
        assert_eq!(feed(false).moment(9), 9);
    }
}
