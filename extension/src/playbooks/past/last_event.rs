//! Owns the last thing of its kind that happened to an account.

use super::candidates::find_last_scheduled;
use super::edges::{Edge, Scope, find_edges};
use super::tenant_history::TenantHistory;
use crate::health::{DAY, Moment};
use crate::pg::fault::Fault;
use crate::playbooks::definition::AwaitedEvent;
use pgrx::Uuid;

/// How far back it is looked for, in days: first the latest, which often suffices.
const SPANS: [i64; 3] = [8, 92, 366];
/// As rows of one account, scores, moves and changes are few: all of them can be looked at.
const ALL: [i64; 1] = [36_600];

/// The last event of its kind, and when the one before it was, as far as it was looked for.
pub struct LastEvent {
    pub edge: Edge,
    pub before: Option<Moment>,
}

/// The last event until a moment; `None` where there was none, as far back as history is looked at. Inside a system section.
pub fn find_last_event(
    tenant: Uuid,
    history: &TenantHistory,
    account: Uuid,
    awaited: &AwaitedEvent,
    until: Moment,
) -> Result<Option<LastEvent>, Fault> {
    let among = [account];
    for span in spans_of(awaited) {
        let scope = Scope {
            tenant,
            history,
            among: Some(&among),
            since: until.saturating_sub(span * DAY),
            until,
        };
        let mut edges = match awaited {
            AwaitedEvent::Schedule { cron } => find_last_scheduled(&scope, cron)?,
            _ => find_edges(&scope, awaited)?,
        };
        edges.sort_by_key(|it| it.moment.at);
        if let Some(edge) = edges.pop() {
            let before = edges.last().map(|it| it.moment.row_at);
            return Ok(Some(LastEvent { edge, before }));
        }
    }
    Ok(None)
}

const fn spans_of(awaited: &AwaitedEvent) -> &'static [i64] {
    match awaited {
        AwaitedEvent::UsageDecline { .. }
        | AwaitedEvent::MetricAbsent { .. }
        | AwaitedEvent::TicketSpike
        | AwaitedEvent::ContractEnding { .. }
        | AwaitedEvent::Schedule { .. } => &SPANS,
        _ => &ALL,
    }
}
