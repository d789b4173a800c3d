//! Owns a pass of a playbook with a timetable: which moment it keeps and up to which account it has come, in the transaction
//! that runs it for them, so that no moment is kept twice.

use super::runs::match_of;
use super::slice::{PassStep, read_slice};
use super::timetable::{due_moment, is_lost, next_moment, utc_text};
use crate::health::{self, Moment, PgZone};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::playbooks::definition::Cron;
use crate::playbooks::matching::meeting_when;
use crate::playbooks::playbook::Playbook;
use crate::playbooks::running::run_matches;
use crate::playbooks::standing::Standing;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use serde_json::json;
use std::rc::Rc;

/// How far a playbook has come with its timetable.
#[derive(Debug, Default)]
struct Progress {
    /// The moment to wait for.
    next: Option<Moment>,
    /// The time zone that it is of.
    zone: String,
    /// The moment that it is at.
    moment: Option<Moment>,
    /// The last account of that moment it has come to.
    up_to: Option<Uuid>,
}

/// A playbook begins to wait: of moments before now it knows nothing.
pub fn begin(playbook: &Playbook, cron: &Cron) -> Result<(), Fault> {
    let zone = PgZone::of_tenant(playbook.tenant_id)?;
    Progress::from_now(cron, &zone).write(playbook)
}

/// Makes the next step: for at most so many accounts of the moment that it is at.
pub fn run_step(playbook: &Rc<Playbook>, cron: &Cron, most: i64) -> Result<PassStep, Fault> {
    let zone = PgZone::of_tenant(playbook.tenant_id)?;
    let now = health::now();
    let mut progress = match Progress::read(playbook)? {
        Some(known) if known.zone == zone.name() => known,
        known => Progress {
            moment: known.as_ref().and_then(|it| it.moment),
            up_to: known.and_then(|it| it.up_to),
            ..Progress::from_now(cron, &zone)
        },
    };
    progress.moment = progress.moment.filter(|it| !is_lost(*it, now));
    if progress.moment.is_none() {
        progress.choose_moment(cron, &zone, now);
    }
    if let Some(moment) = progress.moment {
        let slice = read_slice(playbook.tenant_id, progress.up_to, most)?;
        run_for(playbook, cron, moment, &slice)?;
        progress.up_to = slice.last().copied();
        if i64::try_from(slice.len()).is_ok_and(|found| found < most) {
            progress.moment = None;
            progress.up_to = None;
        }
    }
    progress.write(playbook)?;
    let has_more = progress.moment.is_some() || progress.next.is_some_and(|next| next <= now);
    Ok(match has_more {
        true => PassStep::More(None),
        false => PassStep::Done,
    })
}

fn run_for(
    playbook: &Rc<Playbook>,
    cron: &Cron,
    moment: Moment,
    accounts: &[Uuid],
) -> Result<(), Fault> {
    let at = utc_text(moment);
    let matches = accounts.iter().map(|account| {
        let standing = Standing {
            account_id: *account,
            subject: String::new(),
            values: json!({ "cron": cron.as_written(), "scheduled_for": at }),
            stale: false,
            uncertain: false,
        };
        match_of(playbook, standing)
    });
    run_matches(meeting_when(matches.collect())?).map(drop)
}

impl Progress {
    fn from_now(cron: &Cron, zone: &PgZone) -> Self {
        Self {
            next: next_moment(cron, zone, health::now()),
            zone: zone.name().to_owned(),
            moment: None,
            up_to: None,
        }
    }

    /// Turns to the moment that has come, where one has, and waits for the one after it.
    fn choose_moment(&mut self, cron: &Cron, zone: &PgZone, now: Moment) {
        let Some(next) = self.next.filter(|next| *next <= now) else {
            return;
        };
        self.up_to = None;
        self.moment = due_moment(cron, zone, next, now);
        self.next = next_moment(cron, zone, self.moment.unwrap_or(now));
    }

    fn read(playbook: &Playbook) -> Result<Option<Self>, Fault> {
        let known = sql::first(
            "select next_at, zone, moment, up_to from cs.playbook_passes where tenant_id = $1 and playbook_id = $2",
            &[playbook.tenant_id.into(), playbook.id.into()],
            |row| {
                let at = |column| {
                    let at = row.maybe::<TimestampWithTimeZone>(column)?;
                    Ok::<_, Fault>(at.map(TimestampWithTimeZone::into_inner))
                };
                Ok(Self {
                    next: at("next_at")?,
                    zone: row.maybe("zone")?.unwrap_or_default(),
                    moment: at("moment")?,
                    up_to: row.maybe("up_to")?,
                })
            },
        )?;
        Ok(known)
    }

    fn write(&self, playbook: &Playbook) -> Result<(), Fault> {
        let at = |moment: Option<Moment>| moment.map(health::to_timestamp).transpose();
        sql::run(
            include_str!("sql/note_moment.sql"),
            &[
                playbook.tenant_id.into(),
                playbook.id.into(),
                at(self.next)?.into(),
                self.zone.as_str().into(),
                at(self.moment)?.into(),
                self.up_to.into(),
            ],
        )
    }
}
