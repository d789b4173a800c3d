//! Owns which feeds of a tenant are out now, as views and the log tell of them.

use super::feed_reader::{ReadFeed, read_feeds};
use super::tenant_zone::PgZone;
use crate::health::model::versions;
use crate::health::moment::{now, to_timestamp};
use crate::health::score::calendar::Calendar;
use crate::health::score::metric::{KINDS, MetricKind};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

#[pg_extern(stable)]
fn tenant_outages(
    tenant_id: Uuid,
) -> TableIterator<
    'static,
    (
        name!(metric_type, &'static str),
        name!(since, TimestampWithTimeZone),
        name!(is_accepted, bool),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(list_visible_outages(tenant_id).or_raise())
}

type Outage = (&'static str, TimestampWithTimeZone, bool);

/// None of a tenant that the caller does not see.
fn list_visible_outages(tenant: Uuid) -> Result<Vec<Outage>, Fault> {
    if !sql::exists("select from cs.tenants where id = $1", &[tenant.into()])? {
        return Ok(Vec::new());
    }
    let _section = System::enter();
    list_outages(tenant)
}

/// The outages that hold now. Inside a system section.
fn list_outages(tenant: Uuid) -> Result<Vec<Outage>, Fault> {
    let model = versions::in_force(tenant, None)?.model;
    let zone = PgZone::of_tenant(tenant)?;
    let quiet = Calendar::without(&zone, model.quiet_days.iter().copied());
    let feeds = read_feeds(tenant, &zone, &quiet, now())?;
    let outage = |(kind, read): (MetricKind, &ReadFeed)| {
        let holds = read.feed.is_out || read.is_accepted;
        let since = read.feed.last.filter(|_| holds)?;
        Some(to_timestamp(since).map(|since| (kind.label(), since, read.is_accepted)))
    };
    KINDS.into_iter().zip(&feeds).filter_map(outage).collect()
}

/// Tells of the outages that hold now in the server's log. Inside a system section.
pub fn log_outages(tenant: Uuid) -> Result<(), Fault> {
    for (kind, since, is_accepted) in list_outages(tenant)? {
        if !is_accepted {
            let since = since.to_iso_string();
            log!(
                "customer_success: tenant {tenant} has had no {kind} since {since}; scores are measured from then, no playbook fires"
            );
        }
    }
    Ok(())
}
