//! Owns what is read of a tenant's feeds: how long they were silent, how regularly they came before, and what a Tenant Admin
//! said to it.

use super::tenant_zone::PgZone;
use crate::health::moment::to_timestamp;
use crate::health::score::calendar::Calendar;
use crate::health::score::clock::{DAY, Moment};
use crate::health::score::feeds::{Acceptance, Feed, Regularity, Silence};
use crate::health::score::metric::{KINDS, MetricKind};
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql::Row;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// How far back outages that have ended are looked for: further than any of the formulas looks.
const LOOK_BACK: Moment = 800 * DAY;
/// No feed is out whose last row is from before the year 1900.
const EARLIEST: Moment = -100 * 366 * DAY;

/// A feed, and the silence that holds where it has been out for so long.
#[derive(Debug, Clone, Default)]
pub struct ReadFeed {
    /// What the formulas need to know.
    pub feed: Feed,
    /// A silence that would be an outage, had it not been accepted.
    pub is_accepted: bool,
}

/// The feeds of a tenant at a moment, by kind.
pub fn read_feeds(
    tenant: Uuid,
    zone: &PgZone,
    quiet: &Calendar,
    as_of: Moment,
) -> Result<[ReadFeed; 4], Fault> {
    let silences = read_silences(tenant, as_of)?;
    let long = silences
        .iter()
        .copied()
        .filter(|(kind, it)| it.last > EARLIEST && it.is_long(*kind, quiet, zone, as_of))
        .collect::<Vec<_>>();
    let regularity = read_regularity(tenant, zone, quiet, &long)?;
    let acceptances = match long.is_empty() {
        true => Vec::new(),
        false => read_acceptances(tenant, as_of)?,
    };
    let mut feeds = <[ReadFeed; 4]>::default();
    for (kind, silence) in silences.iter().filter(|(_, it)| it.next.is_none()) {
        feeds[kind.index()].feed.last = Some(silence.last);
    }
    for ((kind, silence), regularity) in long.into_iter().zip(regularity) {
        if !regularity.is_regular() {
            continue;
        }
        let of_kind = acceptances.iter().filter(|(it, _)| *it == kind);
        let of_kind = of_kind.map(|(_, it)| *it).collect::<Vec<_>>();
        let is_accepted = silence.is_accepted(&of_kind, as_of);
        let read = &mut feeds[kind.index()];
        match (silence.next, is_accepted) {
            (None, true) => read.is_accepted = true,
            (None, false) => read.feed.is_out = true,
            (Some(_), true) => {}
            (Some(_), false) => read.feed.outages.push(silence),
        }
    }
    Ok(feeds)
}

fn kind_of(row: &Row<'_>) -> Result<MetricKind, Fault> {
    let label = row.need::<String>("metric_type")?;
    let known = KINDS.into_iter().find(|it| it.label() == label);
    known.ok_or_else(|| Fault::internal(format!("there is no type of usage \"{label}\"")))
}

fn moment_of(row: &Row<'_>, column: &str) -> Result<Option<Moment>, Fault> {
    let at = row.maybe::<TimestampWithTimeZone>(column)?;
    Ok(at.map(TimestampWithTimeZone::into_inner))
}

fn read_silences(tenant: Uuid, as_of: Moment) -> Result<Vec<(MetricKind, Silence)>, Fault> {
    planned::read(
        Planning::Once,
        include_str!("sql/silences.sql"),
        &[
            tenant.into(),
            to_timestamp(as_of)?.into(),
            to_timestamp(as_of - LOOK_BACK)?.into(),
        ],
        |row| {
            let silence = Silence {
                last: moment_of(row, "last")?.unwrap_or(Moment::MIN),
                next: moment_of(row, "next")?,
            };
            Ok((kind_of(row)?, silence))
        },
    )
}

fn read_acceptances(tenant: Uuid, as_of: Moment) -> Result<Vec<(MetricKind, Acceptance)>, Fault> {
    planned::read(
        Planning::Once,
        include_str!("sql/acceptances.sql"),
        &[tenant.into(), to_timestamp(as_of)?.into()],
        |row| {
            let acceptance = Acceptance {
                from: moment_of(row, "accepted_at")?.unwrap_or(Moment::MIN),
                until: moment_of(row, "withdrawn_at")?,
            };
            Ok((kind_of(row)?, acceptance))
        },
    )
}

/// How regularly rows came before each of these silences.
fn read_regularity(
    tenant: Uuid,
    zone: &PgZone,
    quiet: &Calendar,
    silences: &[(MetricKind, Silence)],
) -> Result<Vec<Regularity>, Fault> {
    if silences.is_empty() {
        return Ok(Vec::new());
    }
    let (mut numbers, mut begins, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    let (mut kinds, mut since, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (kind, silence)) in (0_i32..).zip(silences) {
        let days = silence.regular_days(quiet, zone);
        kinds.push(kind.label());
        since.push(to_timestamp(days.last().copied().unwrap_or(silence.last))?);
        last.push(to_timestamp(silence.last)?);
        let mut end = silence.last + 1;
        for begin in days {
            numbers.push(number);
            begins.push(to_timestamp(begin)?);
            ends.push(to_timestamp(end)?);
            end = begin;
        }
    }
    let all = (0_i32..).zip(silences).map(|(number, _)| number);
    let read = planned::read(
        Planning::Once,
        include_str!("sql/regularity.sql"),
        &[
            tenant.into(),
            all.collect::<Vec<_>>().into(),
            kinds.into(),
            since.into(),
            last.into(),
            numbers.into(),
            begins.into(),
            ends.into(),
        ],
        |row| {
            let regularity = Regularity {
                days: row.need("days")?,
                accounts: row.need("accounts")?,
            };
            Ok((row.need::<i32>("number")?, regularity))
        },
    )?;
    let read = read.into_iter().collect::<HashMap<_, _>>();
    let all = (0_i32..).zip(silences);
    Ok(all
        .map(|(number, _)| read.get(&number).copied().unwrap_or_default())
        .collect())
}
