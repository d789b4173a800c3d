//! Owns what an account's tickets add up to; of each ticket the latest row counts. Pure.

use super::clock::{BLOCKS, Clock, ClockRange, DAY, Moment, days};
use super::metric::{Stamp, UsageRow};
use super::quantity::Quantity;
use std::collections::HashMap;

/// How long an urgent ticket may be open before it counts, and how quickly one is resolved that counts half, in hours.
pub const URGENT_HOURS: i64 = 48;
/// The worst and the best rating that a ticket can be given.
pub const WORST_CSAT: u32 = 1;
pub const BEST_CSAT: u32 = 5;

const URGENT_TIME: i64 = URGENT_HOURS * DAY / 24;
/// Of a critical ticket, in the units that points are summed in: quarters, so that the half of a low one is whole.
const URGENT_WEIGHT: i128 = 16;
/// Index of the window, after the weeks of the baseline.
const WINDOW: usize = BLOCKS;

/// All tickets of an account.
#[derive(Debug, Clone, Default)]
pub struct Tickets {
    named: HashMap<u64, Ticket>,
    /// Of rows that name no ticket; the window last.
    nameless: [Sum; BLOCKS + 1],
    nameless_csat: Ratings,
}

/// A ticket that rows name.
#[derive(Debug, Clone)]
struct Ticket {
    /// Its first row, and whether that one is resolved.
    first: (Stamp, bool),
    latest: Stamp,
    range: Option<usize>,
    /// In quarters, as if it had not been resolved quickly.
    points: Quantity,
    is_urgent: bool,
    is_open: Option<bool>,
    opened_at: Option<Moment>,
    resolved_at: Option<Moment>,
    csat: Option<(Stamp, Quantity)>,
}

/// Points, in quarters, and the number of rows they are from.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    points: Quantity,
    rows: u32,
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
    /// The rows that these are from; the window last.
    pub rows: [u32; BLOCKS + 1],
    /// Urgent tickets open for too long; `None` where no ticket has a status.
    pub open_urgent: Option<OpenUrgent>,
    /// For how many days the oldest urgent ticket has been open, whatever its age; `None` where none is open.
    pub oldest_urgent: Option<f64>,
    /// Mean satisfaction of the window, and the number of ratings.
    pub csat: Option<(f64, u32)>,
}

/// Urgent tickets open for too long.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenUrgent {
    /// How many.
    pub count: u32,
    /// The earliest of their latest rows.
    pub earliest: Option<Moment>,
    /// Latest rows with a status, of tickets in the window.
    pub window_rows: u32,
}

impl Tickets {
    /// Takes one row in, which is not after the clock's moment and lies in this range.
    pub fn add_row(&mut self, row: &UsageRow<'_>, range: ClockRange) {
        let range = match range {
            ClockRange::Window => Some(WINDOW),
            ClockRange::Block(block) => Some(block),
            ClockRange::Outside => None,
        };
        let ticket = Ticket::new(row, range);
        match (row.metadata.ticket, range) {
            (Some(id), _) => self
                .named
                .entry(id)
                .and_modify(|known| known.merge(&ticket))
                .or_insert(ticket)
                .note_rating(row),
            (None, Some(range)) => {
                // Each row is a ticket of its own.
                self.nameless[range].add(ticket.weighed_points());
                if range == WINDOW {
                    self.nameless_csat.add(row.metadata.csat);
                }
            }
            (None, None) => {}
        }
    }

    /// What they add up to, measured from the clock's moment.
    pub fn load(&self, clock: &Clock) -> TicketLoad {
        let mut sums = self.nameless;
        let mut ratings = self.nameless_csat;
        let mut load = TicketLoad::default();
        for ticket in self.named.values() {
            if let Some(range) = ticket.range {
                sums[range].add(ticket.weighed_points());
            }
            if ticket.range == Some(WINDOW) {
                ratings.add(ticket.csat.map(|(_, csat)| csat));
            }
            load.note_status(ticket, clock.moment());
        }
        let points = sums.map(|sum| sum.points.as_f64() / 4.0);
        load.points = points[WINDOW];
        load.blocks = std::array::from_fn(|block| points[block]);
        load.rows = sums.map(|sum| sum.rows);
        let mean = |it: Ratings| (it.sum.as_f64() / f64::from(it.count), it.count);
        load.csat = (ratings.count > 0).then(|| mean(ratings));
        load
    }
}

impl TicketLoad {
    /// Rows of the window.
    pub const fn window_rows(&self) -> u32 {
        self.rows[WINDOW]
    }

    /// Rows of the window and of the latest weeks of the baseline.
    pub fn rows_since(&self, blocks: usize) -> u32 {
        self.rows[WINDOW] + self.rows[..blocks.min(BLOCKS)].iter().sum::<u32>()
    }

    fn note_status(&mut self, ticket: &Ticket, now: Moment) {
        let Some(is_open) = ticket.is_open else {
            return;
        };
        let known = self.open_urgent.get_or_insert_default();
        known.window_rows += u32::from(ticket.range == Some(WINDOW));
        if !is_open || !ticket.is_urgent {
            return;
        }
        let age = now.saturating_sub(ticket.opened_at());
        self.oldest_urgent = Some(self.oldest_urgent.map_or(days(age), |it| it.max(days(age))));
        if age > URGENT_TIME {
            let at = ticket.latest.0;
            known.count += 1;
            known.earliest = Some(known.earliest.map_or(at, |it| it.min(at)));
        }
    }
}

impl Ticket {
    fn new(row: &UsageRow<'_>, range: Option<usize>) -> Self {
        let weight = weight(row.metadata.severity);
        let is_open = is_open(row.metadata.status);
        Self {
            first: (row.stamp, is_open == Some(false)),
            latest: row.stamp,
            range,
            points: row.value.times(weight),
            is_urgent: weight == URGENT_WEIGHT,
            is_open,
            opened_at: row.metadata.opened_at,
            resolved_at: row.metadata.resolved_at,
            csat: None,
        }
    }

    /// Takes another row of it in.
    fn merge(&mut self, row: &Self) {
        let first = if row.first.0 < self.first.0 {
            row.first
        } else {
            self.first
        };
        if row.latest > self.latest {
            *self = Self {
                csat: self.csat,
                ..row.clone()
            };
        }
        self.first = first;
    }

    fn note_rating(&mut self, row: &UsageRow<'_>) {
        if let Some(csat) = row.metadata.csat
            && self.csat.is_none_or(|(latest, _)| row.stamp > latest)
        {
            self.csat = Some((row.stamp, csat));
        }
    }

    fn opened_at(&self) -> Moment {
        self.opened_at.unwrap_or(self.first.0.0)
    }

    /// What was resolved quickly counts half.
    fn weighed_points(&self) -> Quantity {
        match self.is_quick() {
            true => self.points.halved(),
            false => self.points,
        }
    }

    /// Resolved within 48 hours of its opening. When a ticket was opened is not known where its first row is resolved
    /// already and nothing else says so.
    fn is_quick(&self) -> bool {
        let is_known = self.opened_at.is_some() || !self.first.1;
        let resolved_at = self.resolved_at.unwrap_or(self.latest.0);
        self.is_open == Some(false)
            && is_known
            && resolved_at.saturating_sub(self.opened_at()) <= URGENT_TIME
    }
}

impl Sum {
    fn add(&mut self, points: Quantity) {
        self.points += points;
        self.rows += 1;
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

/// Of a severity, in quarters.
fn weight(severity: Option<&str>) -> i128 {
    match severity.map(normalize_word).as_deref() {
        Some("critical" | "urgent") => URGENT_WEIGHT,
        Some("high") => 8,
        Some("low") => 2,
        _ => 4,
    }
}

/// `None` where the row has no status.
fn is_open(status: Option<&str>) -> Option<bool> {
    let status = normalize_word(status?);
    (!status.is_empty()).then_some(!matches!(status.as_str(), "resolved" | "closed"))
}

fn normalize_word(text: &str) -> String {
    text.trim().to_lowercase()
}
