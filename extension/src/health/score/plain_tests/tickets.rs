//! What tickets add up to.

use crate::health::score::clock::DAY;
use crate::health::score::clock::plain_tests::{NOON, clock};
use crate::health::score::metric::{MetricKind, UsageMetadata, UsageRow};
use crate::health::score::quantity::Quantity;
use crate::health::score::tickets::{TicketLoad, Tickets};

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
        format!("{forth:?}"),
        format!("{back:?}"),
        "the order of rows matters"
    );
    forth
}

fn count(load: &TicketLoad) -> Option<u32> {
    load.open_urgent.map(|it| it.count)
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
    assert_eq!(count(&load), Some(1));
    assert_eq!(load.window_rows(), 3);
}

#[test]
fn of_two_rows_of_one_moment_the_larger_id_is_the_later() {
    let rows = [
        row(10, 2, Some(7), severe("critical", Some("resolved"))),
        row(10, 1, Some(7), severe("low", Some("open"))),
    ];
    // Resolved, and at once: half of what a critical one counts.
    assert_eq!(load(&rows).points, 2.0);
    assert_eq!(count(&load(&rows)), Some(0));
}

#[test]
fn an_urgent_ticket_counts_once_48_hours_have_passed() {
    assert_eq!(
        count(&load(&[row(2, 1, Some(7), severe("urgent", Some("open")))])),
        Some(0)
    );
    assert_eq!(
        count(&load(&[row(3, 1, Some(7), severe("urgent", Some("open")))])),
        Some(1)
    );
    let opened = UsageMetadata {
        opened_at: Some(NOON - 9 * DAY),
        ..severe("urgent", Some("open"))
    };
    assert_eq!(count(&load(&[row(1, 1, Some(7), opened)])), Some(1));
}

#[test]
fn without_status_nothing_is_said_of_open_tickets() {
    assert_eq!(
        count(&load(&[row(3, 1, Some(7), severe("urgent", None))])),
        None
    );
    assert_eq!(count(&load(&[])), None);
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
    assert_eq!(load(&rows).csat, Some((3.5, 2)));
    assert_eq!(load(&rows[..1]).csat, None);
    // The last ever told of a ticket that counts in the window.
    let told_before = [
        row(50, 1, Some(7), rated(2)),
        row(9, 2, Some(7), severe("low", None)),
    ];
    assert_eq!(load(&told_before).csat, Some((2.0, 1)));
}

#[test]
fn a_ticket_counts_once_where_its_latest_row_lies() {
    let rows = [
        row(50, 1, Some(7), severe("normal", Some("open"))),
        row(33, 2, Some(7), severe("normal", Some("open"))),
        row(32, 3, Some(8), severe("normal", Some("open"))),
        row(9, 4, Some(7), severe("high", Some("open"))),
    ];
    let load = load(&rows);
    assert_eq!(load.points, 2.0);
    assert_eq!((load.blocks[0], load.blocks[2]), (1.0, 0.0));
    assert_eq!((load.rows_since(0), load.rows_since(1)), (1, 2));
}

#[test]
fn what_is_resolved_within_48_hours_counts_half() {
    let times = |opened: Option<i64>, resolved: Option<i64>, status| UsageMetadata {
        opened_at: opened.map(|hours| NOON - hours * DAY / 24),
        resolved_at: resolved.map(|hours| NOON - hours * DAY / 24),
        ..severe("normal", Some(status))
    };
    let points = |rows: &[UsageRow<'static>]| load(rows).points;
    // Opened and resolved as told, however late its row comes.
    let told = |hours: i64| row(5, 1, Some(7), times(Some(200 + hours), Some(200), "closed"));
    assert_eq!(points(&[told(48)]), 0.5);
    assert_eq!(points(&[told(49)]), 1.0);
    // Opened by its first row, resolved by its latest.
    let open = |days| row(days, 1, Some(7), severe("normal", Some("open")));
    let closed = |days| row(days, 2, Some(7), severe("normal", Some(" Resolved")));
    assert_eq!(points(&[open(7), closed(5)]), 0.5);
    assert_eq!(points(&[open(8), closed(5)]), 1.0);
    // Nobody says when it was opened.
    assert_eq!(points(&[closed(5)]), 1.0);
    assert_eq!(
        points(&[
            closed(6),
            row(5, 3, Some(7), severe("normal", Some("closed")))
        ]),
        1.0
    );
    // Opened again.
    assert_eq!(
        points(&[
            open(7),
            closed(6),
            row(5, 3, Some(7), severe("normal", Some("open")))
        ]),
        1.0
    );
    // What the latest row leaves out is not known.
    assert_eq!(
        points(&[
            row(7, 1, Some(7), times(Some(900), None, "open")),
            closed(6)
        ]),
        0.5
    );
    // Rows without a ticket are each one of their own.
    let nameless = |opened| row(5, 1, None, times(opened, None, "closed"));
    assert_eq!(points(&[nameless(Some(130))]), 0.5);
    assert_eq!(points(&[nameless(None)]), 1.0);
    let low = UsageMetadata {
        severity: Some("low"),
        ..times(Some(130), None, "closed")
    };
    assert_eq!(points(&[row(5, 1, None, low)]), 0.25);
}

#[test]
fn old_open_tickets_are_named_by_their_latest_rows() {
    let rows = [
        row(90, 1, Some(7), severe("urgent", Some("open"))),
        row(60, 2, Some(7), severe("urgent", Some("pending"))),
        row(40, 3, Some(8), severe("critical", Some("open"))),
        row(1, 4, Some(9), severe("critical", Some("open"))),
        row(70, 5, Some(10), severe("critical", Some("closed"))),
    ];
    let load = load(&rows);
    let open = load.open_urgent.unwrap();
    assert_eq!((open.count, open.earliest), (2, Some(NOON - 60 * DAY)));
    assert_eq!(open.window_rows, 1);
    assert_eq!(load.oldest_urgent, Some(90.0));
    assert_eq!(super::tickets::load(&rows[3..]).oldest_urgent, Some(1.0));
    assert_eq!(super::tickets::load(&rows[4..]).oldest_urgent, None);
}
