//! Owns which kinds of event come by time, and how often each is looked for. Pure.

use crate::playbooks::definition::AwaitedEvent;

/// Looked for every minute.
pub const MINUTELY: [&str; 3] = ["stage_stuck", "milestone_overdue", "ticket_spike"];
/// Looked for once a day of the tenant.
pub const DAILY: [&str; 3] = ["usage_decline", "metric_absent", "contract_ending"];

/// How a kind of event comes by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// It is looked for every minute.
    Minutely,
    /// It is looked for once a day of the tenant.
    Daily,
    /// It has a timetable of its own.
    Timetable,
}

impl Rhythm {
    /// Of what a playbook waits for; `None` where that does not come by time.
    pub fn of(awaited: &AwaitedEvent) -> Option<Self> {
        let kind = awaited.kind();
        match awaited {
            AwaitedEvent::Schedule { .. } => Some(Self::Timetable),
            _ if MINUTELY.contains(&kind) => Some(Self::Minutely),
            _ if DAILY.contains(&kind) => Some(Self::Daily),
            _ => None,
        }
    }
}

/// Whether it is about a stay in a stage, which goes on where the move that ended it is undone.
pub const fn is_of_stay(awaited: &AwaitedEvent) -> bool {
    matches!(
        awaited,
        AwaitedEvent::StageStuck { .. } | AwaitedEvent::MilestoneOverdue { .. }
    )
}

/// Whether it adds up usage rows of each account, so that few accounts are looked at together.
pub const fn is_of_usage(awaited: &AwaitedEvent) -> bool {
    matches!(
        awaited,
        AwaitedEvent::UsageDecline { .. } | AwaitedEvent::MetricAbsent { .. }
    )
}
