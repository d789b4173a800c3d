//! Owns the purge of deliveries that are over: of a tenant, playbook by playbook in order of time, a few hundred rows at a time.
//! What still waits, is held or is under way is never purged, however old it is.
//!
//! The index leads by playbook and time of making. What was made before a moment and is over is gone once a walk has come past
//! it, so the next walk begins where the last one ended; what was late comes with a walk over everything, once a day.

use super::settings::{DEAD_LETTER_RETENTION_DAYS, WEBHOOK_RETENTION_DAYS};
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;

/// A kind of what is over, with a time of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It arrived.
    Completed,
    /// It was given up or cancelled.
    Failed,
}

impl Ended {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Completed, Self::Failed];

    /// The label of `cs.webhook_status`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }

    /// How many days it is kept; `None` is for ever.
    pub fn days(self) -> Option<i32> {
        let days = match self {
            Self::Completed => WEBHOOK_RETENTION_DAYS.get(),
            Self::Failed => DEAD_LETTER_RETENTION_DAYS.get(),
        };
        (days > 0).then_some(days)
    }
}

/// A walk over what a tenant has of one kind.
#[derive(Debug, Clone, Copy)]
pub struct PurgeWalk {
    pub tenant: Uuid,
    pub ended: Ended,
    /// Made from then on; what was made before has been walked over.
    pub since: TimestampWithTimeZone,
    /// Ended before then.
    pub until: TimestampWithTimeZone,
    place: PurgePlace,
}

/// How far a walk has come.
#[derive(Debug, Clone, Copy)]
enum PurgePlace {
    /// At the playbook after this one; `None` is the first.
    AfterPlaybook(Option<Uuid>),
    /// Within a playbook, past a delivery made then, with this id.
    Within(Uuid, TimestampWithTimeZone, Uuid),
}

impl PurgeWalk {
    /// From its beginning.
    pub const fn new(
        tenant: Uuid,
        ended: Ended,
        since: TimestampWithTimeZone,
        until: TimestampWithTimeZone,
    ) -> Self {
        let place = PurgePlace::AfterPlaybook(None);
        Self {
            tenant,
            ended,
            since,
            until,
            place,
        }
    }

    /// Walks over at most this many deliveries and purges those that are to go; `None` where it has come to its end.
    pub fn step(self, most: i64) -> Result<Option<Self>, Fault> {
        let _section = System::enter();
        let (playbook, at, id) = match self.place {
            PurgePlace::Within(playbook, at, id) => (playbook, at, id),
            PurgePlace::AfterPlaybook(last) => match next_playbook(self.tenant, last)? {
                None => return Ok(None),
                Some(next) => (next, self.since, Uuid::from_bytes([0; 16])),
            },
        };
        let arguments = [
            self.tenant.into(),
            playbook.into(),
            at.into(),
            id.into(),
            self.until.into(),
            self.ended.label().into(),
            most.into(),
        ];
        let last = sql::write_first(include_str!("sql/purge.sql"), &arguments, |row| {
            let seen = row.need::<i64>("seen")?;
            Ok((row.need("created_at")?, row.need("id")?, seen))
        })?;
        let place = match last {
            Some((at, id, seen)) if seen >= most => PurgePlace::Within(playbook, at, id),
            _ => PurgePlace::AfterPlaybook(Some(playbook)),
        };
        Ok(Some(Self { place, ..self }))
    }
}

fn next_playbook(tenant: Uuid, last: Option<Uuid>) -> Result<Option<Uuid>, Fault> {
    sql::first(
        "select playbook_id from cs.webhook_queue
         where tenant_id = $1 and playbook_id > coalesce($2, '00000000-0000-0000-0000-000000000000')
         order by playbook_id limit 1",
        &[tenant.into(), last.into()],
        |row| row.need("playbook_id"),
    )
}

/// The tenants that have deliveries.
pub fn find_tenants() -> Result<Vec<Uuid>, Fault> {
    let _section = System::enter();
    sql::read(
        "select id from cs.tenants where exists (select from cs.webhook_queue where tenant_id = tenants.id)",
        &[],
        |row| row.need("id"),
    )
}

/// The moment before which what is of this kind goes; `None` where it is kept for ever.
pub fn cutoff(ended: Ended) -> Result<Option<TimestampWithTimeZone>, Fault> {
    let Some(days) = ended.days() else {
        return Ok(None);
    };
    let cutoff = "select clock_timestamp() - $1 * interval '24 hours' as it";
    sql::one(cutoff, &[days.into()], |row| row.need("it")).map(Some)
}
