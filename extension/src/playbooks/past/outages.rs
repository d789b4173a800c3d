//! Owns whether a kind of usage was out at a moment of the past: what looked like silence then may have been the sender's.

use super::tenant_history::TenantHistory;
use crate::health::engine::feed_reader::read_feeds;
use crate::health::{KINDS, Moment};
use crate::pg::fault::Fault;
use crate::playbooks::definition::AwaitedEvent;
use pgrx::Uuid;
use std::cell::RefCell;
use std::collections::HashMap;

/// The outages of a tenant's feed of one kind, looked up once for each moment.
pub struct Outages<'a> {
    tenant: Uuid,
    history: &'a TenantHistory,
    /// The number of the kind; `None` where what is waited for does not rest on one.
    kind: Option<usize>,
    known: RefCell<HashMap<Moment, bool>>,
}

impl<'a> Outages<'a> {
    /// Of the kind that an event rests on.
    pub fn of_event(tenant: Uuid, history: &'a TenantHistory, awaited: &AwaitedEvent) -> Self {
        let metric = match awaited {
            AwaitedEvent::UsageDecline { metric, .. }
            | AwaitedEvent::MetricAbsent { metric, .. } => Some(metric),
            _ => None,
        };
        let kind = metric.and_then(|it| KINDS.iter().position(|kind| kind.label() == it.as_str()));
        Self {
            tenant,
            history,
            kind,
            known: RefCell::default(),
        }
    }

    /// Whether the feed was out without a Tenant Admin having accepted that.
    pub fn is_out(&self, at: Moment) -> Result<bool, Fault> {
        let Some(kind) = self.kind else {
            return Ok(false);
        };
        if let Some(known) = self.known.borrow().get(&at) {
            return Ok(*known);
        }
        let zone = &self.history.settings(at).zone;
        let feeds = read_feeds(self.tenant, zone, &self.history.calendar(at), at)?;
        let is_out = feeds.get(kind).is_some_and(|it| it.feed.is_out);
        self.known.borrow_mut().insert(at, is_out);
        Ok(is_out)
    }
}
