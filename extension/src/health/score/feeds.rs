//! Owns whether a tenant's feed is out: a sender that fell silent is not a customer that did. Pure.

use super::clock::Moment;
use super::metric::MetricKind;

/// Days, of the fortnight before, that must have had rows.
const REGULAR_DAYS: i64 = 10;

/// Days without any row of the tenant after which a feed may be out.
pub const fn patience_days(kind: MetricKind) -> i32 {
    match kind {
        MetricKind::SupportTickets => 7,
        _ => 3,
    }
}

/// What is known of a tenant's feed at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Feed {
    /// The tenant's last row of the kind; `None` if there never was one.
    pub last: Option<Moment>,
    /// Whether that row is within the patience.
    pub is_fresh: bool,
    /// Distinct days with rows in the 14 days before the patience began.
    pub regular_days: i64,
}

impl Feed {
    /// The moment that rows of this kind are measured from: the last row where the feed is out.
    pub fn reference(&self, as_of: Moment) -> Moment {
        self.last.filter(|_| self.is_out()).unwrap_or(as_of)
    }

    /// Silent, though it came regularly.
    pub const fn is_out(&self) -> bool {
        !self.is_fresh && self.last.is_some() && self.regular_days >= REGULAR_DAYS
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn only_a_regular_feed_that_fell_silent_is_out() {
        let silent = Feed {
            last: Some(5),
            is_fresh: false,
            regular_days: 10,
        };
        assert!(silent.is_out());
        assert_eq!(silent.reference(9), 5);
        for alive in [
            Feed {
                is_fresh: true,
                ..silent
            },
            Feed {
                regular_days: 9,
                ..silent
            },
            Feed {
                last: None,
                ..silent
            },
        ] {
            assert!(!alive.is_out());
            assert_eq!(alive.reference(9), 9);
        }
    }
}
