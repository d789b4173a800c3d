//! Owns writing scores for many accounts at once. Those that may change are locked late, so that a long computation
//! blocks no one, and looked at again once they are.

use super::next_row::NextRow;
use super::plan_rows::{PlanRequest, PlannedRow, plan_rows};
use super::score_columns::ScoreColumns;
use super::scored_account::ScoredAccount;
use super::supersede::Engine;
use crate::health::score::clock::Moment;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql;
use pgrx::Uuid;
use std::collections::HashSet;

/// How scores are written.
pub struct WriteRequest<'a> {
    /// What next rows are decided for.
    pub plan: PlanRequest<'a>,
    /// Written as created_at; `None` is now.
    pub created_at: Option<Moment>,
    /// The version of the model in force.
    pub version: i32,
    /// Whether playbooks look at what is written.
    pub fires_playbooks: bool,
    /// Whether to wait for accounts that another transaction is writing; else they are left out.
    pub waits_for_locks: bool,
}

/// What was written and what was not.
#[derive(Default)]
pub struct WrittenScores {
    /// Rows that were added.
    pub added: usize,
    /// Accounts left out, because another transaction is writing them.
    pub held: Vec<Uuid>,
    /// Accounts written by another transaction since the scores were computed: its evidence may be newer.
    pub overtaken: Vec<Uuid>,
}

/// Writes what has changed.
pub fn write_scores(
    request: &WriteRequest<'_>,
    scored: &[ScoredAccount],
) -> Result<WrittenScores, Fault> {
    let candidates = plan_changes(request, scored)?;
    if candidates.is_empty() {
        return Ok(WrittenScores::default());
    }
    let locked = lock_accounts(request, &candidates)?;
    let (free, held): (Vec<_>, Vec<_>) = candidates
        .into_iter()
        .map(|it| it.scored)
        .partition(|it| locked.contains(&it.account));
    let changes = plan_changes(request, free)?;
    close_current_scores(request, &changes)?;
    let is_overtaken = |it: &&PlannedRow<'_>| {
        let current = it.current.as_ref();
        request.created_at.is_none() && current.is_some_and(|it| it.created_at > request.plan.as_of)
    };
    let overtaken = changes.iter().filter(is_overtaken);
    Ok(WrittenScores {
        added: reissue_scores(request, &changes)? + insert_scores(request, &changes)?,
        held: held.into_iter().map(|it| it.account).collect(),
        overtaken: overtaken.map(|it| it.scored.account).collect(),
    })
}

/// Of all that were scored, those for which there is something to do.
fn plan_changes<'a>(
    request: &WriteRequest<'_>,
    scored: impl IntoIterator<Item = &'a ScoredAccount>,
) -> Result<Vec<PlannedRow<'a>>, Fault> {
    let mut planned = plan_rows(&request.plan, scored)?;
    planned.retain(|it| it.next != NextRow::Unchanged);
    Ok(planned)
}

/// Locks the accounts until the transaction ends; returns those that it could lock.
fn lock_accounts(
    request: &WriteRequest<'_>,
    changes: &[PlannedRow<'_>],
) -> Result<HashSet<Uuid>, Fault> {
    let statement = match request.waits_for_locks {
        true => include_str!("sql/lock_accounts.sql"),
        false => include_str!("sql/lock_free_accounts.sql"),
    };
    let accounts = changes.iter().map(|it| it.scored.account);
    let accounts = accounts.collect::<Vec<_>>();
    let locked = planned::write(
        Planning::of_rows(accounts.len()),
        statement,
        &[request.plan.tenant.into(), accounts.into()],
        |row| row.need::<Uuid>("id"),
    )?;
    Ok(locked.into_iter().collect())
}

fn close_current_scores(
    request: &WriteRequest<'_>,
    changes: &[PlannedRow<'_>],
) -> Result<(), Fault> {
    let ending = changes.iter().filter(|it| it.current.is_some());
    let ending = ending.map(|it| it.scored.account).collect::<Vec<_>>();
    planned::run(
        Planning::of_rows(ending.len()),
        include_str!("sql/close_scores.sql"),
        &[request.plan.tenant.into(), ending.into()],
    )
}

/// Copies scores that stay the same into their new band; returns how many.
fn reissue_scores(request: &WriteRequest<'_>, changes: &[PlannedRow<'_>]) -> Result<usize, Fault> {
    let (accounts, levels): (Vec<_>, Vec<_>) = changes
        .iter()
        .filter_map(|it| match it.next {
            NextRow::Reissue(level) => Some((it.scored.account, level.label())),
            _ => None,
        })
        .unzip();
    let count = accounts.len();
    if count > 0 {
        let _engine = Engine::takes_over(request.fires_playbooks);
        sql::run(
            include_str!("sql/reissue_scores.sql"),
            &[request.plan.tenant.into(), accounts.into(), levels.into()],
        )?;
    }
    Ok(count)
}

/// Inserts new scores; returns how many.
fn insert_scores(request: &WriteRequest<'_>, changes: &[PlannedRow<'_>]) -> Result<usize, Fault> {
    let columns = ScoreColumns::of(changes)?;
    let count = columns.count();
    if count > 0 {
        let _engine = Engine::takes_over(request.fires_playbooks);
        columns.insert(request.plan.tenant, request.version, request.created_at)?;
    }
    Ok(count)
}
