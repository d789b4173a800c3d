//! Owns computing: evidence gathered, judged and capped. Writes nothing.

use super::gather::{Gathered, gather};
use super::question::Question;
use super::{cap_facts, norms};
use crate::health::model::definition::Model;
use crate::health::model::versions;
use crate::health::score::band::{Level, risk_of};
use crate::health::score::clock::Moment;
use crate::health::score::overall::{Score, judge};
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use pgrx::Uuid;
use pgrx::datum::{AnyNumeric, TimestampWithTimeZone};
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// An account's score, with the cap that applied.
pub struct Judged {
    /// The account.
    pub account: Uuid,
    /// Since when it is known.
    pub known_since: Moment,
    /// Components and raw score.
    pub score: Score,
    /// The raw score, capped.
    pub overall: Option<i32>,
    /// Maximum and reason.
    pub cap: Option<(i32, String)>,
}

impl Judged {
    /// The band of the overall score.
    pub fn level(&self, model: &Model) -> Option<Level> {
        self.overall.map(|overall| risk_of(overall, model.bands))
    }
}

/// Judges the accounts asked for, and hands back what they were judged by.
pub fn compute(question: &Question<'_>, model: &Model) -> Result<(Vec<Judged>, Gathered), Fault> {
    let gathered = gather(question, model)?;
    let accounts = match model.caps.is_empty() {
        true => None,
        false => Some(cap_facts::accounts(
            question.tenant,
            question.only,
            question.as_of,
        )?),
    };
    let mut all = Vec::with_capacity(gathered.subjects.len());
    for subject in &gathered.subjects {
        let score = judge(
            &subject.evidence,
            subject.seats,
            question.as_of,
            &model.weights,
            &gathered.yardstick,
        );
        let account = accounts.as_ref().and_then(|known| known.get(&subject.id));
        let cap = account.and_then(|account| {
            let yardstick = &gathered.yardstick;
            cap_facts::first_cap(model, account, &score, &subject.evidence, yardstick)
        });
        let cap = cap.map(|cap| (cap.most, cap.reason.clone()));
        all.push(Judged {
            account: subject.id,
            known_since: subject.created_at,
            overall: score
                .raw
                .map(|raw| cap.as_ref().map_or(raw, |(most, _)| raw.min(*most))),
            score,
            cap,
        });
    }
    Ok((all, gathered))
}

/// Judges one account of a tenant, with rows known until a moment, and norms from an earlier look at more than `norm_rows`.
pub fn compute_one(
    (tenant, account): (Uuid, Uuid),
    (as_of, known_until): (Moment, Moment),
    norm_rows: i64,
    model: &Model,
) -> Result<(Judged, Gathered), Fault> {
    let question = Question {
        tenant,
        only: Some(&[account]),
        as_of,
        known_until,
        norm_rows,
    };
    let (judged, gathered) = compute(&question, model)?;
    let judged = judged.into_iter().next();
    Ok((judged.ok_or_else(|| Fault::no_such("account"))?, gathered))
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
    let (judged, level) = of_account(account_id, as_of.into_inner()).or_raise();
    let [usage, engagement, support, adoption] =
        judged.score.components.each_ref().map(|it| it.score);
    TableIterator::once((
        judged.overall,
        usage,
        engagement,
        support,
        adoption,
        numeric(judged.score.coverage).or_raise(),
        judged.score.confidence.label(),
        level.map(Level::label),
        judged.score.is_stale,
        judged.score.raw,
        judged
            .cap
            .filter(|(most, _)| judged.score.raw.is_some_and(|raw| raw > *most))
            .map(|(_, reason)| reason),
    ))
}

fn of_account(account: Uuid, as_of: Moment) -> Result<(Judged, Option<Level>), Fault> {
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let model = versions::in_force(tenant, None)?.model;
    let (judged, _) = compute_one((tenant, account), (as_of, as_of), norms::LARGE, &model)?;
    let level = judged.level(&model);
    Ok((judged, level))
}

/// A number with at most four decimals.
pub fn numeric(number: f64) -> Result<AnyNumeric, Fault> {
    let text = format!("{number:.4}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.'),
        false => text.as_str(),
    };
    text.parse::<AnyNumeric>()
        .map_err(|_| Fault::internal("a number cannot be written"))
}
