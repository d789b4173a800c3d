//! Owns writing scores for many accounts at once. Those that may change are locked late, so that a long computation
//! holds up nobody, and looked at again once they are.

use super::compute::Judged;
use super::next_row::{Circumstance, Current, Found, Next, Standing, next};
use super::supersede::Engine;
use crate::health::moment::moment;
use crate::health::score::clock::Moment;
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// What to write for.
pub struct Round<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// The moment scores were computed for.
    pub as_of: Moment,
    /// Written as created_at; `None` is the present.
    pub created_at: Option<Moment>,
    /// The version of the model in force.
    pub version: i32,
    /// Whether playbooks look at what is written.
    pub fires: bool,
    /// Whether accounts that somebody else is writing are waited for; else they are left out.
    pub waits: bool,
    /// Under what circumstances each account is judged.
    pub circumstance: &'a dyn Fn(Uuid, Option<&Current>) -> Circumstance,
}

struct Due<'a> {
    judged: &'a Judged,
    current: Option<Current>,
    next: Next,
}

/// What became of a round.
#[derive(Default)]
pub struct Written {
    /// Rows that were added.
    pub added: usize,
    /// Accounts left out, because somebody else is writing them.
    pub held: Vec<Uuid>,
    /// Accounts that somebody wrote since the round began: its evidence may be older than theirs.
    pub overtaken: Vec<Uuid>,
}

/// Writes what has changed.
pub fn write(round: &Round<'_>, judged: &[Judged]) -> Result<Written, Fault> {
    let candidates = due(round, judged.iter())?;
    if candidates.is_empty() {
        return Ok(Written::default());
    }
    let locked = lock(round, &candidates)?;
    let (free, held): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .map(|it| it.judged)
        .partition(|it| locked.contains(&it.account));
    let due = due(round, free.into_iter())?;
    let ending = due.iter().filter(|it| it.current.is_some());
    let ending = ending.map(|it| it.judged.account).collect::<Vec<_>>();
    sql::run(
        include_str!("sql/close.sql"),
        &[round.tenant.into(), ending.into()],
    )?;
    let is_later = |it: &&Due<'_>| {
        let current = it.current.as_ref();
        round.created_at.is_none() && current.is_some_and(|it| it.created_at > round.as_of)
    };
    let overtaken = due.iter().filter(is_later);
    Ok(Written {
        added: relevel(round, &due)? + add(round, &due)?,
        held: held.into_iter().map(|it| it.account).collect(),
        overtaken: overtaken.map(|it| it.judged.account).collect(),
    })
}

/// Locks the accounts until the transaction ends; returns which ones it got.
fn lock(round: &Round<'_>, due: &[Due<'_>]) -> Result<HashSet<Uuid>, Fault> {
    let statement = match round.waits {
        true => include_str!("sql/lock.sql"),
        false => include_str!("sql/lock_free.sql"),
    };
    let ids = due.iter().map(|it| it.judged.account).collect::<Vec<_>>();
    let locked = sql::write(statement, &[round.tenant.into(), ids.into()], |row| {
        row.need::<Uuid>("id")
    })?;
    Ok(locked.into_iter().collect())
}

/// Scores that stand are copied into their new band.
fn relevel(round: &Round<'_>, due: &[Due<'_>]) -> Result<usize, Fault> {
    let (accounts, levels): (Vec<_>, Vec<_>) = due
        .iter()
        .filter_map(|it| match &it.next {
            Next::Relevel(level) => Some((it.judged.account, level.label())),
            _ => None,
        })
        .unzip();
    let count = accounts.len();
    if count > 0 {
        let _engine = Engine::takes_over(round.fires);
        sql::run(
            include_str!("sql/relevel.sql"),
            &[round.tenant.into(), accounts.into(), levels.into()],
        )?;
    }
    Ok(count)
}

/// The current row of an account and what would come next.
pub type Outlook = (Option<Current>, Next);

/// What writing would do, account by account in the order given.
pub fn outlook(round: &Round<'_>, judged: &[&Judged]) -> Result<Vec<Outlook>, Fault> {
    let all = judged.iter().map(|it| it.account).collect::<Vec<_>>();
    let mut standings = standings(round, &all)?;
    let look = |judged: &&Judged| {
        let standing = standings.remove(&judged.account).unwrap_or_default();
        let circumstance = (round.circumstance)(judged.account, standing.current.as_ref());
        let next = next(&standing, &found(judged), &circumstance);
        (standing.current, next)
    };
    Ok(judged.iter().map(look).collect())
}

/// Of all that were judged, those for which something is to be done.
fn due<'a>(
    round: &Round<'_>,
    judged: impl Iterator<Item = &'a Judged>,
) -> Result<Vec<Due<'a>>, Fault> {
    let judged = judged.collect::<Vec<_>>();
    let outlook = outlook(round, &judged)?;
    let all = judged.into_iter().zip(outlook);
    Ok(all
        .filter(|(_, (_, next))| *next != Next::Stay)
        .map(|(judged, (current, next))| Due {
            judged,
            current,
            next,
        })
        .collect())
}

fn found(judged: &Judged) -> Found {
    Found {
        overall: judged.overall,
        raw: judged.score.raw,
        components: judged.score.components.each_ref().map(|it| it.score),
        confidence: judged.score.confidence.label(),
        is_stale: judged.score.is_stale,
    }
}

fn standings(round: &Round<'_>, ids: &[Uuid]) -> Result<HashMap<Uuid, Standing>, Fault> {
    // Writing, so that it sees what was committed before the lock was had.
    let rows = sql::write(
        include_str!("sql/standing.sql"),
        &[
            round.tenant.into(),
            ids.to_vec().into(),
            moment(round.as_of)?.into(),
        ],
        |row| {
            let current = match row.maybe::<i32>("overall_score")? {
                None => None,
                Some(overall) => Some(Current {
                    overall,
                    raw: row.maybe("raw_score")?,
                    components: [
                        row.maybe("usage_score")?,
                        row.maybe("engagement_score")?,
                        row.maybe("support_score")?,
                        row.maybe("adoption_score")?,
                    ],
                    level: row.need("risk_level")?,
                    confidence: row.maybe("confidence")?,
                    is_stale: row.need("stale_feed")?,
                    version: row.maybe("model_version")?,
                    source: row.need("source")?,
                    created_at: row
                        .need::<TimestampWithTimeZone>("created_at")?
                        .into_inner(),
                }),
            };
            let standing = Standing {
                is_churned: row.need("is_churned")?,
                current,
                overridden: row.maybe("overridden")?,
            };
            Ok((row.need("account_id")?, standing))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// One row of health_scores, beside the account.
#[derive(Default)]
struct Columns {
    accounts: Vec<Uuid>,
    previous_at: Vec<Option<TimestampWithTimeZone>>,
    previous: Vec<Option<i32>>,
    overall: Vec<i32>,
    raw: Vec<Option<i32>>,
    components: [Vec<Option<i32>>; 4],
    level: Vec<&'static str>,
    version: Vec<i32>,
    coverage: Vec<f64>,
    confidence: Vec<&'static str>,
    source: Vec<&'static str>,
    cause: Vec<&'static str>,
    is_stale: Vec<bool>,
    inputs: Vec<String>,
}

impl Columns {
    fn push(&mut self, round: &Round<'_>, due: &Due<'_>) -> Result<(), Fault> {
        let Next::Row {
            overall,
            level,
            source,
            cause,
        } = &due.next
        else {
            return Ok(());
        };
        let (judged, current) = (due.judged, due.current.as_ref());
        self.accounts.push(judged.account);
        self.previous_at
            .push(current.map(|it| moment(it.created_at)).transpose()?);
        self.previous.push(current.map(|it| it.overall));
        self.overall.push(*overall);
        self.raw.push(judged.score.raw);
        for (column, component) in self.components.iter_mut().zip(&judged.score.components) {
            column.push(component.score);
        }
        self.level.push(level.label());
        self.version.push(round.version);
        self.coverage.push(judged.score.coverage);
        self.confidence.push(judged.score.confidence.label());
        self.source.push(source);
        self.cause.push(cause);
        self.is_stale.push(judged.score.is_stale);
        self.inputs.push(inputs(judged).to_string());
        Ok(())
    }
}

fn add(round: &Round<'_>, due: &[Due<'_>]) -> Result<usize, Fault> {
    let mut columns = Columns::default();
    due.iter().try_for_each(|it| columns.push(round, it))?;
    let count = columns.accounts.len();
    if count == 0 {
        return Ok(0);
    }
    let [usage, engagement, support, adoption] = columns.components;
    let _engine = Engine::takes_over(round.fires);
    sql::run(
        include_str!("sql/add.sql"),
        &[
            round.tenant.into(),
            round.created_at.map(moment).transpose()?.into(),
            columns.accounts.into(),
            columns.previous_at.into(),
            columns.previous.into(),
            columns.overall.into(),
            columns.raw.into(),
            usage.into(),
            engagement.into(),
            support.into(),
            adoption.into(),
            columns.level.into(),
            columns.version.into(),
            columns.coverage.into(),
            columns.confidence.into(),
            columns.source.into(),
            columns.cause.into(),
            columns.is_stale.into(),
            columns.inputs.into(),
        ],
    )?;
    Ok(count)
}

/// What `health_scores.inputs` keeps: the score of each part, to a tenth, and the cap.
fn inputs(judged: &Judged) -> Value {
    let mut inputs = Map::new();
    for component in &judged.score.components {
        let parts = component.parts.iter();
        let scores = parts
            .filter_map(|part| Some((part.name.to_owned(), tenth(part.score?))))
            .collect::<Map<_, _>>();
        if !scores.is_empty() {
            inputs.insert(component.name.to_owned(), scores.into());
        }
    }
    if let Some((most, reason)) = &judged.cap {
        inputs.insert("cap".to_owned(), json!({ "max": most, "reason": reason }));
    }
    inputs.into()
}

fn tenth(score: f64) -> Value {
    json!((score * 10.0).round() / 10.0)
}
