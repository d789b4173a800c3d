//! Owns what the rows of a statement say has happened, and which kinds of event that can be.

use crate::pg::changed_columns;
use crate::pg::fault::Fault;
use crate::pg::sql::types::INTS;
use crate::pg::sql::{Kept, Row};
use crate::pg::transition_tables;
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange, ScoreChange, ShownScore, StageChange};
use crate::playbooks::playbook::Playbook;
use pgrx::spi::SpiClient;
use pgrx::{JsonB, PgTrigger, Uuid};
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

// One per table, since the plans know the columns of its transition tables.
thread_local! {
    static SCORES: Kept = const { Kept::new(include_str!("../sql/score_events.sql"), &[]) };
    static PEAKS: Kept = const { Kept::new(include_str!("../sql/score_peaks.sql"), &[INTS]) };
    static STAGES: Kept = const { Kept::new(include_str!("../sql/stage_events.sql"), &[]) };
    static ACCOUNTS: Kept = const { Kept::new(include_str!("../sql/account_events.sql"), &[]) };
}

/// The table that events come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// journey_history.
    Stages,
    /// health_scores.
    Scores,
    /// accounts.
    Accounts,
}

/// The columns of accounts that a playbook can wait for.
const WATCHED_COLUMNS: [&str; 6] = [
    "name",
    "external_id",
    "parent_id",
    "csm_id",
    "status",
    "crm_attributes",
];

impl Source {
    /// The table that fired a trigger.
    pub fn of_trigger(trigger: &PgTrigger<'_>) -> Result<Self, Fault> {
        match trigger.table_name().as_deref() {
            Ok("journey_history") => Ok(Self::Stages),
            Ok("health_scores") => Ok(Self::Scores),
            Ok("accounts") => Ok(Self::Accounts),
            _ => Err(Fault::internal(
                "this trigger is for journey_history, health_scores and accounts only",
            )),
        }
    }

    /// The kinds of event that come from this table.
    pub const fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Stages => &["stage_enter", "stage_exit"],
            Self::Scores => &[
                "health_drop",
                "health_drop_by",
                "risk_level_change",
                "component_below",
            ],
            Self::Accounts => &["attribute_change"],
        }
    }

    /// Whether the statement can have changed anything that a playbook waits for.
    pub fn may_concern_playbooks(self, trigger: &PgTrigger<'_>) -> Result<bool, Fault> {
        match self {
            Self::Stages | Self::Scores => Ok(true),
            Self::Accounts => changed_columns::changed(trigger, &WATCHED_COLUMNS),
        }
    }

    /// The events that the rows are, as far as these playbooks look.
    pub fn read_events(
        self,
        trigger: &PgTrigger<'_>,
        client: &mut SpiClient<'_>,
        playbooks: &[Rc<Playbook>],
    ) -> Result<Vec<Rc<Event>>, Fault> {
        let peaks = match self {
            Self::Scores => read_peaks(trigger, client, playbooks)?,
            Self::Stages | Self::Accounts => HashMap::new(),
        };
        let (query, change): (_, &dyn Fn(&Row<'_>) -> Result<EventChange, Fault>) = match self {
            Self::Stages => (&STAGES, &stage_change),
            Self::Scores => (&SCORES, &score_change),
            Self::Accounts => (&ACCOUNTS, &attribute_change),
        };
        let read = |row: &Row<'_>| {
            let mut event = Event {
                id: row.need("id")?,
                tenant_id: row.need("tenant_id")?,
                account_id: row.need("account_id")?,
                change: change(row)?,
            };
            if let EventChange::Score(change) = &mut event.change {
                change.peaks = peaks.get(&event.id).cloned().unwrap_or_default();
            }
            Ok(Rc::new(event))
        };
        query.with(|it| transition_tables::write(trigger, client, it, &[], read))
    }
}

/// By the id of the new score: the highest score of so many days before it, for every number of days that is asked for.
fn read_peaks(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    playbooks: &[Rc<Playbook>],
) -> Result<HashMap<Uuid, Vec<(i32, i32)>>, Fault> {
    let days = playbooks.iter().filter_map(|it| match it.trigger.event {
        AwaitedEvent::HealthDropBy { days, .. } => Some(days),
        _ => None,
    });
    let days = days.collect::<BTreeSet<_>>();
    let mut peaks = HashMap::<Uuid, Vec<(i32, i32)>>::new();
    if days.is_empty() {
        return Ok(peaks);
    }
    let days = Vec::from_iter(days);
    let rows = PEAKS.with(|it| {
        transition_tables::write(trigger, client, it, &[days.into()], |row| {
            Ok((row.need("id")?, (row.need("days")?, row.need("peak")?)))
        })
    })?;
    for (id, peak) in rows {
        peaks.entry(id).or_default().push(peak);
    }
    Ok(peaks)
}

fn stage_change(row: &Row<'_>) -> Result<EventChange, Fault> {
    let from = row.maybe::<String>("from_stage")?;
    let from_id = row.maybe::<String>("from_stage_id")?;
    Ok(EventChange::Stage(StageChange {
        from: from.zip(from_id),
        to: (row.need("to_stage")?, row.need("to_stage_id")?),
        to_is_end: row.need("to_is_end")?,
        is_undo: row.need("is_undo")?,
    }))
}

fn score_change(row: &Row<'_>) -> Result<EventChange, Fault> {
    let previous = match row.maybe::<i32>("previous_score")? {
        None => None,
        Some(overall) => Some(ShownScore {
            overall,
            risk: row.maybe("previous_risk_level")?.unwrap_or_default(),
            components: components(row, "previous_")?,
        }),
    };
    Ok(EventChange::Score(ScoreChange {
        previous,
        score: ShownScore {
            overall: row.need("overall_score")?,
            risk: row.need("risk_level")?,
            components: components(row, "")?,
        },
        peaks: Vec::new(),
        is_uncertain: row.need("low_confidence")?,
        is_stale: row.need("stale_feed")?,
    }))
}

fn components(row: &Row<'_>, prefix: &str) -> Result<[Option<i32>; 4], Fault> {
    let component = |name: &str| row.maybe(&format!("{prefix}{name}_score"));
    Ok([
        component("usage")?,
        component("engagement")?,
        component("support")?,
        component("adoption")?,
    ])
}

fn attribute_change(row: &Row<'_>) -> Result<EventChange, Fault> {
    let object = |column: &str| match row.need::<JsonB>(column)?.0 {
        Value::Object(object) => Ok::<Map<_, _>, Fault>(object),
        _ => Err(Fault::internal("a row of accounts is not an object")),
    };
    Ok(EventChange::Attributes {
        before: object("before")?,
        after: object("after")?,
    })
}
