//! Owns matches that a gate held back which has opened since: a score of a feed that is back, an account no longer paused. They
//! are decided anew as long as what matched still holds.

use super::source::Source;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::sql::{self, Kept, Row};
use crate::pg::transition_tables;
use crate::playbooks::attributes;
use crate::playbooks::definition::AwaitedEvent;
use crate::playbooks::event::{Event, EventChange, ShownScore};
use crate::playbooks::playbook::{Wanted, read_playbooks};
use crate::playbooks::running::{HeldMatch, Match};
use pgrx::spi::SpiClient;
use pgrx::{JsonB, PgTrigger, Uuid};
use serde_json::{Map, Value};
use std::rc::Rc;

// One per table, since the plans know the columns of its transition tables.
thread_local! {
    static OF_SCORES: Kept = const { Kept::new(include_str!("../sql/open_of_scores.sql"), &[]) };
    static OF_ACCOUNTS: Kept = const { Kept::new(include_str!("../sql/open_of_accounts.sql"), &[]) };
}

/// A match that is held back, and how its account is now.
pub struct OpenMatch {
    execution_id: Uuid,
    wanted: Wanted,
    account_id: Uuid,
    event: Value,
    since: String,
    now: AccountNow,
}

/// How an account is, as far as what matched may hold no longer.
pub struct AccountNow {
    /// Its score.
    pub score: Option<ShownScore>,
    /// Whether it is still in the stage that it entered then.
    pub is_same_stay: bool,
    /// Its row, with keys as criteria call the fields.
    pub row: Map<String, Value>,
}

/// The open matches of the accounts in `new_rows`.
pub fn read_open(
    trigger: &PgTrigger<'_>,
    client: &mut SpiClient<'_>,
    source: Source,
) -> Result<Vec<OpenMatch>, Fault> {
    let query = match source {
        // A stage that is entered opens no gate.
        Source::Stages => return Ok(Vec::new()),
        Source::Scores => &OF_SCORES,
        Source::Accounts => &OF_ACCOUNTS,
    };
    let ids = query.with(|it| {
        transition_tables::write(trigger, client, it, &[], |row| {
            Ok((row.need::<Uuid>("tenant_id")?, row.need::<Uuid>("id")?))
        })
    })?;
    let (tenants, ids): (Vec<_>, Vec<_>) = ids.into_iter().unzip();
    match ids.is_empty() {
        true => Ok(Vec::new()),
        false => sql::write_on(
            client,
            include_str!("../sql/open_matches.sql"),
            &[tenants.into(), ids.into()],
            open_match,
        ),
    }
}

fn open_match(row: &Row<'_>) -> Result<OpenMatch, Fault> {
    let component = |name: &str| row.maybe(name);
    let score = match row.maybe::<i32>("overall_score")? {
        None => None,
        Some(overall) => Some(ShownScore {
            overall,
            risk: row.need("risk_level")?,
            components: [
                component("usage_score")?,
                component("engagement_score")?,
                component("support_score")?,
                component("adoption_score")?,
            ],
        }),
    };
    let Value::Object(account) = row.need::<JsonB>("account")?.0 else {
        return Err(Fault::internal("a row of accounts is not an object"));
    };
    Ok(OpenMatch {
        execution_id: row.need("execution_id")?,
        wanted: Wanted::of_row(row)?,
        account_id: row.need("account_id")?,
        event: row.need::<JsonB>("event")?.0,
        since: row.need("since")?,
        now: AccountNow {
            score,
            is_same_stay: row.need("is_same_stay")?,
            row: account,
        },
    })
}

/// Those of which what matched still holds, as matches that are decided anew; the others end. A new match of the same playbook
/// and account takes the place of an open one.
pub fn match_again(open: Vec<OpenMatch>, new: &[Match]) -> Result<Vec<Match>, Fault> {
    let mut again = Vec::new();
    let mut ended = Vec::new();
    for it in open {
        let is_same =
            |new: &&Match| new.playbook.id == it.wanted.id && new.event.account_id == it.account_id;
        if new.iter().any(|new| is_same(&new)) {
            continue;
        }
        let Some(playbook) = read_playbooks(&[it.wanted])?.pop() else {
            continue;
        };
        if !still_holds(&playbook.trigger.event, &it.event, &it.now) {
            ended.push((it.wanted.tenant_id, it.execution_id));
            continue;
        }
        let event = Event {
            id: event_id(&it.event).unwrap_or(it.execution_id),
            tenant_id: it.wanted.tenant_id,
            account_id: it.account_id,
            change: EventChange::Held(it.event),
        };
        again.push(Match {
            held: Some(HeldMatch { since: it.since }),
            ..Match::new(&playbook, &Rc::new(event))
        });
    }
    if !ended.is_empty() {
        let (tenants, ids): (Vec<_>, Vec<_>) = ended.into_iter().unzip();
        sql::write(
            include_str!("../sql/end_open.sql"),
            &[tenants.into(), ids.into()],
            |_| Ok(()),
        )?;
    }
    Ok(again)
}

fn event_id(event: &Value) -> Option<Uuid> {
    id::parse(event.get("event_id")?.as_str()?)
}

/// Whether a playbook still waits for what matched, and that is still so.
pub fn still_holds(awaited: &AwaitedEvent, event: &Value, now: &AccountNow) -> bool {
    if event.get("kind").and_then(Value::as_str) != Some(awaited.kind()) {
        return false;
    }
    let score = now.score.as_ref();
    match awaited {
        AwaitedEvent::HealthDrop { threshold } => score.is_some_and(|it| it.overall < *threshold),
        AwaitedEvent::HealthDropBy { points, .. } => {
            let highest = event.get("highest_score").and_then(Value::as_i64);
            highest.zip(score).is_some_and(|(highest, score)| {
                highest - i64::from(score.overall) >= i64::from(*points)
            })
        }
        AwaitedEvent::RiskLevelChange { to } => score.is_some_and(|it| it.risk == *to),
        AwaitedEvent::ComponentBelow {
            component,
            threshold,
        } => score
            .and_then(|it| it.component(component))
            .is_some_and(|it| it < *threshold),
        AwaitedEvent::StageEnter { .. } => now.is_same_stay,
        AwaitedEvent::AttributeChange { field, .. } => {
            event.get("to") == Some(&attributes::value_at(&now.row, field))
        }
        _ => false,
    }
}
