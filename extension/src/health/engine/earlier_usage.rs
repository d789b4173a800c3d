//! Owns what is read of usage from before the window and its baseline: the seats that were last told, and what else an account
//! used when it gave up a kind of usage.

use super::evidence_request::{AccountEvidence, EvidenceRequest, positions_by_id};
use super::stored_metadata::read_quantity;
use super::tenant_zone::PgZone;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::{Moment, WINDOW_DAYS};
use crate::health::score::evidence::Evidence;
use crate::health::score::metric::MetricKind;
use crate::health::score::unused::{find_long_silences, is_at_target, measured_at, other_kinds};
use crate::health::score::yardstick::Yardstick;
use crate::health::score::zone::Zone;
use crate::pg::fault::Fault;
use crate::pg::planned::Planning;
use crate::pg::stream::{Argument, stream};
use pgrx::Uuid;

/// Notes the seats that rows up to `from` have last told, for accounts of which neither their own attributes nor later rows
/// tell any. Seats of a row up to `from` may be known already, as tickets are read from the first one: another row may be later.
pub fn read_earlier_seats(
    request: &EvidenceRequest<'_>,
    from: Moment,
    accounts: &mut [AccountEvidence],
) -> Result<(), Fault> {
    let told_later = |it: &Evidence| it.seats.is_some_and(|((at, _), _)| at > from);
    let unknown = accounts
        .iter()
        .filter(|it| it.seats.is_none() && !told_later(&it.evidence))
        .filter(|it| it.evidence.first_seen.is_some_and(|first| first <= from))
        .map(|it| it.id)
        .collect::<Vec<_>>();
    if unknown.is_empty() {
        return Ok(());
    }
    let positions = positions_by_id(accounts);
    stream(
        Planning::of_rows(unknown.len()),
        include_str!("sql/earlier_seats.sql"),
        &[
            Argument::new(request.tenant),
            Argument::new(unknown),
            Argument::new(to_timestamp(from.min(request.known_until))?),
        ],
        &mut |slot| {
            let position = slot.uuid(0).and_then(|id| positions.get(&id));
            // SAFETY: the query gives a numeric.
            let seats = slot
                .datum(3)
                .and_then(|datum| unsafe { read_quantity(datum) });
            if let (Some(position), Some(at), Some(id), Some(seats)) =
                (position, slot.value::<Moment>(1), slot.uuid(2), seats)
            {
                let stamp = (at, u128::from_be_bytes(*id.as_bytes()));
                accounts[*position]
                    .evidence
                    .note_seats(stamp, seats.as_f64());
            }
        },
    )
}

/// A kind of usage that may have taken the place of another.
struct Replacement {
    position: usize,
    unused: MetricKind,
    other: MetricKind,
    at: Moment,
    /// The moment that the other kind was measured from by then.
    measured_at: Moment,
}

/// Notes which kinds of usage each account no longer uses, and since when.
pub fn find_unused_kinds(
    request: &EvidenceRequest<'_>,
    zone: &PgZone,
    accounts: &mut [AccountEvidence],
    yardstick: &Yardstick,
) -> Result<(), Fault> {
    let asked = list_replacements(accounts, yardstick, zone);
    if asked.is_empty() {
        return Ok(());
    }
    let since = asked.iter().map(|it| {
        let calendar = yardstick.clock(it.other).calendar();
        let since = calendar.days_before(zone, it.measured_at, WINDOW_DAYS);
        to_timestamp(calendar.last_instant(since))
    });
    let until = asked.iter().map(|it| {
        let calendar = yardstick.clock(it.other).calendar();
        to_timestamp(
            calendar
                .last_instant(it.measured_at)
                .min(request.known_until),
        )
    });
    let arguments = [
        Argument::new(request.tenant),
        Argument::new((0_i32..).take(asked.len()).collect::<Vec<_>>()),
        Argument::new(
            asked
                .iter()
                .map(|it| accounts[it.position].id)
                .collect::<Vec<Uuid>>(),
        ),
        Argument::new(asked.iter().map(|it| it.other.label()).collect::<Vec<_>>()),
        Argument::new(since.collect::<Result<Vec<_>, _>>()?),
        Argument::new(until.collect::<Result<Vec<_>, _>>()?),
    ];
    stream(
        Planning::of_rows(asked.len()),
        include_str!("sql/used_before.sql"),
        &arguments,
        &mut |slot| {
            let number = slot.value::<i32>(0).and_then(|it| usize::try_from(it).ok());
            // SAFETY: the query gives a numeric.
            let sum = slot
                .datum(1)
                .and_then(|datum| unsafe { read_quantity(datum) });
            let (Some(it), Some(sum)) = (number.and_then(|it| asked.get(it)), sum) else {
                return;
            };
            let evidence = &mut accounts[it.position].evidence;
            if is_at_target(it.other, sum.as_f64(), it.measured_at, evidence, yardstick) {
                evidence.metrics[it.unused.index()].unused_since = Some(zone.day_of(it.at));
            }
        },
    )
}

fn list_replacements(
    accounts: &[AccountEvidence],
    yardstick: &Yardstick,
    zone: &PgZone,
) -> Vec<Replacement> {
    let mut all = Vec::new();
    for (position, account) in accounts.iter().enumerate() {
        for silence in find_long_silences(&account.evidence, yardstick) {
            let others = other_kinds(silence.kind);
            let used = others.filter(|it| account.evidence.of(*it).last.is_some());
            all.extend(used.map(|other| Replacement {
                position,
                unused: silence.kind,
                other,
                at: silence.at,
                measured_at: measured_at(other, silence.at, yardstick, zone),
            }));
        }
    }
    all
}
