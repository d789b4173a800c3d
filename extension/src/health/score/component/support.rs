//! Owns support: 100 is calm. Pure.

use crate::health::score::clock::WINDOW_DAYS;
use crate::health::score::evidence::Evidence;
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::sentence::short;
use crate::health::score::tickets::{BEST_CSAT, TicketLoad, URGENT_HOURS, WORST_CSAT};
use crate::health::score::yardstick::{Yardstick, short_history};

/// Quiet is not happy.
const MOST_WHILE_SILENT: i32 = 50;
/// Points of tickets in the window that give 100, and that give 0.
const CALM: f64 = 2.0;
const STORMY: f64 = 10.0;
/// Times the usual weekly points that give 0.
const RISEN: f64 = 2.0;
/// What each urgent ticket that has been open for too long takes away.
const PER_URGENT: f64 = 35.0;

/// Seats of an account whose tickets are measured as they are; more seats may have more tickets.
const SMALL: f64 = 50.0;

/// Load, trend, open urgent tickets and satisfaction.
pub fn score_support(
    evidence: &Evidence,
    tickets: &TicketLoad,
    seats: Option<f64>,
    yardstick: &Yardstick,
) -> Component {
    let clock = yardstick.clock(MetricKind::SupportTickets);
    let blocks = yardstick.counting_blocks(MetricKind::SupportTickets, evidence);
    let over_window = |part: Part| part.over(clock.window_start(), clock.moment());
    let parts = [
        over_window(load(50.0)).rows(tickets.window_rows()),
        trend(20.0)
            .over(clock.blocks_start(blocks), clock.moment())
            .rows(tickets.rows_since(blocks)),
        over_window(open_urgent(20.0)),
        over_window(csat(10.0)),
    ];
    if let Some(why) = nothing_to_say(evidence, yardstick) {
        return Component::new("support", parts.map(|part| part.absent(why)).into());
    }
    let size = size(seats);
    let [load, trend, open_urgent, csat] = parts;
    let component = Component::new(
        "support",
        vec![
            score_load(load, tickets.points, size),
            score_trend(trend, (tickets, size), evidence, yardstick),
            score_open_urgent(open_urgent, tickets),
            score_csat(csat, tickets),
        ],
    );
    if evidence.is_silent() {
        return component.limited(MOST_WHILE_SILENT, || {
            format!("no usage for {WINDOW_DAYS} days: quiet is not happy")
        });
    }
    component
}

/// Quiet says nothing where no tickets are ever sent, or nothing of this account at all.
fn nothing_to_say(evidence: &Evidence, yardstick: &Yardstick) -> Option<&'static str> {
    if !yardstick.has_tickets {
        Some("the tenant has never sent tickets")
    } else if evidence.first_seen.is_none() {
        Some("nothing was ever recorded for this account")
    } else {
        None
    }
}

/// How many times as many tickets as of a small account are nothing unusual.
fn size(seats: Option<f64>) -> f64 {
    seats.map_or(1.0, |seats| (seats / SMALL).sqrt().max(1.0))
}

const fn load(weight: f64) -> Part {
    Part::new("load", weight, |part| {
        let calm = part.target.unwrap_or(CALM);
        let (points, calm, stormy) = (short(part.raw), short(calm), short(calm * STORMY / CALM));
        format!(
            "{points} points of tickets in {WINDOW_DAYS} days; up to {calm} give 100, {stormy} give 0"
        )
    })
}

fn score_load(part: Part, points: f64, size: f64) -> Part {
    part.target(CALM * size)
        .scored(points, lin(points / size, STORMY, CALM))
}

const fn trend(weight: f64) -> Part {
    Part::new("trend", weight, |part| {
        let usual = part.target.unwrap_or_default();
        format!(
            "{} points a week; usually {}, up to {} give 100, {} give 0",
            short(part.raw),
            short(part.baseline),
            short(usual),
            short(usual * RISEN)
        )
    })
}

fn score_trend(
    part: Part,
    (tickets, size): (&TicketLoad, f64),
    evidence: &Evidence,
    yardstick: &Yardstick,
) -> Part {
    let kind = MetricKind::SupportTickets;
    let Some(usual) = yardstick.baseline(kind, evidence, &tickets.blocks) else {
        return part.absent(short_history());
    };
    let weekly = yardstick.weekly(kind, evidence, tickets.points);
    // A ticket a week is nothing unusual.
    let target = usual.max(size);
    part.baseline(Some(usual))
        .target(target)
        .scored(weekly, lin(weekly / target, RISEN, 1.0))
}

const fn open_urgent(weight: f64) -> Part {
    Part::new("open_urgent", weight, |part| {
        let (count, each) = (short(part.raw), short(PER_URGENT));
        format!("{count} urgent tickets open for over {URGENT_HOURS} hours; each takes {each}")
    })
}

/// Named are the latest rows of the tickets that count, however old they are, or of those of the window.
fn score_open_urgent(mut part: Part, tickets: &TicketLoad) -> Part {
    let Some(open) = tickets.open_urgent else {
        return part.absent("no ticket has a status");
    };
    part.rows = match open.earliest {
        Some(earliest) => {
            part.from = Some(earliest.saturating_sub(1));
            open.count
        }
        None => open.window_rows,
    };
    let count = f64::from(open.count);
    part.target(0.0)
        .scored(count, (100.0 - PER_URGENT * count).max(0.0))
}

const fn csat(weight: f64) -> Part {
    Part::new("csat", weight, |part| {
        format!("satisfaction {} of {BEST_CSAT}", short(part.raw))
    })
}

fn score_csat(part: Part, tickets: &TicketLoad) -> Part {
    let (worst, best) = (f64::from(WORST_CSAT), f64::from(BEST_CSAT));
    match tickets.csat {
        Some((mean, ratings)) => part
            .target(best)
            .rows(ratings)
            .scored(mean, lin(mean, worst, best)),
        None => part.absent("no ticket in the window has a satisfaction rating"),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::health::score::tickets::OpenUrgent;

    #[test]
    fn each_part_is_read_in_a_sentence() {
        assert_eq!(
            load(50.0).target(CALM).scored(6.5, 43.75).reading(),
            "6.5 points of tickets in 30 days; up to 2 give 100, 10 give 0"
        );
        let usual = trend(20.0).baseline(Some(0.5)).target(1.0);
        assert_eq!(
            usual.scored(1.5, 50.0).reading(),
            "1.5 points a week; usually 0.5, up to 1 give 100, 2 give 0"
        );
        let urgent = TicketLoad {
            open_urgent: Some(OpenUrgent {
                count: 2,
                ..OpenUrgent::default()
            }),
            csat: None,
            ..TicketLoad::default()
        };
        assert_eq!(
            score_open_urgent(open_urgent(20.0), &urgent).reading(),
            "2 urgent tickets open for over 48 hours; each takes 35"
        );
        assert_eq!(
            score_csat(csat(10.0), &urgent).reading(),
            "no ticket in the window has a satisfaction rating"
        );
        assert_eq!(
            csat(10.0).scored(3.5, 62.5).reading(),
            "satisfaction 3.5 of 5"
        );
    }

    #[test]
    fn more_seats_may_have_more_tickets() {
        assert_eq!(
            [None, Some(4.0), Some(50.0), Some(200.0)].map(size),
            [1.0, 1.0, 1.0, 2.0]
        );
        let part = score_load(load(50.0), 12.0, 2.0);
        assert_eq!((part.raw, part.score), (Some(12.0), Some(50.0)));
        assert_eq!(
            part.reading(),
            "12 points of tickets in 30 days; up to 4 give 100, 20 give 0"
        );
    }
}
