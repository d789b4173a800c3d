//! Owns the days that do not pass for usage, as a drawing of it shades them: quiet days of the model and outages of a feed.

use super::feed_reader::{ReadFeed, read_feeds};
use super::tenant_zone::PgZone;
use crate::health::model::versions;
use crate::health::moment::now;
use crate::health::score::calendar::Calendar;
use crate::health::score::metric::{KINDS, MetricKind};
use crate::health::score::zone::{LocalDay, Zone as _};
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use pgrx::Uuid;
use pgrx::datum::Date;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// A type of usage, or all of them; the first day and, where it has ended, the last; and why.
type Pause = (
    Option<&'static str>,
    LocalDay,
    Option<LocalDay>,
    &'static str,
);

#[pg_extern(stable)]
fn usage_pauses(
    account_id: Option<Uuid>,
    since: default!(Option<Date>, "null"),
) -> TableIterator<
    'static,
    (
        name!(metric_type, Option<&'static str>),
        name!(from_day, Date),
        name!(to_day, Option<Date>),
        name!(kind, &'static str),
    ),
> {
    let _pinned = Pinned::enter();
    let since = since.map_or(LocalDay::MIN, |it| i64::from(it.into_inner()));
    let account = account_id.ok_or_else(|| Fault::no_such("account"));
    let pauses = account.and_then(list_pauses).or_raise();
    let shown = pauses
        .into_iter()
        .filter(move |(_, _, last, _)| last.is_none_or(|last| last >= since));
    TableIterator::new(
        shown.map(|(kind, first, last, why)| (kind, to_date(first), last.map(to_date), why)),
    )
}

/// In the order of their days.
fn list_pauses(account: Uuid) -> Result<Vec<Pause>, Fault> {
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let model = versions::in_force(tenant, None)?.model;
    let zone = PgZone::of_tenant(tenant)?;
    let quiet = Calendar::without(&zone, model.quiet_days.iter().copied());
    let feeds = read_feeds(tenant, &zone, &quiet, now())?;
    let quiet = quiet.ranges();
    let mut pauses: Vec<Pause> = quiet
        .map(|(first, next)| (None, first, Some(next - 1), "quiet"))
        .collect();
    for (kind, read) in KINDS.into_iter().zip(&feeds) {
        pauses.extend(outages_of(kind, read, &zone));
    }
    pauses.sort_by_key(|(kind, first, ..)| (*first, *kind));
    Ok(pauses)
}

fn outages_of(kind: MetricKind, read: &ReadFeed, zone: &PgZone) -> Vec<Pause> {
    let ended = read.feed.outages.iter().filter_map(|it| it.days(zone));
    let ended = ended.map(|(first, next)| (Some(kind.label()), first, Some(next - 1), "outage"));
    let why = match (read.feed.is_out, read.is_accepted) {
        (true, _) => Some("outage"),
        (false, true) => Some("accepted"),
        (false, false) => None,
    };
    let open = why
        .zip(read.feed.last)
        .map(|(why, last)| (Some(kind.label()), zone.day_of(last) + 1, None, why));
    ended.chain(open).collect()
}

fn to_date(day: LocalDay) -> Date {
    Date::saturating_from_raw(i32::try_from(day).unwrap_or(i32::MAX))
}
