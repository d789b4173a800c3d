//! Owns scoring accounts: evidence is gathered, scored and capped. Writes nothing.

use super::account_fields::{find_cap, read_account_fields};
use super::evidence_reader::{GatheredEvidence, gather_evidence};
use super::evidence_request::EvidenceRequest;
use crate::health::model::definition::Model;
use crate::health::model::versions;
use crate::health::score::band::RiskLevel;
use crate::health::score::clock::Moment;
use crate::health::score::overall::{Score, compute_score};
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// An account's score, with the cap that applied.
pub struct ScoredAccount {
    /// The account.
    pub account: Uuid,
    /// Since when there has been such an account.
    pub created_at: Moment,
    /// Components and raw score.
    pub score: Score,
    /// The raw score, capped.
    pub overall: Option<i32>,
    /// Maximum and reason of the cap that its criteria meet, whether or not it holds the score.
    pub cap: Option<(i32, String)>,
}

impl ScoredAccount {
    /// The cap that holds the score.
    pub fn holding_cap(&self) -> Option<&(i32, String)> {
        let raw = self.score.raw?;
        self.cap.as_ref().filter(|(most, _)| raw > *most)
    }
}

/// Scores the accounts asked for, and returns what they were scored by.
pub fn score_accounts(
    request: &EvidenceRequest<'_>,
    model: &Model,
) -> Result<(Vec<ScoredAccount>, GatheredEvidence), Fault> {
    let gathered = gather_evidence(request, model)?;
    let fields = match model.caps.is_empty() {
        true => None,
        false => Some(read_account_fields(
            request.tenant,
            request.only,
            request.as_of,
        )?),
    };
    let yardstick = &gathered.yardstick;
    let mut all = Vec::with_capacity(gathered.accounts.len());
    for account in &gathered.accounts {
        let (evidence, weights) = (&account.evidence, &model.weights);
        let score = compute_score(evidence, account.seats, weights, yardstick);
        let fields = fields.as_ref().and_then(|known| known.get(&account.id));
        let cap = fields.and_then(|fields| find_cap(model, fields, &score, evidence, yardstick));
        all.push(ScoredAccount {
            account: account.id,
            created_at: account.created_at,
            overall: score
                .raw
                .map(|raw| cap.as_ref().map_or(raw, |(most, _)| raw.min(*most))),
            score,
            cap,
        });
    }
    Ok((all, gathered))
}

/// Scores the one account that is asked for. P0002 where there is no such account.
pub fn score_account(
    request: &EvidenceRequest<'_>,
    model: &Model,
) -> Result<(ScoredAccount, GatheredEvidence), Fault> {
    let (mut scored, gathered) = score_accounts(request, model)?;
    let scored = scored.pop().ok_or_else(|| Fault::no_such("account"))?;
    Ok((scored, gathered))
}

#[pg_extern(stable)]
fn compute_health(
    account_id: Uuid,
    as_of: default!(TimestampWithTimeZone, "now()"),
) -> TableIterator<
    'static,
    (
        name!(overall_score, Option<i32>),
        name!(usage_score, Option<i32>),
        name!(engagement_score, Option<i32>),
        name!(support_score, Option<i32>),
        name!(adoption_score, Option<i32>),
        name!(coverage, AnyNumeric),
        name!(confidence, &'static str),
        name!(risk_level, Option<&'static str>),
        name!(stale_feed, bool),
        name!(raw_score, Option<i32>),
        name!(cap_reason, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    let (scored, level) = score_visible_account(account_id, as_of.into_inner()).or_raise();
    let [usage, engagement, support, adoption] =
        scored.score.components.each_ref().map(|it| it.score);
    TableIterator::once((
        scored.overall,
        usage,
        engagement,
        support,
        adoption,
        to_numeric(scored.score.coverage).or_raise(),
        scored.score.confidence.label(),
        level.map(RiskLevel::label),
        scored.score.is_stale,
        scored.score.raw,
        scored.holding_cap().map(|(_, reason)| reason.clone()),
    ))
}

fn score_visible_account(
    account: Uuid,
    as_of: Moment,
) -> Result<(ScoredAccount, Option<RiskLevel>), Fault> {
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let model = versions::in_force(tenant, None)?.model;
    let only = [account];
    let (scored, _) = score_account(&EvidenceRequest::as_of(tenant, Some(&only), as_of), &model)?;
    let level = scored
        .overall
        .map(|overall| RiskLevel::of(overall, model.bands));
    Ok((scored, level))
}

/// A number with at most four decimals.
pub fn to_numeric(number: f64) -> Result<AnyNumeric, Fault> {
    let text = format!("{number:.4}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text.as_str(),
    };
    text.parse::<AnyNumeric>()
        .map_err(|_| Fault::internal("a number cannot be written"))
}
