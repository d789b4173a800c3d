//! Owns what an account's tickets add up to; of each ticket the latest row counts. Pure.

use super::clock::{BLOCKS, Clock, ClockRange, DAY, Moment};
use super::metric::{Stamp, UsageRow};
use super::quantity::Quantity;
use std::collections::HashMap;

/// How long an urgent ticket may be open before it counts, in hours.
pub const URGENT_HOURS: i64 = 48;
/// The worst and the best rating that a ticket can be given.
pub const WORST_CSAT: u32 = 1;
pub const BEST_CSAT: u32 = 5;

/// Index of the window, after the weeks of the baseline.
const WINDOW: usize = BLOCKS;

/// All tickets of an account.
#[derive(Debug, Clone, Default)]
pub struct Tickets {
    named: HashMap<u64, Ticket>,
    /// Points, doubled, of rows that name no ticket; the window last.
    nameless: [Quantity; BLOCKS + 1],
    nameless_csat: Ratings,
}

#[derive(Debug, Clone)]
struct Ticket {
    first: Moment,
    latest: Stamp,
    is_urgent: bool,
    is_open: Option<bool>,
    opened_at: Option<Moment>,
    /// Its latest row in each range it has rows in, with its doubled points.
    ranges: Vec<(usize, Stamp, Quantity)>,
    csat: Option<(Stamp, Quantity)>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ratings {
    sum: Quantity,
    count: u32,
}

/// What the formulas need to know of them.
#[derive(Debug, Clone, Default)]
pub struct TicketLoad {
    /// Points in the window.
    pub points: f64,
    /// Points in the weeks of the baseline, the latest first.
    pub blocks: [f64; BLOCKS],
    /// Urgent tickets open for too long; `None` where no ticket has a status.
    pub open_urgent: Option<u32>,
    /// Mean satisfaction of the window.
    pub csat: Option<f64>,
}

impl Tickets {
    /// Takes one row in, which is not after the clock's reference and lies in this range.
    pub fn add_row(&mut self, row: &UsageRow<'_>, range: ClockRange) {
        let range = match range {
            ClockRange::Window => Some(WINDOW),
            ClockRange::Block(block) => Some(block),
            ClockRange::Outside => None,
        };
        let doubled = row.value.times(doubled_weight(row.metadata.severity));
        match row.metadata.ticket {
            Some(ticket) => self
                .named
                .entry(ticket)
                .and_modify(|known| known.take_if_latest(row))
                .or_insert_with(|| Ticket::new(row))
                .add_points(row, range, doubled),
            None => {
                if let Some(range) = range {
                    self.nameless[range] += doubled;
                    if range == WINDOW {
                        self.nameless_csat.add(row.metadata.csat);
                    }
                }
            }
        }
    }

    /// What they add up to, measured from the clock's reference.
    pub fn load(&self, clock: &Clock) -> TicketLoad {
        let mut points = self.nameless;
        let mut ratings = self.nameless_csat;
        let mut open_urgent = None;
        for ticket in self.named.values() {
            for (range, _, doubled) in &ticket.ranges {
                points[*range] += *doubled;
            }
            ratings.add(ticket.csat.map(|(_, csat)| csat));
            if let Some(is_open) = ticket.is_open {
                let counts = is_open && ticket.is_urgent && ticket.is_overdue(clock.reference());
                *open_urgent.get_or_insert(0) += u32::from(counts);
            }
        }
        let undoubled = points.map(|doubled| doubled.as_f64() / 2.0);
        TicketLoad {
            points: undoubled[WINDOW],
            blocks: std::array::from_fn(|block| undoubled[block]),
            open_urgent,
            csat: (ratings.count > 0).then(|| ratings.sum.as_f64() / f64::from(ratings.count)),
        }
    }
}

impl Ticket {
    fn new(row: &UsageRow<'_>) -> Self {
        Self {
            first: row.stamp.0,
            latest: row.stamp,
            is_urgent: is_urgent(row.metadata.severity),
            is_open: is_open(row.metadata.status),
            opened_at: row.metadata.opened_at,
            ranges: Vec::new(),
            csat: None,
        }
    }

    fn take_if_latest(&mut self, row: &UsageRow<'_>) {
        self.first = self.first.min(row.stamp.0);
        if row.stamp > self.latest {
            *self = Self {
                first: self.first,
                ranges: std::mem::take(&mut self.ranges),
                csat: self.csat,
                ..Self::new(row)
            };
        }
    }

    fn add_points(&mut self, row: &UsageRow<'_>, range: Option<usize>, doubled: Quantity) {
        let Some(range) = range else { return };
        match self.ranges.iter_mut().find(|(known, ..)| *known == range) {
            Some((_, latest, points)) if row.stamp > *latest => {
                (*latest, *points) = (row.stamp, doubled);
            }
            Some(_) => {}
            None => self.ranges.push((range, row.stamp, doubled)),
        }
        if range == WINDOW
            && let Some(csat) = row.metadata.csat
            && self.csat.is_none_or(|(latest, _)| row.stamp > latest)
        {
            self.csat = Some((row.stamp, csat));
        }
    }

    fn is_overdue(&self, now: Moment) -> bool {
        now.saturating_sub(self.opened_at.unwrap_or(self.first)) > URGENT_HOURS * DAY / 24
    }
}

impl Ratings {
    fn add(&mut self, csat: Option<Quantity>) {
        if let Some(csat) = csat {
            self.sum += csat;
            self.count += 1;
        }
    }
}

/// Twice a severity's weight, so that the half of a low one is whole.
fn doubled_weight(severity: Option<&str>) -> i128 {
    match severity.map(normalize_word).as_deref() {
        Some("critical" | "urgent") => 8,
        Some("high") => 4,
        Some("low") => 1,
        _ => 2,
    }
}

fn is_urgent(severity: Option<&str>) -> bool {
    doubled_weight(severity) == 8
}

/// `None` where the row has no status.
fn is_open(status: Option<&str>) -> Option<bool> {
    let status = normalize_word(status?);
    (!status.is_empty()).then_some(!matches!(status.as_str(), "resolved" | "closed"))
}

fn normalize_word(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::clock::plain_tests::{NOON, clock};
    use crate::health::score::metric::{MetricKind, UsageMetadata};

    fn row(
        days_ago: i64,
        id: u128,
        ticket: Option<u64>,
        metadata: UsageMetadata<'static>,
    ) -> UsageRow<'static> {
        UsageRow {
            kind: MetricKind::SupportTickets,
            stamp: (NOON - days_ago * DAY, id),
            value: Quantity::whole(1),
            metadata: UsageMetadata { ticket, ..metadata },
        }
    }

    fn severe(severity: &'static str, status: Option<&'static str>) -> UsageMetadata<'static> {
        UsageMetadata {
            severity: Some(severity),
            status,
            ..UsageMetadata::default()
        }
    }

    fn load(rows: &[UsageRow<'static>]) -> TicketLoad {
        let clock = clock(NOON);
        let take = |rows: &mut dyn Iterator<Item = &UsageRow<'static>>| {
            let mut tickets = Tickets::default();
            rows.for_each(|row| tickets.add_row(row, clock.range_of(row.stamp.0)));
            tickets.load(&clock)
        };
        let forth = take(&mut rows.iter());
        let back = take(&mut rows.iter().rev());
        assert_eq!(
            (forth.points, forth.blocks, forth.open_urgent, forth.csat),
            (back.points, back.blocks, back.open_urgent, back.csat),
            "the order of rows matters"
        );
        forth
    }

    #[test]
    fn the_latest_row_of_a_ticket_counts() {
        let rows = [
            row(20, 1, Some(7), severe("low", Some("open"))),
            row(10, 2, Some(7), severe(" URGENT ", Some("open"))),
            row(10, 3, None, severe("high", None)),
            row(9, 4, None, UsageMetadata::default()),
        ];
        let load = load(&rows);
        assert_eq!(load.points, 4.0 + 2.0 + 1.0);
        assert_eq!(load.open_urgent, Some(1));
    }

    #[test]
    fn of_two_rows_of_one_moment_the_larger_id_is_the_later() {
        let rows = [
            row(10, 2, Some(7), severe("critical", Some("resolved"))),
            row(10, 1, Some(7), severe("low", Some("open"))),
        ];
        assert_eq!(load(&rows).points, 4.0);
        assert_eq!(load(&rows).open_urgent, Some(0));
    }

    #[test]
    fn an_urgent_ticket_counts_once_48_hours_have_passed() {
        assert_eq!(
            load(&[row(2, 1, Some(7), severe("urgent", Some("open")))]).open_urgent,
            Some(0)
        );
        assert_eq!(
            load(&[row(3, 1, Some(7), severe("urgent", Some("open")))]).open_urgent,
            Some(1)
        );
        let opened = UsageMetadata {
            opened_at: Some(NOON - 9 * DAY),
            ..severe("urgent", Some("open"))
        };
        assert_eq!(load(&[row(1, 1, Some(7), opened)]).open_urgent, Some(1));
    }

    #[test]
    fn without_status_nothing_is_said_of_open_tickets() {
        assert_eq!(
            load(&[row(3, 1, Some(7), severe("urgent", None))]).open_urgent,
            None
        );
        assert_eq!(load(&[]).open_urgent, None);
    }

    #[test]
    fn satisfaction_is_the_mean_of_the_windows_tickets() {
        let rated = |csat: u32| UsageMetadata {
            csat: Some(Quantity::whole(csat)),
            ..UsageMetadata::default()
        };
        let rows = [
            row(50, 1, Some(6), rated(1)),
            row(9, 2, Some(7), rated(1)),
            row(8, 3, Some(7), rated(5)),
            row(7, 4, None, rated(2)),
            row(6, 5, Some(7), UsageMetadata::default()),
        ];
        assert_eq!(load(&rows).csat, Some(3.5));
        assert_eq!(load(&rows[..1]).csat, None);
    }
}
