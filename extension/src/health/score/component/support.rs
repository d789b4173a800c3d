//! Owns support: 100 is calm. Pure.

use crate::health::score::evidence::Evidence;
use crate::health::score::formula::lin;
use crate::health::score::metric::MetricKind;
use crate::health::score::parts::{Component, Part};
use crate::health::score::tickets::Load;
use crate::health::score::yardstick::Yardstick;

/// Quiet is not happy.
const MOST_WHILE_SILENT: i32 = 50;
/// What each open urgent ticket takes away.
const PER_URGENT: f64 = 35.0;

/// Load, trend, open urgent tickets and satisfaction.
pub fn judge(evidence: &Evidence, yardstick: &Yardstick) -> Component {
    let (clock, tickets) = (
        yardstick.clock(MetricKind::SupportTickets),
        evidence.of(MetricKind::SupportTickets),
    );
    let over = |part: Part, rows: u32| {
        let days = if part.name == "trend" { 114 } else { 30 };
        part.over(clock.ago(days), clock.reference()).rows(rows)
    };
    let parts = [
        over(Part::new("load", 50.0), tickets.rows),
        over(Part::new("trend", 20.0), tickets.rows + tickets.block_rows),
        over(Part::new("open_urgent", 20.0), tickets.rows),
        over(Part::new("csat", 10.0), tickets.rows),
    ];
    if !yardstick.norms.has_tickets {
        let absent = parts.map(|part| part.absent("the tenant never sent tickets"));
        return Component::new("support", absent.into());
    }
    let load = evidence.tickets.load(clock);
    let [level, change, urgent, csat] = parts;
    let component = Component::new(
        "support",
        vec![
            level
                .target(2.0)
                .scored(load.points, lin(load.points, 10.0, 2.0)),
            trend(change, &load, evidence, yardstick),
            open_urgent(urgent, &load),
            match load.csat {
                Some(mean) => csat.target(5.0).scored(mean, lin(mean, 1.0, 5.0)),
                None => csat.absent("no ticket of the window tells satisfaction"),
            },
        ],
    );
    if evidence.is_silent() {
        return component.limited(
            MOST_WHILE_SILENT,
            "no usage for 30 days: quiet is not happy",
        );
    }
    component
}

fn trend(part: Part, load: &Load, evidence: &Evidence, yardstick: &Yardstick) -> Part {
    let kind = MetricKind::SupportTickets;
    let Some(usual) = yardstick.baseline(kind, evidence, &load.blocks) else {
        return part.absent("under four weeks of history before the window");
    };
    let weekly = yardstick.weekly(kind, evidence, load.points);
    part.baseline(Some(usual))
        .target(usual.max(1.0))
        .scored(weekly, lin(weekly / usual.max(1.0), 2.0, 1.0))
}

fn open_urgent(part: Part, load: &Load) -> Part {
    match load.open_urgent.map(f64::from) {
        Some(count) => part
            .target(0.0)
            .scored(count, (100.0 - PER_URGENT * count).max(0.0)),
        None => part.absent("no ticket tells its status"),
    }
}
