//! Owns what writing scores would do, account by account: its current row is read and its next one decided.

use super::next_row::{ComputedScore, NextRow, RowContext, decide_next_row};
use super::score_row::{AccountState, CurrentScore, ScoreSource, read_label};
use super::scored_account::ScoredAccount;
use crate::health::moment::to_timestamp;
use crate::health::score::band::RiskLevel;
use crate::health::score::clock::Moment;
use crate::health::score::overall::Confidence;
use crate::pg::fault::Fault;
use crate::pg::planned::{self, Planning};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use std::collections::HashMap;

/// What next rows are decided for.
pub struct PlanRequest<'a> {
    /// The tenant.
    pub tenant: Uuid,
    /// The moment that scores were computed for.
    pub as_of: Moment,
    /// What the decision about each account depends on.
    pub context: &'a dyn Fn(Uuid, Option<&CurrentScore>) -> RowContext,
}

/// An account with its current row and what happens to it.
pub struct PlannedRow<'a> {
    /// The account and its score.
    pub scored: &'a ScoredAccount,
    /// Its current row.
    pub current: Option<CurrentScore>,
    /// What happens to it.
    pub next: NextRow,
}

/// What writing would do, in the order given.
pub fn plan_rows<'a>(
    request: &PlanRequest<'_>,
    scored: impl IntoIterator<Item = &'a ScoredAccount>,
) -> Result<Vec<PlannedRow<'a>>, Fault> {
    let scored = scored.into_iter().collect::<Vec<_>>();
    let accounts = scored.iter().map(|it| it.account).collect::<Vec<_>>();
    let mut states = read_account_states(request, &accounts)?;
    let plan = |scored: &'a ScoredAccount| {
        let state = states.remove(&scored.account).unwrap_or_default();
        let context = (request.context)(scored.account, state.current.as_ref());
        let next = decide_next_row(&state, &computed_score(scored), &context);
        PlannedRow {
            scored,
            current: state.current,
            next,
        }
    };
    Ok(scored.into_iter().map(plan).collect())
}

fn computed_score(scored: &ScoredAccount) -> ComputedScore {
    ComputedScore {
        overall: scored.overall,
        raw: scored.score.raw,
        components: scored.score.components.each_ref().map(|it| it.score),
        confidence: scored.score.confidence,
        is_stale: scored.score.is_stale,
    }
}

fn read_account_states(
    request: &PlanRequest<'_>,
    accounts: &[Uuid],
) -> Result<HashMap<Uuid, AccountState>, Fault> {
    // Writing, so that it sees what was committed before the lock was taken.
    let states = planned::write(
        Planning::of_rows(accounts.len()),
        include_str!("sql/account_states.sql"),
        &[
            request.tenant.into(),
            accounts.to_vec().into(),
            to_timestamp(request.as_of)?.into(),
        ],
        |row| {
            let state = AccountState {
                is_churned: row.need("is_churned")?,
                current: read_current_score(row)?,
                override_score: row.maybe("override_score")?,
            };
            Ok((row.need("account_id")?, state))
        },
    )?;
    Ok(states.into_iter().collect())
}

fn read_current_score(row: &sql::Row<'_>) -> Result<Option<CurrentScore>, Fault> {
    let Some(overall) = row.maybe("overall_score")? else {
        return Ok(None);
    };
    let level = row.need::<String>("risk_level")?;
    let confidence = row.maybe::<String>("confidence")?;
    let confidence = confidence.map(|it| read_label("confidence", &it, Confidence::from_label));
    let source = row.need::<String>("source")?;
    Ok(Some(CurrentScore {
        overall,
        raw: row.maybe("raw_score")?,
        components: [
            row.maybe("usage_score")?,
            row.maybe("engagement_score")?,
            row.maybe("support_score")?,
            row.maybe("adoption_score")?,
        ],
        level: read_label("risk_level", &level, RiskLevel::from_label)?,
        confidence: confidence.transpose()?,
        is_stale: row.need("stale_feed")?,
        version: row.maybe("model_version")?,
        source: read_label("source", &source, ScoreSource::from_label)?,
        created_at: row
            .need::<TimestampWithTimeZone>("created_at")?
            .into_inner(),
    }))
}
