//! Owns the weekly sums of usage from before the rows that are read one by one: from sums by day, or from rows where these
//! sums are not of the right days.

use super::evidence_request::{AccountEvidence, EvidenceRequest, positions_by_id};
use super::stored_metadata::read_quantity;
use super::usage_rows::kinds_by_oid;
use crate::health::moment::to_timestamp;
use crate::health::score::best_quarter::HISTORY_DAYS;
use crate::health::score::clock::{Clock, DAY, RECENT_WEEKS, WEEKS};
use crate::health::score::metric::{KINDS, MetricKind};
use crate::health::score::quantity::Quantity;
use crate::health::score::sentence::day;
use crate::health::score::yardstick::Yardstick;
use crate::pg::fault::Fault;
use crate::pg::planned::Planning;
use crate::pg::stream::{Argument, stream};
use pgrx::Uuid;
use std::collections::HashSet;

/// A week's sum of an account.
struct WeekSum {
    account: Uuid,
    kind: MetricKind,
    /// 0 the latest.
    week: usize,
    sum: Quantity,
    /// Whether it is of the days of another zone.
    is_foreign: bool,
}

/// Notes the sums of earlier weeks, for accounts that have been there for long enough to be compared with their best.
pub fn read_earlier_weeks(
    request: &EvidenceRequest<'_>,
    zone: &str,
    accounts: &mut [AccountEvidence],
    yardstick: &Yardstick,
) -> Result<(), Fault> {
    let old = accounts
        .iter()
        .filter(|it| yardstick.history_days(&it.evidence) >= HISTORY_DAYS)
        .map(|it| it.id)
        .collect::<Vec<_>>();
    if old.is_empty() {
        return Ok(());
    }
    let positions = positions_by_id(accounts);
    for (clock, kinds) in group_kinds(yardstick) {
        for it in read_weeks(request, (zone, clock), &kinds, &old)? {
            if let Some(position) = positions.get(&it.account) {
                let metric = &mut accounts[*position].evidence.metrics[it.kind.index()];
                metric.add_to_week(it.week, it.sum);
            }
        }
    }
    Ok(())
}

/// The kinds of usage by their weeks, which differ only where a feed was out.
fn group_kinds(yardstick: &Yardstick) -> Vec<(&Clock, Vec<MetricKind>)> {
    let mut groups = Vec::<(&Clock, Vec<MetricKind>)>::new();
    for kind in &KINDS[..3] {
        let clock = yardstick.clock(*kind);
        match groups
            .iter_mut()
            .find(|(known, _)| known.weeks() == clock.weeks())
        {
            Some((_, kinds)) => kinds.push(*kind),
            None => groups.push((clock, vec![*kind])),
        }
    }
    groups
}

fn read_weeks(
    request: &EvidenceRequest<'_>,
    (zone, clock): (&str, &Clock),
    kinds: &[MetricKind],
    accounts: &[Uuid],
) -> Result<Vec<WeekSum>, Fault> {
    // From the earliest week to the one after the last that is wanted.
    let bounds = || clock.weeks()[RECENT_WEEKS - 1..].iter().rev();
    let labels = kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>();
    let of_rows = |accounts: &[Uuid]| {
        let starts = bounds().map(|(_, start)| to_timestamp(*start));
        let arguments = [
            Argument::new(request.tenant),
            Argument::new(labels.clone()),
            Argument::new(accounts.to_vec()),
            Argument::new(starts.collect::<Result<Vec<_>, _>>()?),
            Argument::new(to_timestamp(request.known_until)?),
        ];
        let planning = Planning::of_rows(accounts.len());
        stream_weeks(planning, include_str!("sql/weeks_of_rows.sql"), &arguments)
    };
    if request.known_until < clock.weeks()[RECENT_WEEKS - 1].1 {
        // A day is cut.
        return of_rows(accounts);
    }
    let days = bounds().map(|(first, _)| day(first.saturating_mul(DAY)));
    let arguments = [
        Argument::new(request.tenant),
        Argument::new(labels.clone()),
        Argument::new(accounts.to_vec()),
        Argument::new(days.collect::<Vec<_>>()),
        Argument::new(zone.to_owned()),
    ];
    let planning = Planning::of_rows(accounts.len());
    let mut weeks = stream_weeks(planning, include_str!("sql/weeks_of_days.sql"), &arguments)?;
    let foreign = weeks.iter().filter(|it| it.is_foreign);
    let foreign = foreign.map(|it| it.account).collect::<HashSet<_>>();
    if !foreign.is_empty() {
        weeks.retain(|it| !foreign.contains(&it.account));
        weeks.extend(of_rows(&foreign.into_iter().collect::<Vec<_>>())?);
    }
    Ok(weeks)
}

fn stream_weeks(
    planning: Planning,
    query: &'static str,
    arguments: &[Argument],
) -> Result<Vec<WeekSum>, Fault> {
    let kinds = kinds_by_oid()?;
    let mut weeks = Vec::new();
    stream(planning, query, arguments, &mut |slot| {
        let kind = slot.value(1).and_then(|oid| kinds.get(&oid).copied());
        // SAFETY: the query gives a numeric.
        let sum = slot
            .datum(3)
            .and_then(|datum| unsafe { read_quantity(datum) });
        let week = slot.value::<i32>(2).and_then(|it| usize::try_from(it).ok());
        let is_foreign = slot.value::<bool>(4) == Some(true);
        let (Some(account), Some(kind), Some(sum), Some(week)) = (slot.uuid(0), kind, sum, week)
        else {
            return;
        };
        // Counted from 1, the earliest first; what lies outside is only asked for its zone.
        let week = WEEKS
            .checked_sub(week)
            .filter(|it| (RECENT_WEEKS..WEEKS).contains(it));
        if week.is_some() || is_foreign {
            weeks.push(WeekSum {
                account,
                kind,
                week: week.unwrap_or(WEEKS),
                sum,
                is_foreign,
            });
        }
    })?;
    Ok(weeks)
}
