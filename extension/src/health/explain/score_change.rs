//! Owns why a score changed between two moments: the scores in between are computed, one difference at a time.

use super::sentences::describe_skips_since;
use crate::health::engine::evidence_request::EvidenceRequest;
use crate::health::engine::score_row::{ScoreSource, read_label};
use crate::health::engine::scored_account::{ScoredAccount, score_account};
use crate::health::model::definition::Model;
use crate::health::model::versions;
use crate::health::moment::to_timestamp;
use crate::health::score::clock::Moment;
use crate::identity::visible_account::require_visible_account;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

/// A step from the first score to the last.
struct ChangeStep {
    cause: &'static str,
    points: Option<i32>,
    score: Option<i32>,
    components: [Option<i32>; 4],
    meaning: String,
}

/// The score an account showed at a moment.
struct ShownScore {
    score: i32,
    source: ScoreSource,
}

#[pg_extern(stable)]
fn health_change(
    account_id: Uuid,
    since: TimestampWithTimeZone,
    until: default!(TimestampWithTimeZone, "now()"),
) -> TableIterator<
    'static,
    (
        name!(step, i32),
        name!(cause, &'static str),
        name!(points, Option<i32>),
        name!(score, Option<i32>),
        name!(usage_score, Option<i32>),
        name!(engagement_score, Option<i32>),
        name!(support_score, Option<i32>),
        name!(adoption_score, Option<i32>),
        name!(meaning, String),
    ),
> {
    let _pinned = Pinned::enter();
    let steps = explain_change(account_id, since.into_inner(), until.into_inner()).or_raise();
    TableIterator::new((0..).zip(steps).map(|(number, step)| {
        let [usage, engagement, support, adoption] = step.components;
        (
            number,
            step.cause,
            step.points,
            step.score,
            usage,
            engagement,
            support,
            adoption,
            step.meaning,
        )
    }))
}

fn explain_change(account: Uuid, since: Moment, until: Moment) -> Result<Vec<ChangeStep>, Fault> {
    if since >= until {
        return Err(Fault::invalid("since", "since must be before until"));
    }
    let tenant = require_visible_account(account)?;
    let _section = System::enter();
    let (before, after) = (
        versions::in_force(tenant, Some(since))?.model,
        versions::in_force(tenant, Some(until))?.model,
    );
    let only = [account];
    let score = |(as_of, known_until, norms_at), model: &Model| {
        let request = EvidenceRequest {
            tenant,
            only: Some(&only),
            as_of,
            known_until,
            norms_at,
        };
        score_account(&request, model)
    };
    let (start, _) = score((since, since, since), &before)?;
    let (aged, by_before) = score((until, since, since), &before)?;
    let (last, by_after) = score((until, until, until), &after)?;
    let skips = describe_skips_since(&by_before.yardstick, since);
    let other_skips = describe_skips_since(&by_after.yardstick, since);
    let states = [
        start,
        aged,
        score((until, until, since), &before)?.0,
        score((until, until, until), &before)?.0,
        last,
    ];
    let shown = [
        read_shown_score(tenant, account, since)?,
        read_shown_score(tenant, account, until)?,
    ];
    let other_skips = match other_skips == skips {
        true => String::new(),
        false => other_skips,
    };
    Ok(list_steps(&states, &shown, (&skips, &other_skips)))
}

fn read_shown_score(tenant: Uuid, account: Uuid, at: Moment) -> Result<Option<ShownScore>, Fault> {
    sql::first(
        include_str!("sql/shown_at.sql"),
        &[tenant.into(), account.into(), to_timestamp(at)?.into()],
        |row| {
            let source = row.need::<String>("source")?;
            Ok(ShownScore {
                score: row.need("overall_score")?,
                source: read_label("source", &source, ScoreSource::from_label)?,
            })
        },
    )
}

/// What the score would be if each difference came after the one before; the last one is what it is.
fn list_steps(
    states: &[ScoredAccount; 5],
    shown: &[Option<ShownScore>; 2],
    (skips, skips_of_model): (&str, &str),
) -> Vec<ChangeStep> {
    let [start, .., last] = states;
    let first = shown[0].as_ref().map(|it| it.score).or(start.overall);
    let mut steps = vec![ChangeStep {
        cause: "start",
        points: None,
        score: first,
        components: component_scores(start),
        meaning: "the score shown at the start".to_owned(),
    }];
    let mut running = first;
    for (cause, points, state, meaning) in list_differences(states, shown) {
        running = running.zip(points).map(|(score, points)| score + points);
        steps.push(ChangeStep {
            cause,
            points,
            score: running,
            components: component_scores(state),
            meaning: match cause {
                "left_window" => format!("{meaning}{skips}"),
                "model" => format!("{meaning}{skips_of_model}"),
                _ => meaning.to_owned(),
            },
        });
    }
    let end = shown[1].as_ref().map(|it| it.score).or(last.overall);
    steps.push(ChangeStep {
        cause: "end",
        points: subtract(first, end),
        score: end,
        components: component_scores(last),
        meaning: "the score shown at the end; points is the whole change".to_owned(),
    });
    steps
}

/// What came between two states: cause, points, the state it led to, and what the cause means.
type ScoreDifference<'a> = (&'static str, Option<i32>, &'a ScoredAccount, &'static str);

fn list_differences<'a>(
    states: &'a [ScoredAccount; 5],
    shown: &[Option<ShownScore>; 2],
) -> [ScoreDifference<'a>; 7] {
    let [start, aged, fresh, usual, last] = states;
    let raw = |from: &ScoredAccount, to: &ScoredAccount| subtract(from.score.raw, to.score.raw);
    let capped = |scored: &ScoredAccount| subtract(scored.score.raw, scored.overall);
    // How far what was shown differs from what is computed, because of an override or for another reason.
    let shift = |is_override: bool| {
        let of = |shown: &Option<ShownScore>, scored: &ScoredAccount| match shown {
            Some(shown) if (shown.source == ScoreSource::Override) == is_override => {
                subtract(scored.overall, Some(shown.score))
            }
            _ => Some(0),
        };
        subtract(of(&shown[0], start), of(&shown[1], last))
    };
    [
        (
            "left_window",
            raw(start, aged),
            aged,
            "time passed: rows left the window and silence grew longer",
        ),
        (
            "new_data",
            raw(aged, fresh),
            fresh,
            "usage recorded since then",
        ),
        (
            "usual",
            raw(fresh, usual),
            usual,
            "what is usual among the tenant's accounts: features in use, uses per login",
        ),
        (
            "model",
            raw(usual, last),
            last,
            "a different version of the health model",
        ),
        (
            "cap",
            subtract(capped(start), capped(last)),
            last,
            "caps that began to apply, or ceased to",
        ),
        ("override", shift(true), last, "scores set by a person"),
        (
            "other",
            shift(false),
            last,
            "imported scores, rows that came late, or changes not yet computed",
        ),
    ]
}

fn component_scores(scored: &ScoredAccount) -> [Option<i32>; 4] {
    scored.score.components.each_ref().map(|it| it.score)
}

/// From one score to another.
fn subtract(from: Option<i32>, to: Option<i32>) -> Option<i32> {
    Some(to? - from?)
}
