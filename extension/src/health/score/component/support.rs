//! Owns support: 100 is calm. Pure.

use crate::health::score::clock::{DEPTH_DAYS, WINDOW_DAYS};
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

/// Load, trend, open urgent tickets and satisfaction.
pub fn score_support(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let (clock, tickets) = (
        yardstick.clock(MetricKind::SupportTickets),
        evidence.of(MetricKind::SupportTickets),
    );
    let over_window = |part: Part| {
        part.over(clock.window_start(), clock.reference())
            .rows(tickets.rows)
    };
    let parts = [
        over_window(load(50.0)),
        trend(20.0)
            .over(clock.ago(DEPTH_DAYS), clock.reference())
            .rows(tickets.rows + tickets.block_rows),
        over_window(open_urgent(20.0)),
        over_window(csat(10.0)),
    ];
    if !yardstick.norms.has_tickets {
        let absent = parts.map(|part| part.absent("the tenant has never sent tickets"));
        return Component::new("support", absent.into());
    }
    let sums = evidence.tickets.load(clock);
    let [load, trend, open_urgent, csat] = parts;
    let component = Component::new(
        "support",
        vec![
            load.target(CALM)
                .scored(sums.points, lin(sums.points, STORMY, CALM)),
            score_trend(trend, &sums, evidence, yardstick),
            score_open_urgent(open_urgent, &sums),
            score_csat(csat, &sums),
        ],
    );
    if evidence.is_silent() {
        return component.limited(MOST_WHILE_SILENT, || {
            format!("no usage for {WINDOW_DAYS} days: quiet is not happy")
        });
    }
    component
}

const fn load(weight: f64) -> Part {
    Part::new("load", weight, |part| {
        let (points, calm, stormy) = (short(part.raw), short(CALM), short(STORMY));
        format!(
            "{points} points of tickets in {WINDOW_DAYS} days; up to {calm} give 100, {stormy} give 0"
        )
    })
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

fn score_trend(part: Part, sums: &TicketLoad, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let kind = MetricKind::SupportTickets;
    let Some(usual) = yardstick.baseline(kind, evidence, &sums.blocks) else {
        return part.absent(short_history());
    };
    let weekly = yardstick.weekly(kind, evidence, sums.points);
    // A ticket a week is nothing unusual.
    let target = usual.max(1.0);
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

fn score_open_urgent(part: Part, sums: &TicketLoad) -> Part {
    match sums.open_urgent.map(f64::from) {
        Some(count) => part
            .target(0.0)
            .scored(count, (100.0 - PER_URGENT * count).max(0.0)),
        None => part.absent("no ticket has a status"),
    }
}

const fn csat(weight: f64) -> Part {
    Part::new("csat", weight, |part| {
        format!("satisfaction {} of {BEST_CSAT}", short(part.raw))
    })
}

fn score_csat(part: Part, sums: &TicketLoad) -> Part {
    let (worst, best) = (f64::from(WORST_CSAT), f64::from(BEST_CSAT));
    match sums.csat {
        Some(mean) => part.target(best).scored(mean, lin(mean, worst, best)),
        None => part.absent("no ticket in the window has a satisfaction rating"),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

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
            open_urgent: Some(2),
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
}
