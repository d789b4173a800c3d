//! Owns time as it passes for a tenant at a moment: which days count, for the account and for each kind of usage.

use super::feed_reader::read_feeds;
use super::tenant_zone::PgZone;
use crate::health::model::definition::Model;
use crate::health::score::calendar::Calendar;
use crate::health::score::clock::{Clock, Moment};
use crate::health::score::feeds::{Feed, Silence};
use crate::health::score::metric::MetricKind;
use crate::health::score::yardstick::{Norms, Yardstick};
use crate::pg::fault::Fault;
use pgrx::Uuid;

/// A tenant's time zone, its feeds, and its clocks.
pub struct TenantTime {
    /// Its time zone.
    pub zone: PgZone,
    /// What is known of each feed.
    pub feeds: [Feed; 4],
    /// The clock of what is not about one kind.
    pub account_clock: Clock,
    /// A clock per kind: it stands still while the feed is out.
    pub clocks: [Clock; 4],
}

impl TenantTime {
    /// As of a moment, by a model's quiet days.
    pub fn read(tenant: Uuid, model: &Model, as_of: Moment) -> Result<Self, Fault> {
        let zone = PgZone::of_tenant(tenant)?;
        let quiet = Calendar::without(&zone, model.quiet_days.iter().copied());
        let read = read_feeds(tenant, &zone, &quiet, as_of)?;
        let feeds = read.map(|it| it.feed);
        let account_clock = Clock::new(&zone, quiet.clone(), as_of);
        let clock = |feed: &Feed| {
            if !feed.is_out && feed.outages.is_empty() {
                return account_clock.clone();
            }
            let outages = feed.outages.iter();
            let days = outages.filter_map(|it: &Silence| it.days(&zone));
            let calendar = Calendar::without(&zone, quiet.ranges().chain(days));
            Clock::new(&zone, calendar, feed.moment(as_of))
        };
        Ok(Self {
            clocks: feeds.each_ref().map(clock),
            account_clock,
            feeds,
            zone,
        })
    }

    /// What accounts are measured by, without norms.
    pub fn yardstick(&self, model: &Model) -> Yardstick {
        let tickets = &self.feeds[MetricKind::SupportTickets.index()];
        Yardstick {
            clocks: self.clocks.clone(),
            account_clock: self.account_clock.clone(),
            is_out: self.feeds.each_ref().map(|feed| feed.is_out),
            targets: model.targets,
            has_tickets: tickets.last.is_some(),
            norms: Norms::default(),
        }
    }
}
